/** `veo31 generate`: all that can be refused is refused before anything is paid. */
import type { Estimate } from "../client/index.ts";
import type { ChosenWay } from "./choose-way.ts";
import type { GenerateCommand } from "./command.ts";
import { CommandError } from "./command-error.ts";
import { followToEnd } from "./conclude.ts";
import { describeEstimate } from "./describe-estimate.ts";
import { checkTarget } from "./save-video.ts";
import type { Outcome, Session } from "./session.ts";
import { commandFor, commandToFollow } from "./shell-command.ts";
import type { Files } from "./surroundings.ts";
import { writtenUsd } from "./written.ts";

export async function generate(session: Session, command: GenerateCommand): Promise<Outcome> {
  const { surroundings: { files, stdout, signal, now }, generator } = session;
  await checkCall(command, session.way, files);
  const target = await checkTarget(command.saving, files, stdout);
  const estimate = await session.patiently(generator.estimate(command.wishes, { signal }));
  await agreeOnPrice(session, command, estimate);
  const startedAt = now();
  // Chosen here, so that whoever is left without an answer is told it.
  const idempotencyKey = command.order.idempotencyKey ?? crypto.randomUUID();
  session.orderedWith = idempotencyKey;
  const generation = generator.generateFromReferences({ ...command.order, idempotencyKey }, { signal });
  const started = await session.patiently(generation.started);
  session.followed = { taskId: started.task_id, saving: command.saving };
  session.say(...describeStart(session, started.task_id, started.sandbox));
  if (command.detach) return detached(session, command, started);
  return await followToEnd(session, generation, target, { startedAt, usual: estimate.time });
}

/** @throws CommandError `usage`, with all that is wrong */
async function checkCall({ order, detach }: GenerateCommand, way: ChosenWay, files: Files): Promise<void> {
  const isDirect = way.kind === "direct";
  const problems = [
    ...(isDirect && !way.options.geminiApiKey && !way.options.vertex
      ? ["Nobody can make the video: set GEMINI_API_KEY or VERTEX_SERVICE_ACCOUNT."]
      : []),
    ...(isDirect && detach ? ["--detach needs a deployment: with --direct, this process makes the video."] : []),
    ...(isDirect && order.callbackUrl
      ? ["--callback-url needs a deployment: with --direct, nobody is there to call."]
      : []),
  ];
  for (const reference of [...order.referenceImages, order.videoReference ?? []].flat()) {
    if (isAddress(reference)) continue;
    const kind = await files.kindOf(reference);
    if (kind === null) problems.push(`There is no file ${reference}.`);
    if (kind === "folder") problems.push(`${reference} is a folder. Give the picture or the video in it.`);
  }
  if (problems.length > 0) throw CommandError.ofUsage(problems);
}

function isAddress(reference: string): boolean {
  return /^(https?|file):\/\//i.test(reference);
}

/** @throws CommandError `over_max_cost`, `declined` */
async function agreeOnPrice(session: Session, command: GenerateCommand, estimate: Estimate): Promise<void> {
  session.say(...describeEstimate(estimate));
  checkPrice(estimate, command.maxCostUsd);
  // With a review, the approval is the word that makes it cost something.
  if (command.yes || command.order.review) return;
  if (await session.agrees(`Start it for about ${writtenUsd(estimate.cost.estimate_usd)}?`)) return;
  throw new CommandError("declined", "not_allowed", ["Declined; nothing was started."]);
}

/** @throws CommandError `over_max_cost` */
export function checkPrice({ cost: { estimate_usd } }: Estimate, maxCostUsd: number | null): void {
  if (maxCostUsd === null || estimate_usd <= maxCostUsd) return;
  const problem = `${writtenUsd(estimate_usd)} is more than the --max-cost of ${
    writtenUsd(maxCostUsd)
  }; nothing was started.`;
  throw new CommandError("over_max_cost", "not_allowed", [problem]);
}

function describeStart({ way }: Session, taskId: string, isSandbox: boolean): string[] {
  const where = way.kind === "direct" ? `kept in ${way.directory}` : `at ${way.options.baseUrl}`;
  const sandbox = isSandbox ? ["A sandbox makes it: the video is a stand-in, and nothing is paid."] : [];
  return [`Task ${taskId}, ${where}`, ...sandbox];
}

function detached(session: Session, { saving }: GenerateCommand, started: { readonly task_id: string }): Outcome {
  session.say(`How it is: ${commandFor("status", session.way, started.task_id)}`);
  session.say(`Wait for it: ${commandToFollow(session.way, started.task_id, saving)}`);
  return { ending: "done", json: started, lines: [started.task_id] };
}
