/** What the sandbox is to do wrong, as its fault script takes it. Pure. */
import { type CallName, type FaultName, faultsByCall, faultsOfTheEnd } from "../../src/sandbox/calls.ts";
import { randomFrom, wholeNumber } from "./random.ts";

/** One entry of the fault script. */
export interface DrillFault {
  readonly call: CallName;
  readonly fault: FaultName;
  readonly probability: number;
  readonly seed: number;
  readonly times: number;
}

/** The calls a drill comes to. Its reference videos are small, so nothing is sent to the Files API. */
const calls = ["image_analysis", "prompt", "video_analysis", "submit", "poll", "download"] as const;

type DrillCall = typeof calls[number];

/**
 * How a clip ends, and where it is then, is the operation's own truth: it is decided once, when it is submitted, and
 * not by one poll.
 */
const neverAtPoll: readonly FaultName[] = faultsOfTheEnd.filter((fault) => fault !== "still_running");

/** Faults that rightly end a task at once. As often as the others, and few tasks would come to their clips. */
const seldom: readonly FaultName[] = [
  ...["status_400", "status_401", "status_403", "status_404", "status_404_retired", "status_429_quota"] as const,
  ...["refusal", "content_filter", "refused_answer", "filtered_prompt"] as const,
];
const seldomWeight = 0.1;

/** A quota that names no time is waited for half a minute and more: some such waits are enough to see them end. */
const slow: readonly FaultName[] = ["status_429"];
const slowWeight = 0.3;

/** More than a drill has calls, so that no entry is spent; what is missing of it in the end has happened. */
export const timesAtFirst = 1_000_000;

/**
 * Each call goes wrong with the probability `share`, by one of its faults.
 *
 * The script tries its entries one after the other, so an entry is given the probability under the condition that none
 * before it hit.
 */
export function drawFaults(share: number, seed: number): DrillFault[] {
  if (share === 0) return [];
  const random = randomFrom(seed, "faults");
  return calls.flatMap((call) => {
    const weighted = possibleFaults(call).map((fault) => ({ fault, weight: weightOf(fault) }));
    const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
    let missed = 1;
    return weighted.map(({ fault, weight }) => {
      const own = share * weight / total;
      const probability = own / missed;
      missed -= own;
      return { call, fault, probability, seed: wholeNumber(random, 1, 2 ** 31 - 1), times: timesAtFirst };
    });
  });
}

function possibleFaults(call: DrillCall): FaultName[] {
  const possible: readonly FaultName[] = faultsByCall[call];
  return call === "poll" ? possible.filter((fault) => !neverAtPoll.includes(fault)) : [...possible];
}

function weightOf(fault: FaultName): number {
  if (seldom.includes(fault)) return seldomWeight;
  return slow.includes(fault) ? slowWeight : 1;
}
