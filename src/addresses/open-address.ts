/** Opens an address: each step of the way is guarded, and the wait for all of it is bounded. */
import { chunksOf } from "../storage/chunks.ts";
import { StalledError, stallLimited } from "../storage/stall-limited.ts";
import { AddressError } from "./address-error.ts";
import { type AddressRules, admitAddress, type ResolveName } from "./address-guard.ts";

export interface OpenOptions {
  readonly rules: AddressRules;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly resolve: ResolveName;
  /** A signal that fires after so many milliseconds. Defaults to `AbortSignal.timeout`. */
  readonly timeout?: (milliseconds: number) => AbortSignal;
}

/** Shops and image services use one or two; more is a loop. */
const redirectsMaximum = 5;

/** For each step until its headers are there: a server that is awake answers within seconds. */
export const headersTimeoutMs = 15_000;

/** Between two pieces of a body. */
export const stallTimeoutMs = 15_000;

/** For all of it, 100 MB at 7 Mbit/s: the client waits for its 202 meanwhile. */
export const totalTimeoutMs = 120_000;

const redirectStatuses = [301, 302, 303, 307, 308];

export interface OpenedAddress {
  /** Of the last answer: claims. */
  readonly headers: Headers;
  /**
   * The body, decompressed. A chunk is valid only until the next one is asked for. To be read, or given up by `cancel`.
   *
   * @throws {AddressError} `failed` when it breaks off, stalls or takes too long
   */
  readonly chunks: AsyncIterable<Uint8Array>;
  cancel(): Promise<void>;
}

/**
 * Fetches an address, following at most five redirects. Nothing goes along but what kind of content is wanted.
 *
 * @param accept the media types wanted: services that would send AVIF to a browser send JPEG then
 * @throws {AddressError} `malformed` or `refused` by the guard, `failed` otherwise
 */
export async function openAddress(
  address: string,
  accept: readonly string[],
  { timeout = AbortSignal.timeout.bind(AbortSignal), ...options }: OpenOptions,
): Promise<OpenedAddress> {
  const total = timeout(totalTimeoutMs);
  const admission = { ...options.rules, resolve: options.resolve, signal: total };
  let url = await admitAddress(address, admission);
  for (let redirects = 0; redirects <= redirectsMaximum; redirects++) {
    const answer = await request(url, accept, { fetch: options.fetch, timeout, total });
    const { status, headers, body } = answer.response;
    const location = redirectStatuses.includes(status) ? headers.get("location") : null;
    if (location === null) return await opened(answer, total);
    await body?.cancel();
    url = await admitAddress(location, admission, url);
  }
  throw new AddressError("failed", `This address redirects more than ${redirectsMaximum} times.`);
}

interface Answer {
  readonly response: Response;
  /** Ends the connection, also while its body is read. */
  readonly end: () => void;
}

async function request(
  url: URL,
  accept: readonly string[],
  { fetch, timeout, total }: Required<Pick<OpenOptions, "fetch" | "timeout">> & { readonly total: AbortSignal },
): Promise<Answer> {
  // Not a plain timeout signal, because it must stop counting once the headers are there.
  const ending = new AbortController();
  const late = timeout(headersTimeoutMs);
  const endLate = () => ending.abort(late.reason);
  late.addEventListener("abort", endLate);
  if (late.aborted) endLate();
  try {
    const signal = AbortSignal.any([total, ending.signal]);
    const response = await fetch(url.href, { redirect: "manual", headers: headersFor(accept), signal });
    return { response, end: () => ending.abort() };
  } catch (error) {
    throw explained(error, total.aborted || late.aborted);
  } finally {
    late.removeEventListener("abort", endLate);
  }
}

/**
 * Pictures and videos are compressed already. Who compresses them all the same is read, for the runtime takes it off by
 * itself; what it comes to is counted then.
 */
function headersFor(accept: readonly string[]): Record<string, string> {
  return { "accept": accept.join(", "), "accept-encoding": "identity" };
}

async function opened(
  { response: { status, headers, body }, end }: Answer,
  total: AbortSignal,
): Promise<OpenedAddress> {
  if (status !== 200 || !body) {
    await body?.cancel();
    throw new AddressError("failed", `This address answered with status ${status}, not with a file.`);
  }
  return { headers, chunks: bounded(body, end, total), cancel: () => body.cancel() };
}

async function* bounded(
  body: ReadableStream<Uint8Array>,
  end: () => void,
  total: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const limits = { stallMaximumMs: stallTimeoutMs, totalMaximumMs: totalTimeoutMs };
  try {
    // What the reader throws does not come here, only what the source does.
    yield* stallLimited(chunksOf(body), limits);
  } catch (error) {
    throw explained(error, total.aborted || error instanceof StalledError);
  } finally {
    // A stalled read ends only with its connection.
    end();
  }
}

function explained(error: unknown, timedOut: boolean): AddressError {
  const message = timedOut
    ? "This address took too long to answer."
    : "This address could not be reached, or its answer broke off.";
  return new AddressError("failed", message, error);
}
