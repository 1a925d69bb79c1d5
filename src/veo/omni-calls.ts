/** The calls about an interaction that is there. None of them costs anything. */
import type { FilesOptions } from "../upstream/google-files.ts";
import { type Outcome, succeeded } from "../upstream/outcome.ts";
import { answerFault, thrownFault } from "../upstream/read-fault.ts";
import { codedFetch } from "./omni-errors.ts";
import { type InteractionOnWire, interactionSchema } from "./omni-wire.ts";
import { requestJson } from "./request-json.ts";

/** An answer echoes the pictures that were sent inside the request, up to 20 MB, and may hold the clip. */
const readTimeoutMs = 60_000;
const orderTimeoutMs = 20_000;

export function interactionUrl(baseUrl: string, id: string): string {
  return `${baseUrl}/v1beta/interactions/${encodeURIComponent(id)}`;
}

export async function readInteraction(
  { fetch, baseUrl, apiKey }: FilesOptions,
  id: string,
): Promise<Outcome<InteractionOnWire>> {
  return await requestJson(interactionSchema, {
    fetch: codedFetch(fetch),
    url: interactionUrl(baseUrl, id),
    init: { headers: { "x-goog-api-key": apiKey } },
    timeoutMs: readTimeoutMs,
    mayBeLong: true,
  });
}

/**
 * "Cancels an interaction by id. This only applies to background interactions that are still running": one that ended, or
 * is gone, is refused with 400 or 404. Then there is nothing left to stop, and the next look tells what became of it. A
 * conflict (409, `aborted`) is to be asked again.
 */
export async function cancelInteraction(options: FilesOptions, id: string): Promise<Outcome<null>> {
  const told = await order(options, "POST", `${interactionUrl(options.baseUrl, id)}/cancel`);
  const isOver = !told.ok && (told.fault.kind === "invalid_request" || told.fault.kind === "not_found");
  return isOver ? succeeded(null) : told;
}

export async function deleteInteraction(options: FilesOptions, id: string): Promise<Outcome<null>> {
  const told = await order(options, "DELETE", interactionUrl(options.baseUrl, id));
  return !told.ok && told.fault.kind === "not_found" ? succeeded(null) : told;
}

/** A request whose answer says nothing beyond its status. */
async function order(
  { fetch, apiKey }: FilesOptions,
  method: "POST" | "DELETE",
  url: string,
): Promise<Outcome<null>> {
  try {
    const response = await codedFetch(fetch)(url, {
      method,
      headers: { "x-goog-api-key": apiKey },
      redirect: "manual",
      signal: AbortSignal.timeout(orderTimeoutMs),
    });
    if (!response.ok) return await answerFault(response);
    await response.body?.cancel();
    return succeeded(null);
  } catch (error) {
    return thrownFault(error);
  }
}
