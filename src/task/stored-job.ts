/** One piece of work, as the task that it belongs to keeps it. */
import { z } from "zod";
import { waitReasonSchema } from "./status.ts";

const time = z.number();

/** One piece of work with an upstream: when it may run next, whether it runs now, how it went so far. */
export const jobSchema = z.object({
  /** Not before this time. */
  not_before: time,
  /** Since when it is under way; null when it is not. Still set after a restart: then nobody knows how it ended. */
  started_at: time.nullable(),
  /** Since when it is being tried. */
  first_started_at: time.nullable(),
  /** Faults since the last good answer, answers that came whole but were of no use, and "too much". */
  faults: z.number().int(),
  unusable_answers: z.number().int(),
  quota_answers: z.number().int().default(0),
  /** What keeps it from going on; told to the customer. */
  waits_for: waitReasonSchema.nullable().default(null),
  /** Since when all answers say that what is looked for is not there, or not yet. */
  absent_since: time.nullable().default(null),
  /** Tries that brought nothing after the deadline: one is not enough to give up what is paid for. */
  late_tries: z.number().int().default(0),
});

export type Job = z.infer<typeof jobSchema>;

export function newJob(now: number): Job {
  return {
    not_before: now,
    started_at: null,
    first_started_at: null,
    faults: 0,
    unusable_answers: 0,
    quota_answers: 0,
    waits_for: null,
    absent_since: null,
    late_tries: 0,
  };
}
