/** From the words of a command line to what is wanted. Pure. */
import { useCases } from "../use-case.ts";
import { aspectRatios, qualities, structures } from "../video-wish.ts";
import type { Wishes } from "../client/index.ts";
import type { Call, Command, Following, GivenEdits, Saving } from "./command.ts";
import { CommandError } from "./command-error.ts";
import { type CommandName, commandNames, commonFlags, isCommandName, shapeOf } from "./commands.ts";
import { GivenFlags, type Token } from "./given-flags.ts";
import { nearest } from "./nearest.ts";

/** A paid video is saved, also by who named no place. */
const workingFolder = ".";

/** @throws CommandError `usage`, with all that is wrong */
export function readCall(tokens: readonly Token[]): Call {
  const given = new GivenFlags(tokens);
  const [first, ...operands] = tokens.filter((token) => token.kind === "operand").map(({ value }) => value);
  const command = chooseCommand(first, operands, given);
  if (given.problems.length > 0 || command === null) throw CommandError.ofUsage(given.problems);
  return {
    command,
    way: {
      url: given.text("url"),
      apiKeyFile: given.text("api-key-file"),
      direct: given.has("direct"),
      directory: given.text("directory"),
    },
    manner: { json: given.has("json"), quiet: given.has("quiet") },
  };
}

/** @returns null when there is none to be understood; why is among the problems then */
function chooseCommand(first: string | undefined, operands: readonly string[], given: GivenFlags): Command | null {
  if (given.has("version")) return { name: "version" };
  const name = first ?? "help";
  if (!isCommandName(name)) {
    given.problems.unshift(`${name} is not a command${meant(name)}`);
    return null;
  }
  if (given.has("help")) return { name: "help", topic: name === "help" ? null : name };
  checkShape(name, operands, given);
  return readCommand(name, operands, given);
}

function checkShape(name: CommandName, operands: readonly string[], given: GivenFlags): void {
  const { operands: { label, minimum, maximum }, flags } = shapeOf(name);
  const taken: readonly string[] = [...flags, ...commonFlags];
  for (const flag of given.names) if (!taken.includes(flag)) given.problems.push(`${name} takes no --${flag}.`);
  // The value of an unknown flag is among them.
  if (given.hasUnknown) return;
  if (operands.length < minimum) given.problems.push(`${name} needs ${label}.`);
  if (operands.length > maximum) {
    const surplus = operands.slice(maximum).join(" ");
    given.problems.push(
      `${name} takes ${maximum === 0 ? "nothing" : `at most ${maximum}`} besides flags, not: ${surplus}`,
    );
  }
}

function readCommand(name: CommandName, operands: readonly string[], given: GivenFlags): Command | null {
  const [taskId = ""] = operands;
  switch (name) {
    case "generate":
      return readGenerate(operands, given);
    case "status":
      return { name, taskId, ...followingOf(given) };
    case "estimate":
      return { name, wishes: wishesOf(given), maxCostUsd: maxCostOf(given) };
    case "approve":
      return { name, taskId, edits: editsOf(given), ...followingOf(given) };
    case "cancel":
      return { name, taskId };
    case "delete":
      return { name, taskId, yes: given.has("yes") };
    case "capabilities":
      return { name };
    case "help":
      return readHelp(operands[0], given);
  }
}

function readGenerate(referenceImages: readonly string[], given: GivenFlags): Command {
  const detach = given.has("detach");
  if (detach && given.text("out") !== null) {
    given.problems.push("--out waits for the video, and --detach does not: leave one out.");
  }
  const videoReference = given.text("video");
  const callbackUrl = given.text("callback-url");
  const idempotencyKey = given.text("idempotency-key");
  const wishes = wishesOf(given);
  return {
    name: "generate",
    wishes,
    order: {
      ...wishes,
      referenceImages,
      ...(videoReference === null ? {} : { videoReference }),
      ...(callbackUrl === null ? {} : { callbackUrl }),
      ...(idempotencyKey === null ? {} : { idempotencyKey }),
      review: given.has("review"),
    },
    detach,
    saving: savingOf(given) ?? { out: workingFolder, force: given.has("force") },
    maxCostUsd: maxCostOf(given),
    yes: given.has("yes"),
  };
}

/** What is possible within them is for the service to say. */
function wishesOf(given: GivenFlags): Wishes {
  const useCase = given.oneOf("use-case", useCases);
  const durationSeconds = given.number("duration", /^\d{1,4}$/, "whole seconds, for example 10");
  const aspectRatio = given.oneOf("ratio", aspectRatios);
  const quality = given.oneOf("quality", qualities);
  const structure = given.oneOf("structure", structures);
  const additionalPrompt = given.text("prompt");
  return {
    ...(useCase === null ? {} : { useCase }),
    ...(durationSeconds === null ? {} : { durationSeconds }),
    ...(aspectRatio === null ? {} : { aspectRatio }),
    ...(quality === null ? {} : { quality }),
    ...(structure === null ? {} : { structure }),
    ...(additionalPrompt === null ? {} : { additionalPrompt }),
  };
}

function maxCostOf(given: GivenFlags): number | null {
  return given.number("max-cost", /^\d{1,7}(\.\d{1,6})?$/, "US dollars, for example 2.50");
}

function savingOf(given: GivenFlags): Saving | null {
  const out = given.text("out");
  if (out === null) return null;
  if (out === "-" && given.has("json")) given.problems.push("--out - and --json both want stdout: leave one out.");
  return { out, force: given.has("force") };
}

function followingOf(given: GivenFlags): Following {
  return { follow: given.has("follow"), saving: savingOf(given) };
}

function editsOf(given: GivenFlags): GivenEdits {
  const prompt = given.text("prompt");
  const file = given.text("prompts");
  if (prompt !== null && file !== null) given.problems.push("Give --prompt or --prompts, not both.");
  if (file !== null) return { file };
  return prompt === null ? null : { prompt };
}

function readHelp(topic: string | undefined, given: GivenFlags): Command | null {
  if (topic === undefined) return { name: "help", topic: null };
  if (isCommandName(topic)) return { name: "help", topic };
  given.problems.push(`${topic} is not a command${meant(topic)}`);
  return null;
}

function meant(typed: string): string {
  const word = nearest(typed, commandNames);
  return word === null ? `. There are ${commandNames.join(", ")}.` : `. Did you mean ${word}?`;
}
