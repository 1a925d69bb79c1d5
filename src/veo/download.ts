/**
 * Fetching a finished clip. Its address comes from an upstream's answer and is not trusted: the key goes only to the
 * configured origin, at each redirect anew, and only http(s) is followed.
 */
import { failed, type Outcome, succeeded } from "../upstream/outcome.ts";
import { answerFault, thrownFault } from "../upstream/read-fault.ts";
import type { OpenedClip } from "./model.ts";

export interface Download {
  readonly fetch: typeof fetch;
  readonly url: URL;
  /** The configured base URL: only its origin sees the headers. */
  readonly keyOrigin: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Google's own downloads redirect once, if at all. */
const redirectsMaximum = 5;

/** Until the headers; the body may take as long as it flows. */
const headersTimeoutMs = 30_000;

/** Opens the clip's bytes. The body is the caller's to read or to cancel. */
export async function openDownload({ fetch, url, keyOrigin, headers }: Download): Promise<Outcome<OpenedClip>> {
  let address = url;
  for (let redirects = 0; redirects <= redirectsMaximum; redirects++) {
    if (!["https:", "http:"].includes(address.protocol)) {
      return failed("malformed", "the clip's address is not http(s)");
    }
    const isKeyOrigin = address.origin === new URL(keyOrigin).origin;
    const answer = await fetchHeaders(fetch, address, isKeyOrigin ? headers : {});
    if (!answer.ok) return answer;
    const { value: response } = answer;
    if (response.ok && response.body) {
      return succeeded({ body: response.body, bytes: contentLength(response) });
    }
    const location = response.headers.get("Location");
    if (response.status < 300 || response.status >= 400 || !location) return await answerFault(response);
    await response.body?.cancel();
    address = new URL(location, address);
  }
  return failed("malformed", "the clip's address redirects without end");
}

async function fetchHeaders(
  fetchUpstream: typeof fetch,
  address: URL,
  headers: Readonly<Record<string, string>>,
): Promise<Outcome<Response>> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), headersTimeoutMs);
  try {
    return succeeded(await fetchUpstream(address, { headers, redirect: "manual", signal: abort.signal }));
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
