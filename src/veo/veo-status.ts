/** How an operation of Veo ended, whichever API it was read from. Pure. */
import { readFilterReasons } from "./filter-reasons.ts";
import type { ClipFile, ClipStatus } from "./model.ts";
import type { ErrorOnWire, Filtered } from "./veo-wire.ts";

/** What an operation that is done says. */
export interface EndedOperation {
  /** Where the clip is; null when none was found. */
  readonly file: ClipFile | null;
  /** How many clips it lists, whether or not they can be read. */
  readonly listed: number;
  readonly error: ErrorOnWire;
  readonly filtered: Filtered;
}

/**
 * `done` is not success: a filter leaves the clips out and sets no error, so only a clip that can be fetched counts.
 * Google does not charge for what it filtered; where it gives neither a clip nor a reason, nobody knows.
 *
 * @returns null when clips are listed, and none of them can be read
 */
export function endedStatus({ file, listed, error, filtered }: EndedOperation): ClipStatus | null {
  // A clip that is there counts, whatever else is said beside it.
  if (file !== null) return { state: "completed", file };
  if (error && error.code !== ok) {
    const code = error.code ?? null;
    return { state: "failed", retryable: !isLasting(code), note: `google.rpc code ${code ?? "unknown"}` };
  }
  // A clip that is there in a form nobody can read is not one that was withheld.
  if (listed > 0) return null;
  const reasons = filtered.raiMediaFilteredReasons ?? [];
  const count = Math.max(filtered.raiMediaFilteredCount ?? 0, reasons.length);
  return {
    state: "filtered",
    ...readFilterReasons(reasons),
    charged: count > 0 ? "no" : "unknown",
    note: `done without a clip, ${count} filtered, ${reasons.length} reasons given`,
  };
}

/** google.rpc.Code OK. */
const ok = 0;

/** What is wrong with the request itself: INVALID_ARGUMENT, PERMISSION_DENIED, FAILED_PRECONDITION, UNIMPLEMENTED. */
const lastingCodes = [3, 7, 9, 12];

function isLasting(code: number | null): boolean {
  return code !== null && lastingCodes.includes(code);
}
