/** Sends one webhook, once. */
import { AddressError } from "../addresses/address-error.ts";
import { type AddressRules, admitAddress, type ResolveName } from "../addresses/address-guard.ts";
import { retryAfterMs } from "../upstream/retry-after.ts";
import { type DeliveryOutcome, outcomeOfStatus, type Sent } from "./delivery.ts";
import { type Message, signedHeaders } from "./signature.ts";

export interface SendOptions {
  readonly rules: AddressRules;
  readonly secrets: readonly Uint8Array<ArrayBuffer>[];
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly resolve: ResolveName;
  readonly now: () => number;
  /** A signal that fires after so many milliseconds. Defaults to `AbortSignal.timeout`. */
  readonly timeout?: (milliseconds: number) => AbortSignal;
}

/** For the look where the address leads and for the answer; Standard Webhooks recommends 15 to 30 s. */
export const sendTimeoutMs = 20_000;

/**
 * Asks anew where the address leads, because a name that was public at the start of a task may be another one now. The
 * answer's body is not read, and a redirect not followed. Does not throw: however it ends is a result.
 */
export async function send(
  url: string,
  message: Omit<Message, "timestamp">,
  { timeout = AbortSignal.timeout.bind(AbortSignal), ...options }: SendOptions,
): Promise<Sent> {
  const { now, secrets } = options;
  const startedAt = now();
  const ended = (outcome: DeliveryOutcome, answer: Partial<Sent> = {}): Sent => ({
    ...{ outcome, status_code: null, retry_after_ms: null, duration_ms: now() - startedAt },
    ...answer,
  });
  if (secrets.length === 0) return ended("not_sent");
  const signal = timeout(sendTimeoutMs);
  try {
    const signed = await signedHeaders({ ...message, timestamp: Math.floor(startedAt / 1_000) }, secrets);
    const { status, headers } = await post(url, message.body, signed, { ...options, signal });
    const retry_after_ms = retryAfterMs(headers, now()) ?? null;
    return ended(outcomeOfStatus(status), { status_code: status, retry_after_ms });
  } catch (error) {
    if (error instanceof AddressError && error.fault !== "failed") return ended("address_refused");
    return ended(signal.aborted ? "timed_out" : "unreachable");
  }
}

async function post(
  url: string,
  body: string,
  signed: Record<string, string>,
  { rules, resolve, fetch, signal }: Omit<SendOptions, "timeout"> & { readonly signal: AbortSignal },
): Promise<Response> {
  const address = await admitAddress(url, { ...rules, resolve, signal });
  const headers = { ...signed, "content-type": "application/json", "user-agent": "veo31-reference-video" };
  const response = await fetch(address.href, { method: "POST", headers, body, redirect: "manual", signal });
  // It is delivered, or not, whatever happens to the rest of the answer.
  await response.body?.cancel().catch(() => {});
  return response;
}
