/** One call, from its words to its exit code. Everything it touches comes in by argument. */
import { chooseWay } from "./choose-way.ts";
import type { Call, Manner, WorkCommand } from "./command.ts";
import { CommandError, Interruption } from "./command-error.ts";
import { describeCapabilities } from "./describe-capabilities.ts";
import { describeEstimate } from "./describe-estimate.ts";
import { endings } from "./exit-codes.ts";
import { explainFailure, type Failure } from "./explain-failure.ts";
import { checkPrice, generate } from "./generate.ts";
import type { Token } from "./given-flags.ts";
import { helpText } from "./help.ts";
import { readCall } from "./read-call.ts";
import { type Outcome, Session } from "./session.ts";
import type { Surroundings } from "./surroundings.ts";
import { approve, cancel, remove, status } from "./task-commands.ts";
import { version } from "./version.ts";

/** @returns the exit code; it does not throw */
export async function run(tokens: readonly Token[], surroundings: Surroundings): Promise<number> {
  const isJson = tokens.some((token) => token.kind === "option" && token.name === "json");
  let session: Session | null = null;
  try {
    const call = readCall(tokens);
    const { command } = call;
    if (command.name === "help") return await print(surroundings, helpText(command.topic));
    if (command.name === "version") return await print(surroundings, `${version}\n`);
    session = await openSession(call, surroundings);
    return await report(surroundings, call.manner, await orInterruption(perform(session, command), surroundings));
  } catch (error) {
    if (error instanceof Interruption) await session?.rest();
    return await complain(surroundings, isJson, explainFailure(error, session));
  }
}

async function openSession({ way, manner }: Call, surroundings: Surroundings): Promise<Session> {
  const { environment, files } = surroundings;
  const { apiKeyFile } = way;
  const key = apiKeyFile === null ? null : await files.readText(apiKeyFile).catch(() => null);
  if (apiKeyFile !== null && !key?.trim()) {
    throw CommandError.ofUsage([`The file ${apiKeyFile} of --api-key-file cannot be read, or is empty.`]);
  }
  return new Session(chooseWay(way, environment, key?.trim() ?? null), surroundings, manner);
}

async function perform(session: Session, command: WorkCommand): Promise<Outcome> {
  const { generator, surroundings: { signal } } = session;
  switch (command.name) {
    case "generate":
      return await generate(session, command);
    case "status":
      return await status(session, command);
    case "approve":
      return await approve(session, command);
    case "cancel":
      return await cancel(session, command);
    case "delete":
      return await remove(session, command);
    case "estimate": {
      const estimate = await session.patiently(generator.estimate(command.wishes, { signal }));
      checkPrice(estimate, command.maxCostUsd);
      return { ending: "done", json: estimate, lines: describeEstimate(estimate) };
    }
    case "capabilities": {
      const capabilities = await session.patiently(generator.capabilities({ signal }));
      return { ending: "done", json: capabilities, lines: describeCapabilities(capabilities) };
    }
  }
}

/** What a person waits for after Ctrl-C before it looks broken; what is cut off by then goes on as after a crash. */
const farewellMilliseconds = 2_000;

/** Lets the work end by itself when it is interrupted, but not for long. */
async function orInterruption<Result>(work: Promise<Result>, { signal, after }: Surroundings): Promise<Result> {
  const interrupted = new Promise<never>((_, reject) => {
    const giveUp = () => void after(farewellMilliseconds).then(() => reject(signal.reason));
    if (signal.aborted) giveUp();
    else signal.addEventListener("abort", giveUp, { once: true });
  });
  try {
    return await Promise.race([work, interrupted]);
  } catch (error) {
    // Whatever breaks then, breaks because of it.
    throw signal.aborted ? signal.reason : error;
  }
}

async function print({ stdout }: Surroundings, text: string): Promise<number> {
  await stdout.write(text);
  return endings.done.code;
}

async function report({ stdout, stderr }: Surroundings, { json, quiet }: Manner, outcome: Outcome): Promise<number> {
  await stderr.write(complaint(outcome.complaints ?? []));
  const text = json ? jsonText(outcome.json) : outcome.lines.map((line) => `${line}\n`).join("");
  if (text !== "") await stdout.write(text);
  if (!quiet) { for (const line of outcome.hints ?? []) await stderr.write(`${line}\n`); }
  return endings[outcome.ending].code;
}

async function complain({ stdout, stderr }: Surroundings, isJson: boolean, failure: Failure): Promise<number> {
  const { code: exitCode } = endings[failure.ending];
  await stderr.write(complaint([...failure.lines, ...failure.code === "usage" ? ["See: veo31 help"] : []]));
  const { code, lines, taskId } = failure;
  if (isJson) {
    const document = { error: { code, message: lines.join(" "), exit_code: exitCode }, task_id: taskId };
    // It may be stdout that failed; stderr and the exit code have said so.
    await stdout.write(jsonText(document)).catch(() => {});
  }
  return exitCode;
}

const complaintBeginning = "veo31: ";

/** Named once, so that who looks at a log knows who complains; the rest is below it, to be copied. */
function complaint(lines: readonly string[]): string {
  return lines.map((line, index) => `${index === 0 ? complaintBeginning : "  "}${line}\n`).join("");
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
