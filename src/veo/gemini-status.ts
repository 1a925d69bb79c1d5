/** From an operation on the Gemini API's wire to where its clip is. Pure. */
import type { OperationOnWire } from "./gemini-wire.ts";
import type { ClipStatus } from "./model.ts";
import { endedStatus } from "./veo-status.ts";

/** @returns null when there are samples, and none of them can be read */
export function clipStatus({ done, response, error }: OperationOnWire): ClipStatus | null {
  if (!done) return { state: "pending" };
  const nested = response?.generateVideoResponse;
  const samples = nested?.generatedSamples ?? [];
  const uri = samples.map((sample) => sample?.video?.uri ?? sample?.uri).find((address) => address);
  return endedStatus({
    file: uri ? { uri } : null,
    listed: samples.length,
    error,
    filtered: {
      raiMediaFilteredReasons: nested?.raiMediaFilteredReasons ?? response?.raiMediaFilteredReasons,
      raiMediaFilteredCount: nested?.raiMediaFilteredCount ?? response?.raiMediaFilteredCount,
    },
  });
}
