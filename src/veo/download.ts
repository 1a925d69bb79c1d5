/**
 * Fetching a finished clip. Its address comes from an upstream's answer and is not trusted: the key goes only to the
 * configured origin, at each redirect anew, and only http(s) is followed.
 */
import { isPublicHost } from "../addresses/host.ts";
import { failed, type Outcome, succeeded } from "../upstream/outcome.ts";
import { answerFault, type Failed, thrownFault } from "../upstream/read-fault.ts";
import type { OpenedClip } from "./model.ts";

export interface Download {
  readonly fetch: typeof fetch;
  readonly url: URL;
  /** The configured base URL: only its origin sees the headers. */
  readonly keyOrigin: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Google's own downloads redirect once, if at all. */
const redirectsMaximum = 3;

/** A clip's body is its reader's to limit. */
const headersTimeoutMs = 30_000;

/** Opens the clip's bytes. The body is the caller's to read or to cancel. */
export async function openDownload(download: Download): Promise<Outcome<OpenedClip>> {
  let address = download.url;
  for (let redirects = 0; redirects <= redirectsMaximum; redirects++) {
    if (!["https:", "http:"].includes(address.protocol)) {
      return failed("malformed", "the clip's address is not http(s)");
    }
    if (leadsInside(address, new URL(download.keyOrigin))) {
      return failed("malformed", "the clip's address is not a public one");
    }
    const hop = await follow(download, address);
    if (!(hop instanceof URL)) return hop;
    address = hop;
  }
  return failed("malformed", "the clip's address redirects without end");
}

/** An upstream of the open internet keeps no clip in a private network; one that is in it (a test's, an intranet's) may. */
function leadsInside({ hostname }: URL, upstream: URL): boolean {
  return hostname !== upstream.hostname && isPublicHost(upstream.hostname) && !isPublicHost(hostname);
}

/** @returns where it leads on; the clip; or why there is none */
async function follow(
  { fetch: fetchUpstream, keyOrigin, headers }: Download,
  address: URL,
): Promise<URL | Outcome<OpenedClip>> {
  const isKeyOrigin = address.origin === new URL(keyOrigin).origin;
  return await untilHeaders(headersTimeoutMs, async (signal) => {
    const response = await fetchUpstream(address, { headers: isKeyOrigin ? headers : {}, redirect: "manual", signal });
    if (response.ok && response.body) return succeeded({ body: response.body, bytes: contentLength(response) });
    const location = response.headers.get("Location");
    if (response.status < 300 || response.status >= 400 || !location) return await answerFault(response);
    await response.body?.cancel();
    return new URL(location, address);
  });
}

/**
 * A request for a clip, limited in time until its work is done: that is when the headers of a clip are there, or the
 * whole of an answer that is none.
 *
 * @returns what the work returned, or the fault that it threw
 */
export async function untilHeaders<Value>(
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value | Failed> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  try {
    return await work(abort.signal);
  } catch (error) {
    return thrownFault(error);
  } finally {
    clearTimeout(timer);
  }
}

/** The announced length; a compressed answer announces another one. */
function contentLength({ headers }: Response): number | null {
  const length = headers.get("Content-Length");
  return length === null || headers.has("Content-Encoding") ? null : Number(length);
}
