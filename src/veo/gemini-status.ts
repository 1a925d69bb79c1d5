/** From an operation on the Gemini API's wire to where its clip is. Pure. */
import { storedAddress } from "../upstream/stored-address.ts";
import type { OperationOnWire } from "./gemini-wire.ts";
import type { ClipStatus } from "./model.ts";
import { endedStatus } from "./veo-status.ts";

/** @returns null when there are samples, and none of them can be read */
export function clipStatus({ done, response, error }: OperationOnWire, baseUrl: string): ClipStatus | null {
  if (!done) return { state: "pending" };
  const nested = response?.generateVideoResponse;
  const samples = nested?.generatedSamples ?? [];
  const uri = samples.map((sample) => sample?.video?.uri ?? sample?.uri).find((address) => address);
  return endedStatus({
    file: uri ? { uri: storedAddress(uri, baseUrl) } : null,
    listed: samples.length,
    error,
    filtered: {
      raiMediaFilteredReasons: nested?.raiMediaFilteredReasons ?? response?.raiMediaFilteredReasons,
      raiMediaFilteredCount: nested?.raiMediaFilteredCount ?? response?.raiMediaFilteredCount,
    },
  });
}
