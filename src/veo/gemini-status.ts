/** From an operation on the wire to where its clip is. Pure. */
import type { OperationOnWire } from "./gemini-wire.ts";
import type { ClipStatus } from "./model.ts";

/**
 * `done` is not success: a filter leaves the samples out and sets no error, so only a sample with an address counts.
 * google.rpc code 3 (INVALID_ARGUMENT) is how Veo reports a prompt it declines once it has started.
 */
export function clipStatus(operation: OperationOnWire): ClipStatus {
  if (!operation.done) return { state: "pending" };
  if (operation.error) return { state: "failed", note: `google.rpc code ${operation.error.code ?? "unknown"}` };
  const nested = operation.response?.generateVideoResponse;
  const uri = nested?.generatedSamples?.find((sample) => sample.video)?.video?.uri;
  if (uri) return { state: "completed", file: { uri } };
  const reasons = nested?.raiMediaFilteredReasons ?? operation.response?.raiMediaFilteredReasons ?? [];
  return {
    state: "filtered",
    what: reasons.some(isAboutThePrompt) ? "prompt" : "output",
    note: `done without a sample, ${reasons.length} reasons given`,
  };
}

/**
 * Veo gives its reasons only as text. This is the one place that reads it, and only to tell the input from the output;
 * the sentence looked for is quoted in the test.
 */
function isAboutThePrompt(reason: string): boolean {
  return /\b(input|prompt)\b/i.test(reason) && !/\baudio\b/i.test(reason);
}
