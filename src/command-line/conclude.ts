/** Waits for a task, and makes of its end what was asked for. */
import { ConnectionError, type Estimate, type Generation, RequestRefusedError, type Task } from "../client/index.ts";
import { CommandError, Interruption } from "./command-error.ts";
import { describeFailure, describeSuccess, describeWhole } from "./describe-result.ts";
import { createProgress } from "./progress.ts";
import { saveVideo, type Target } from "./save-video.ts";
import type { Outcome, Session } from "./session.ts";
import { commandToApprove, commandToFollow } from "./shell-command.ts";

export interface Clock {
  /** Since when it is waited for, milliseconds since 1970. */
  readonly startedAt: number;
  readonly usual: Estimate["time"];
}

/** @param target null where the video is not asked for */
export async function followToEnd(
  session: Session,
  generation: Generation,
  target: Target | null,
  clock: Clock,
): Promise<Outcome> {
  let last = await generation.started;
  const progress = createProgress(session.surroundings, { ...clock, quiet: session.manner.quiet });
  // Ctrl-C must not leave half a line behind.
  session.surroundings.signal.addEventListener("abort", () => progress.stop(), { once: true });
  try {
    for await (const task of generation) {
      last = task;
      progress.show(task);
    }
  } finally {
    progress.stop();
  }
  return await conclude(session, last, target);
}

/** @param task one that is settled */
export async function conclude(session: Session, task: Task, target: Target | null): Promise<Outcome> {
  switch (task.status) {
    case "succeeded":
      return await succeed(session, task, target);
    case "awaiting_approval":
      return {
        ending: "awaits_approval",
        json: task,
        lines: target ? [task.step2_prompt ?? ""] : describeWhole(task),
        hints: [`Approve it: ${commandToApprove(session.way, task.task_id, session.followed?.saving ?? null)}`],
      };
    case "failed":
    case "canceled":
      return {
        ending: "failed",
        json: task,
        lines: target ? [] : describeWhole(task),
        complaints: describeFailure(task),
      };
    default:
      return { ending: "in_the_making", json: task, lines: describeWhole(task) };
  }
}

async function succeed(session: Session, task: Task, target: Target | null): Promise<Outcome> {
  if (target === null) return { ending: "done", json: task, lines: describeWhole(task) };
  const savedAs = await save(session, task, target);
  session.say(`${describeSuccess(task)}${savedAs === null ? "" : " Saved as:"}`);
  // The name alone is for stdout, which is the document's here.
  if (session.manner.json) session.say(`  ${savedAs}`);
  return { ending: "done", json: { ...task, saved_as: savedAs }, lines: savedAs === null ? [] : [savedAs] };
}

async function save(session: Session, task: Task, target: Target): Promise<string | null> {
  const { surroundings: { files, stdout, signal }, generator } = session;
  try {
    return await saveVideo(await generator.openVideo(task, { signal }), target, files, stdout);
  } catch (error) {
    if (signal.aborted || isToldOtherwise(error)) throw error;
    const why = error instanceof Error ? error.message : String(error);
    const again = commandToFollow(session.way, task.task_id, session.followed?.saving ?? null);
    throw new CommandError("not_saved", "not_saved", [
      `The video is there, but was not saved: ${why}`,
      `Again: ${again}`,
    ], error);
  }
}

function isToldOtherwise(error: unknown): boolean {
  return error instanceof Interruption || error instanceof ConnectionError || error instanceof RequestRefusedError;
}
