/**
 * Whose answer arrived, of the accepted clips. Only a clip whose answer was lost, by a fault or by a kill, may be lost
 * in honesty; any other is known to its task. Pure.
 */
import { faultsOfAccepted, isOperationEnd } from "../../src/sandbox/calls.ts";
import type { AcceptedClip } from "./evidence.ts";

/** An accepted submit, as the ledger has it. */
export interface AcceptedSubmit {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly prompt: string;
  readonly fault: string | null;
}

/** An answer travels and is stored for at most this long, when everything is busy; a kill after that has missed it. */
const answerUnderWayMs = 3_000;

const hidingFaults: readonly string[] = faultsOfAccepted.filter((fault) => !isOperationEnd(fault));

/**
 * @param submits in their order
 * @param killedAt when the server was killed, milliseconds since 1970
 */
export function withAnswers(
  operations: readonly Omit<AcceptedClip, "isAnswered">[],
  submits: readonly AcceptedSubmit[],
  killedAt: readonly number[],
): AcceptedClip[] {
  const waiting = Map.groupBy(submits, ({ prompt }) => prompt);
  return operations.toSorted((a, b) => a.done_at - b.done_at).map((operation) => {
    // The first operation of a prompt belongs to its first submit.
    const submit = waiting.get(operation.prompt)?.shift();
    return { ...operation, isAnswered: submit !== undefined && isAnswered(submit, killedAt) };
  });
}

function isAnswered({ at, fault }: AcceptedSubmit, killedAt: readonly number[]): boolean {
  if (fault !== null && hidingFaults.includes(fault)) return false;
  return !killedAt.some((killed) => killed >= at && killed <= at + answerUnderWayMs);
}
