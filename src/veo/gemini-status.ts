/** From an operation on the wire to where its clip is. Pure. */
import { readFilterReasons } from "./filter-reasons.ts";
import type { OperationOnWire } from "./gemini-wire.ts";
import type { ClipStatus } from "./model.ts";

/**
 * `done` is not success: a filter leaves the samples out and sets no error, so only a sample with an address counts. Google
 * does not charge for what it filtered; where it gives neither samples nor a reason, nobody knows.
 */
export function clipStatus(operation: OperationOnWire): ClipStatus {
  if (!operation.done) return { state: "pending" };
  if (operation.error) {
    const code = operation.error.code ?? null;
    return { state: "failed", retryable: !isLasting(code), note: `google.rpc code ${code ?? "unknown"}` };
  }
  const { response } = operation;
  const nested = response?.generateVideoResponse;
  const uri = nested?.generatedSamples?.find(({ video }) => video?.uri)?.video?.uri;
  if (uri) return { state: "completed", file: { uri } };
  const reasons = nested?.raiMediaFilteredReasons ?? response?.raiMediaFilteredReasons ?? [];
  const count = nested?.raiMediaFilteredCount ?? response?.raiMediaFilteredCount ?? reasons.length;
  return {
    state: "filtered",
    ...readFilterReasons(reasons),
    charged: count > 0 ? "no" : "unknown",
    note: `done without a sample, ${count} filtered, ${reasons.length} reasons given`,
  };
}

/** What is wrong with the request itself: INVALID_ARGUMENT, PERMISSION_DENIED, FAILED_PRECONDITION, UNIMPLEMENTED. */
const lastingCodes = [3, 7, 9, 12];

function isLasting(code: number | null): boolean {
  return code !== null && lastingCodes.includes(code);
}
