/**
 * What a call to an upstream can end in. Failing is a normal outcome here, so it is returned, not thrown; the pure
 * steps of a task decide what follows from it.
 */
import { z } from "zod";

/**
 * What went wrong, in one vocabulary for all upstreams:
 *
 * - `unreachable`: no connection was made, so nothing was accepted
 * - `interrupted`: the connection broke or the wait ran out with the request under way; it may have been accepted
 * - `unauthorized`: the key is wrong, restricted or missing a permission
 * - `invalid_request`: the upstream says the request is wrong; repeating it is useless
 * - `not_found`: no such model, file or operation (any more)
 * - `rate_limited`: too much at the moment; wait and repeat
 * - `quota_exhausted`: too much for today, or no credit; waiting minutes does not help
 * - `unavailable`: the upstream answered that it failed (5xx)
 * - `malformed`: the answer is not what the wire format says (HTML, cut JSON, off-schema envelope)
 * - `refused`: the model declined the content (a policy, a safety filter)
 * - `cut_off`: the model's answer ended before it was complete
 * - `over_budget`: the deployment's own limit on what may be spent; the upstream was not asked
 * - `ledger_silent`: it cannot be told whether the limit allows it; the upstream was not asked
 * - `off_schema`: the model's answer is complete but not of the shape that was asked for
 */
export const faultKinds = [
  "unreachable",
  "interrupted",
  "unauthorized",
  "invalid_request",
  "not_found",
  "rate_limited",
  "quota_exhausted",
  "unavailable",
  "malformed",
  "refused",
  "cut_off",
  "off_schema",
  "over_budget",
  "ledger_silent",
] as const;

export const faultSchema = z.object({
  kind: z.enum(faultKinds),
  /** How long the upstream asked us to wait, milliseconds. */
  retry_after_ms: z.number().nonnegative().nullable(),
  /**
   * What happened, in our own words, for the operator's log. Never upstream text: it can hold request ids, addresses
   * and parts of keys.
   */
  note: z.string(),
});

export type Fault = z.infer<typeof faultSchema>;
export type FaultKind = Fault["kind"];

export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: Fault };

export function succeeded<Value>(value: Value): Outcome<Value> {
  return { ok: true, value };
}

export function failed(
  kind: FaultKind,
  note: string,
  retryAfterMs: number | null = null,
): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault: { kind, note, retry_after_ms: retryAfterMs } };
}
