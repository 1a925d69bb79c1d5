/** What a task cost, as far as is known. Pure. Only the clips are counted: analyses and prompt cost cents. */
import type { Charged } from "../errors.ts";
import { totalOf } from "../veo/clip-lengths.ts";
import { priceOf } from "../veo/plan.ts";
import type { Segment, TaskState } from "./state.ts";
import { hasEnded } from "./status.ts";

type Charges = Pick<Segment, "charged" | "lost_tries" | "submit">;

/** Clips and what a second of them costs. */
export interface Priced {
  readonly segments: readonly (Charges & Pick<Segment, "seconds">)[];
  readonly plan: { readonly usd_per_second: number };
}

/** What all tries of all clips together cost: `yes` as soon as one was charged, else `unknown` as long as one may be. */
export function chargedOf(segments: readonly Charges[]): Charged {
  const all = segments.flatMap(chargesOf);
  if (all.includes("yes")) return "yes";
  return all.includes("unknown") ? "unknown" : "no";
}

/** What was really paid, US dollars; null while the task runs, and where nobody knows it. */
export function actualUsd(state: TaskState): number | null {
  const isKnown = hasEnded(state) && !state.segments.flatMap(chargesOf).includes("unknown");
  return isKnown ? atMostUsd(state) : null;
}

/** What was certainly paid so far, US dollars. */
export function atLeastUsd(state: Priced): number {
  return priceOfTries(state, (charged) => charged === "yes");
}

/** What was paid so far at the very most, US dollars. */
export function atMostUsd(state: Priced): number {
  return priceOfTries(state, (charged) => charged !== "no");
}

function priceOfTries({ segments, plan }: Priced, counts: (charged: Charged) => boolean): number {
  const paid = segments.flatMap((segment) => chargesOf(segment).filter(counts).map(() => segment.seconds));
  return priceOf(totalOf(paid), plan.usd_per_second);
}

/** Whether each try for a clip was charged. One that is being asked for now may be charged already. */
export function chargesOf({ charged, lost_tries, submit }: Charges): Charged[] {
  return [...lost_tries, charged === "no" && submit.started_at !== null ? "unknown" : charged];
}
