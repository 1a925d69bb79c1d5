/** One try to deliver a webhook: how it went, and what that means. Pure. */
import { z } from "zod";
import type { Outcome } from "../upstream/outcome.ts";

/**
 * - `delivered`: the receiver said so, with a status from 200 to 299
 * - `rejected`: it answered with another status
 * - `redirected`: it pointed elsewhere, where nothing is sent
 * - `gone`: it wants no webhooks any more (410)
 * - `timed_out`, `unreachable`: no answer came
 * - `address_refused`: the address leads to where nothing is sent
 * - `not_sent`: a fault of this deployment
 * - `interrupted`: this service was restarted in the middle of it
 */
export const deliveryOutcomes = [
  "delivered",
  "rejected",
  "redirected",
  "gone",
  "timed_out",
  "unreachable",
  "address_refused",
  "not_sent",
  "interrupted",
] as const;

export type DeliveryOutcome = typeof deliveryOutcomes[number];

/** As it is kept. */
export const deliverySchema = z.object({
  /** When it began, milliseconds since 1970. */
  at: z.number(),
  outcome: z.enum(deliveryOutcomes),
  status_code: z.number().int().nullable(),
  duration_ms: z.number().nullable(),
});

export type Delivery = z.infer<typeof deliverySchema>;

/** What came of sending. */
export interface Sent {
  readonly outcome: DeliveryOutcome;
  readonly status_code: number | null;
  readonly duration_ms: number;
  /** How long the receiver asked us to wait before the next try; null when it did not. */
  readonly retry_after_ms: number | null;
}

/** By Standard Webhooks, "Delivery success and failure". */
export function outcomeOfStatus(status: number): DeliveryOutcome {
  if (status >= 200 && status <= 299) return "delivered";
  if (status >= 300 && status <= 399) return "redirected";
  return status === 410 ? "gone" : "rejected";
}

/** Whether trying again makes no sense. */
export function isSettled(outcome: DeliveryOutcome): boolean {
  return outcome === "delivered" || outcome === "gone";
}

export function deliveryOf(at: number, sent: Outcome<Sent>): Delivery {
  if (!sent.ok) {
    const outcome = sent.fault.kind === "interrupted" ? "interrupted" : "not_sent";
    return { at, outcome, status_code: null, duration_ms: null };
  }
  const { outcome, status_code, duration_ms } = sent.value;
  return { at, outcome, status_code, duration_ms };
}

/** For whoever looks why nothing came; full sentences. */
export function detailOf({ outcome, status_code }: Pick<Delivery, "outcome" | "status_code">): string {
  switch (outcome) {
    case "delivered":
      return `The receiver took it with status ${status_code}.`;
    case "rejected":
      return `The receiver answered with status ${status_code}. Any from 200 to 299 would have taken it.`;
    case "redirected":
      return `The receiver redirects, with status ${status_code}. Redirects are not followed: give the last address.`;
    case "gone":
      return "The receiver answered that it wants no webhooks any more (410), so it gets none.";
    case "timed_out":
      return "The receiver took too long to answer. It should answer first, and work then.";
    case "unreachable":
      return "The receiver could not be reached.";
    case "address_refused":
      return "The address leads to where nothing is sent, for example into a private network.";
    case "not_sent":
      return "This service did not send it. Whoever runs it must look at WEBHOOK_SECRET and at its log.";
    case "interrupted":
      return "This service was restarted in the middle of it. Nobody knows whether it arrived.";
  }
}
