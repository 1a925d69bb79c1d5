/**
 * One life of a task, driven by chance: faults of every kind, clips that end without a video, restarts in the middle,
 * sleep past any deadline, people who approve, cancel or forget. The seed tells it all again.
 */
import { abandonedWork, type Action, dueActions, nextDueAfter, openWork } from "../../src/task/actions.ts";
import { cancel } from "../../src/task/cancel.ts";
import { approve, type Decided, lapsed } from "../../src/task/review.ts";
import { begin, type Event, settle, settleAbandoned } from "../../src/task/settle.ts";
import type { TaskState } from "../../src/task/state.ts";
import { hasEnded } from "../../src/task/status.ts";
import { nextWakeAt } from "../../src/task/wake.ts";
import { type FaultKind, faultKinds, succeeded } from "../../src/upstream/outcome.ts";
import type { ClipStatus } from "../../src/veo/model.ts";
import { providers } from "../../src/video-provider.ts";
import { badlyEnded, wellEnded } from "./drive.ts";
import { plan, startedAt, storedImage, storedVideo, taskStart, taskState } from "./task-state.ts";

export interface Life {
  readonly end: TaskState;
  /** Accepted requests for each clip. */
  readonly accepted: readonly number[];
  /** Those of them that no filter's word made free. */
  readonly maybeCharged: readonly number[];
  /** What must never happen, and did. */
  readonly wrongs: readonly string[];
}

interface Flight {
  readonly action: Action;
  readonly event: Event;
  readonly endsAt: number;
}

const day = 86_400_000;
const stepsMaximum = 20_000;

const endsWithoutVideo: readonly ClipStatus[] = [
  { state: "failed", retryable: true, note: "" },
  { state: "failed", retryable: false, note: "" },
  { state: "filtered", what: "output", subject: null, charged: "no", note: "" },
  { state: "filtered", what: "output", subject: null, charged: "unknown", note: "" },
  { state: "filtered", what: "prompt", subject: null, charged: "no", note: "" },
  { state: "canceled", charged: "unknown", note: "" },
];

