/** What went wrong, for people and for programs, and how to come back. Pure. */
import { ConnectionError, GenerationFailedError, RequestRefusedError } from "../client/index.ts";
import type { ChosenWay } from "./choose-way.ts";
import type { Saving } from "./command.ts";
import { CommandError, Interruption } from "./command-error.ts";
import { endingByRefusal, type EndingName } from "./exit-codes.ts";
import { flagOfField } from "./flag-of-field.ts";
import { commandFor, commandToFollow } from "./shell-command.ts";

export interface Failure {
  readonly ending: EndingName;
  readonly code: string;
  /** Each a line. */
  readonly lines: readonly string[];
  readonly taskId: string | null;
}

/** What was going on. */
export interface Situation {
  readonly way: ChosenWay;
  /** The key of the order that was sent; null before. */
  readonly orderedWith: string | null;
  readonly followed: { readonly taskId: string; readonly saving: Saving | null } | null;
}

/** @param situation null when nobody was asked yet */
export function explainFailure(error: unknown, situation: Situation | null): Failure {
  const taskId = situation?.followed?.taskId ?? (error instanceof ConnectionError ? error.taskId : null);
  if (error instanceof CommandError) return { ending: error.ending, code: error.code, lines: error.problems, taskId };
  if (error instanceof RequestRefusedError) return { ...refusal(error), taskId };
  if (error instanceof GenerationFailedError) {
    return { ending: "failed", code: error.code, lines: [error.message], taskId };
  }
  if (error instanceof ConnectionError) {
    const lines = [error.message, ...wayBack(situation, taskId)];
    return { ending: "unreachable", code: "connection_failed", lines, taskId };
  }
  if (error instanceof Interruption) {
    const lines = [error.message, ...wayBack(situation, taskId)];
    return { ending: error.ending, code: error.ending, lines, taskId };
  }
  return { ending: "defect", code: "defect", lines: [defectOf(error), ...wayBack(situation, taskId)], taskId };
}

function refusal({ code, message, problems, retryAfterSeconds }: RequestRefusedError): Omit<Failure, "taskId"> {
  const lines = problems.length > 0
    ? problems.map(({ field, message }) => `${flagOfField(field)}: ${message}`)
    : [message];
  const again = retryAfterSeconds === null ? [] : [`Come again in ${Math.ceil(retryAfterSeconds)} s.`];
  return { ending: endingByRefusal[code], code, lines: [...lines, ...again] };
}

/** A deployment goes on without us; what this process made stands still. */
function wayBack(situation: Situation | null, taskId: string | null): string[] {
  if (!situation) return [];
  const { way, followed, orderedWith } = situation;
  if (taskId === null) return orderedWith === null ? [] : unknownStart(orderedWith);
  const follow = commandToFollow(way, taskId, followed?.saving ?? null);
  const cancel = commandFor("cancel", way, taskId);
  return way.kind === "deployment"
    ? ["The task goes on without this program. Come back to it:", `  ${follow}`, "Give it up:", `  ${cancel}`]
    : [
      `The task stands still, and is kept in ${way.directory}. Go on with it:`,
      `  ${follow}`,
      "Give it up:",
      `  ${cancel}`,
    ];
}

/** Without its key the same call would be another video, and paid for again. */
function unknownStart(key: string): string[] {
  return [
    "It was being started; whether it was, is not known. The same call finds it, and starts it if it was not, with:",
    `  --idempotency-key ${key}`,
  ];
}

function defectOf(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
