/** From an operation on the wire to where its clip is. Pure. */
import { readFilterReasons } from "./filter-reasons.ts";
import type { OperationOnWire } from "./gemini-wire.ts";
import type { ClipStatus } from "./model.ts";

/**
 * `done` is not success: a filter leaves the samples out and sets no error, so only a sample with an address counts. Google
 * does not charge for what it filtered; where it gives neither samples nor a reason, nobody knows.
 *
 * @returns null when there are samples, and none of them can be read
 */
export function clipStatus(operation: OperationOnWire): ClipStatus | null {
  if (!operation.done) return { state: "pending" };
  const { response, error } = operation;
  const nested = response?.generateVideoResponse;
  const samples = nested?.generatedSamples ?? [];
  const uri = samples.map((sample) => sample?.video?.uri ?? sample?.uri).find((address) => address);
  // A clip that is there counts, whatever else is said beside it.
  if (uri) return { state: "completed", file: { uri } };
  if (error && error.code !== ok) {
    const code = error.code ?? null;
    return { state: "failed", retryable: !isLasting(code), note: `google.rpc code ${code ?? "unknown"}` };
  }
  // A clip that is there in a form nobody can read is not one that was withheld.
  if (samples.length > 0) return null;
  const reasons = nested?.raiMediaFilteredReasons ?? response?.raiMediaFilteredReasons ?? [];
  const count = Math.max(nested?.raiMediaFilteredCount ?? response?.raiMediaFilteredCount ?? 0, reasons.length);
  return {
    state: "filtered",
    ...readFilterReasons(reasons),
    charged: count > 0 ? "no" : "unknown",
    note: `done without a sample, ${count} filtered, ${reasons.length} reasons given`,
  };
}

/** google.rpc.Code OK. */
const ok = 0;

/** What is wrong with the request itself: INVALID_ARGUMENT, PERMISSION_DENIED, FAILED_PRECONDITION, UNIMPLEMENTED. */
const lastingCodes = [3, 7, 9, 12];

function isLasting(code: number | null): boolean {
  return code !== null && lastingCodes.includes(code);
}
