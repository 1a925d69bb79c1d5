/** Opens the address of a reference: each step of the way is guarded, and the wait for it is bounded. */
import { guardAddress, type GuardOptions } from "./address-guard.ts";
import { Refusal } from "./refusal.ts";

export interface FetchDependencies extends GuardOptions {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** A signal that fires after so many milliseconds. Defaults to `AbortSignal.timeout`. */
  readonly timeout?: (milliseconds: number) => AbortSignal;
}

/** Shops and image services use one or two; more is a loop. */
const redirectsMaximum = 5;

/** For each step until its headers are there: a server that is awake answers within seconds. */
export const headersTimeoutMilliseconds = 15_000;

/** For all of it, 100 MB at 7 Mbit/s: the client waits for its 202 meanwhile. */
export const totalTimeoutMilliseconds = 120_000;

const redirectStatuses = [301, 302, 303, 307, 308];

export interface OpenedAddress {
  readonly response: Response;
  readonly body: ReadableStream<Uint8Array>;
  /** What a failure of the body means. */
  readonly explain: (error: unknown) => Refusal;
}

/**
 * Fetches an address, following at most five redirects.
 *
 * @param accept the media types wanted: services that would send AVIF to a browser send JPEG then
 * @throws {Refusal} `invalid_input` or `reference_url_refused` by the guard, `reference_fetch_failed` otherwise
 */
export async function openAddress(
  address: string,
  accept: readonly string[],
  dependencies: FetchDependencies,
): Promise<OpenedAddress> {
  const timeout = dependencies.timeout ?? ((milliseconds) => AbortSignal.timeout(milliseconds));
  const total = timeout(totalTimeoutMilliseconds);
  let url = guardAddress(address, dependencies);
  for (let redirects = 0; redirects <= redirectsMaximum; redirects++) {
    const response = await request(url, accept, total, { ...dependencies, timeout });
    const location = redirectStatuses.includes(response.status) ? response.headers.get("location") : null;
    if (location === null) return opened(response, total);
    await response.body?.cancel();
    url = guardAddress(location, dependencies, url);
  }
  throw new Refusal("reference_fetch_failed", `This address redirects more than ${redirectsMaximum} times.`);
}

async function request(
  url: URL,
  accept: readonly string[],
  total: AbortSignal,
  { fetch, timeout }: Required<FetchDependencies>,
): Promise<Response> {
  // Not a plain timeout signal, because it must stop counting once the headers are there.
  const waiting = new AbortController();
  const headers = timeout(headersTimeoutMilliseconds);
  const stopWaiting = () => waiting.abort(headers.reason);
  headers.addEventListener("abort", stopWaiting);
  if (headers.aborted) stopWaiting();
  try {
    const signal = AbortSignal.any([total, waiting.signal]);
    return await fetch(url.href, { redirect: "manual", headers: { accept: accept.join(", ") }, signal });
  } catch (error) {
    throw explainFailure(error, total.aborted || headers.aborted);
  } finally {
    headers.removeEventListener("abort", stopWaiting);
  }
}

async function opened(response: Response, total: AbortSignal): Promise<OpenedAddress> {
  if (response.status !== 200 || !response.body) {
    await response.body?.cancel();
    throw new Refusal(
      "reference_fetch_failed",
      `This address answered with status ${response.status}, not with a file.`,
    );
  }
  return { response, body: response.body, explain: (error) => explainFailure(error, total.aborted) };
}

function explainFailure(error: unknown, timedOut: boolean): Refusal {
  const message = timedOut
    ? "This address took too long to answer."
    : "This address could not be reached, or its answer broke off.";
  return new Refusal("reference_fetch_failed", message, error);
}
