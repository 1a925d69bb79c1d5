/**
 * How long videos really took on this deployment, so that the next can be told how long it may take. Pure.
 *
 * Shots are made side by side, so their number hardly matters; the clips of one take are made one after the other.
 */
import { z } from "zod";
import type { Plan } from "../veo/plan.ts";
import { providers } from "../video-provider.ts";
import type { TimeView } from "./offer-view.ts";
import type { TaskState } from "./state.ts";
import { arrivalsOf } from "./timeline.ts";
import { dayMs } from "./timing.ts";

/** Fewer say nothing of the next one. */
const videosMinimum = 3;
/** Models and their queues change; what was a month ago is no promise. And fifty say all there is to say. */
const ageMaximumMs = 30 * dayMs;
const samplesMaximum = 50;
/** Half of the videos are there by then, and nine in ten. */
const typicalShare = 0.5;
const slowShare = 0.9;

/** Videos whose times can be compared. */
const kindSchema = z.object({
  sandbox: z.boolean(),
  provider: z.enum(providers),
  model: z.string(),
  /** How many clips are made one after the other: 1 for shots. */
  clips_in_a_row: z.number().int().positive(),
});

const sampleSchema = z.object({
  /** When the video was there, milliseconds since 1970. */
  at: z.number(),
  /** From the start of its task, without the time a person took to approve. */
  seconds: z.number().nonnegative(),
});

export const pastTimesSchema = z.object({
  kinds: z.array(kindSchema.extend({ samples: z.array(sampleSchema) })),
});

export type VideoKind = z.infer<typeof kindSchema>;
export type PastTimes = z.infer<typeof pastTimesSchema>;
type Sample = z.infer<typeof sampleSchema>;

export const noPastTimes: PastTimes = { kinds: [] };

export function kindOf({ provider, model, structure, segments }: Plan, sandbox: boolean): VideoKind {
  return { sandbox, provider, model, clips_in_a_row: structure === "single_take" ? segments.length : 1 };
}

/** What a task teaches; null unless it succeeded, and when its timeline does not tell all of its way. */
export function sampleOf(state: TaskState): Sample | null {
  const arrivals = arrivalsOf(state);
  const end = arrivals.at(-1);
  // An older version began it without a timeline: how long a person took is not known.
  const isWhole = arrivals[1]?.status === "analyzing";
  if (end?.status !== "succeeded" || !isWhole) return null;
  const approvalMs = arrivals.reduce((sum, { status, at }, index) => {
    return status === "awaiting_approval" ? sum + (arrivals[index + 1]?.at ?? at) - at : sum;
  }, 0);
  return { at: end.at, seconds: Math.round((end.at - state.created_at - approvalMs) / 1_000) };
}

/** The times with one more; those too old, and beyond the newest of their kind, are dropped. */
export function withSample(times: PastTimes, kind: VideoKind, sample: Sample): PastTimes {
  const others = times.kinds.filter((known) => !isSameKind(known, kind));
  const kinds = [...others, { ...kind, samples: [...samplesOf(times, kind), sample] }].map((known) => ({
    ...known,
    samples: fresh(known.samples, sample.at).toSorted((one, other) => other.at - one.at).slice(0, samplesMaximum),
  }));
  return { kinds: kinds.filter(({ samples }) => samples.length > 0) };
}

/** What such a video took before; null where too few were made to tell. */
export function timeFor(times: PastTimes, kind: VideoKind, now: number): TimeView | null {
  const seconds = fresh(samplesOf(times, kind), now).map((sample) => sample.seconds).toSorted((one, other) =>
    one - other
  );
  if (seconds.length < videosMinimum) return null;
  return {
    typical_seconds: Math.round(quantile(seconds, typicalShare)),
    slow_seconds: Math.round(quantile(seconds, slowShare)),
    videos: seconds.length,
  };
}

function samplesOf({ kinds }: PastTimes, kind: VideoKind): Sample[] {
  return kinds.find((known) => isSameKind(known, kind))?.samples ?? [];
}

function isSameKind(one: VideoKind, other: VideoKind): boolean {
  return one.sandbox === other.sandbox && one.provider === other.provider && one.model === other.model &&
    one.clips_in_a_row === other.clips_in_a_row;
}

function fresh(samples: readonly Sample[], now: number): Sample[] {
  return samples.filter(({ at }) => at > now - ageMaximumMs);
}

/** @param sorted at least one; between two of them their distance is shared out */
function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}