/** Lives one life to its end, or as long as a test has patience. */
export function liveAtRandom(seed: number): Life {
  const random = randomNumbers(seed);
  const pick = <Value>(values: readonly Value[]): Value => {
    const value = values[Math.floor(random() * values.length)];
    if (value === undefined) throw new Error("There is nothing to pick from.");
    return value;
  };
  const upTo = (most: number) => Math.floor(random() * most);

  let state = taskAtRandom();
  let now = startedAt;
  let flights: Flight[] = [];
  const faultShare = pick([0, 0.05, 0.2, 0.5]);
  /** Most clips get ready; some stay in the making for ever. */
  const pendingShare = pick([0.5, 0.5, 0.9, 0.9999]);
  const restartShare = pick([0, 0, 0.01, 0.05]);
  /** In some lives the model is found to be retired by whoever asks it for a clip. */
  const isModelRetired = state.successors.length > 0 && random() < 0.2;
  const accepted = state.plan.segments.map(() => 0);
  const maybeCharged = state.plan.segments.map(() => 0);
  const inTheMaking = new Set<number>();
  const wrongs: string[] = [];

  for (let step = 0; step < stepsMaximum && !isOver(); step++) {
    takeOff();
    decide();
    if (random() < restartShare) restart();
    else if (flights.length > 0) land();
    else if (!isOver()) sleep();
  }
  return { end: state, accepted, maybeCharged, wrongs };

  function isOver(): boolean {
    return hasEnded(state) && flights.length === 0 && openWork(state).length === 0;
  }

  function taskAtRandom(): TaskState {
    const structure = pick(["shots", "single_take"] as const);
    const provider = pick(providers);
    // Every provider can take this much at once.
    const duration_seconds = 5 + upTo(structure === "single_take" && provider !== "gemini" ? 32 : 56);
    const wish = { structure, duration_seconds, review: random() < 0.3 };
    return taskState({
      plan: plan(wish, provider),
      successors: provider !== "omni" && duration_seconds <= 40 && random() < 0.5 ? [plan(wish, "omni")] : [],
      request: { ...taskStart().request, ...wish },
      images: Array.from({ length: 1 + upTo(3) }, () => storedImage()),
      video: random() < 0.3 ? storedVideo({ bytes: pick([1_000, 50_000_000]) }) : null,
      callback: random() < 0.3 ? { url: "https://receiver.example/", origin: "https://films.example" } : null,
    });
  }

  function takeOff(): void {
    for (const action of dueActions(state, now)) {
      check(action);
      const event = eventAtRandom(action);
      state = begin(state, action, now);
      flights.push({ action, event, endsAt: now + upTo(pick([10, 5_000, 60_000, 900_000])) });
    }
  }

  function check(action: Action): void {
    if (flights.some((flight) => nameOf(flight.action) === nameOf(action))) {
      wrongs.push(`twice at once: ${action.kind}`);
    }
    if (action.kind !== "submit_clip") return;
    if (inTheMaking.has(action.index)) wrongs.push("a clip is asked for that is in the making");
    if (state.ending) wrongs.push("a clip is asked for though the task will fail");
    if (state.status !== "generating") wrongs.push(`a clip is asked for while ${state.status}`);
  }

  function eventAtRandom(action: Action): Event {
    if (action.kind === "submit_clip" && isModelRetired && state.successors.length > 0) {
      return badlyEnded(action, "not_found");
    }
    if (random() < faultShare) return badlyEnded(action, faultAtRandom(action), pick([null, null, upTo(10_000_000)]));
    if (action.kind !== "poll_clip" || random() >= pendingShare) return wellEnded(action);
    const status: ClipStatus = random() < faultShare ? pick(endsWithoutVideo) : { state: "pending" };
    return { kind: "clip_polled", index: action.index, outcome: succeeded(status) };
  }

  /** Mostly what passes, so that lives are long; now and then anything. */
  function faultAtRandom(action: Action): FaultKind {
    if (random() < 0.1) return pick(faultKinds);
    if (random() < 0.3 && (action.kind === "poll_clip" || action.kind === "store_clip")) {
      return pick(["unauthorized", "rate_limited", "quota_exhausted", "not_found", "invalid_request"]);
    }
    return pick(
      action.kind === "submit_clip"
        ? ["unreachable", "unavailable", "rate_limited"]
        : ["unreachable", "interrupted", "unavailable"],
    );
  }

  function decide(): void {
    if (state.status === "awaiting_approval" && random() < 0.3) taken(approve(state, {}, now));
    if (random() < 0.003) taken(cancel(state, now));
  }

  function taken(decided: Decided): void {
    if (decided.kind === "done") state = decided.state;
  }

  /** The process dies: what was in the air may or may not have reached its goal. */
  function restart(): void {
    for (const { action } of flights) {
      if (action.kind === "submit_clip" && random() < 0.5) acceptClip(action.index);
    }
    flights = [];
    if (random() < 0.3) now += upTo(3 * day);
    wake();
  }

  function wake(): void {
    state = lapsed(state, now);
    for (const work of abandonedWork(state)) state = settleAbandoned(state, work, now);
  }

  function land(): void {
    flights.sort((one, other) => one.endsAt - other.endsAt);
    const [next, ...others] = flights;
    if (!next) return;
    const due = nextDueAfter(state, now);
    if (due < next.endsAt) {
      now = Math.max(now, Math.ceil(due));
      return;
    }
    flights = others;
    now = Math.max(now, next.endsAt);
    remember(next);
    state = settle(state, next.event, now);
  }

  function remember({ action, event }: Flight): void {
    if (event.kind === "clip_submitted" && event.outcome.ok) acceptClip(event.index);
    if (event.kind !== "clip_polled" || !event.outcome.ok || action.kind !== "poll_clip") return;
    const { value } = event.outcome;
    if (value.state !== "pending" && value.state !== "completed") inTheMaking.delete(action.index);
    if (value.state === "filtered" && value.charged === "no") count(maybeCharged, action.index, -1);
  }

  function acceptClip(index: number): void {
    count(accepted, index, 1);
    count(maybeCharged, index, 1);
    inTheMaking.add(index);
  }

  function count(counts: number[], index: number, change: number): void {
    counts[index] = (counts[index] ?? 0) + change;
  }

  function sleep(): void {
    const wakeAt = nextWakeAt(state);
    if (!(wakeAt - now < 2 * day)) wrongs.push(`sleeps until ${wakeAt}`);
    now = Math.max(now, Number.isFinite(wakeAt) ? wakeAt : now) + upTo(50);
    if (random() < 0.02) now += upTo(2 * day);
    wake();
  }
}

function nameOf(action: Action): string {
  return "index" in action ? `${action.kind} ${action.index}` : action.kind;
}

/** Numbers from 0 to below 1, the same for the same seed: a linear congruence with the high bits taken. */
function randomNumbers(seed: number): () => number {
  let current = BigInt(seed) * 2_654_435_761n;
  return () => {
    current = (current * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) & 0xffff_ffff_ffff_ffffn;
    return Number(current >> 32n) / 2 ** 32;
  };
}
