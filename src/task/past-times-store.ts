/**
 * The times that videos took, in R2 for all tasks of the deployment. They are statistics: a video's time that cannot be
 * kept is left out, and where they cannot be read there are none. Neither is anything that somebody waits for.
 */
import { logFailure } from "../log.ts";
import { within } from "../within.ts";
import { kindOf, noPastTimes, type PastTimes, pastTimesSchema, sampleOf, withSample } from "./past-times.ts";
import type { TaskState } from "./state.ts";

/** Beside the tasks' folders, so that none is removed with it. */
const recordKey = "service/times.json";

/** Who tells a price without a time waits no longer for it. */
const readLimitMs = 2_000;

/** Many videos may end in the same moment; whoever loses the race as often as this is left out. */
const putTriesMaximum = 5;

/** The times so far, as fast as they can be had; none where they cannot. */
export async function pastTimesNow(bucket: R2Bucket): Promise<PastTimes> {
  try {
    const late = () => new Error("The times that videos took could not be read in time.");
    return (await within(readRecord(bucket), readLimitMs, late)).times;
  } catch (error) {
    logFailure("times_not_read", error);
    return noPastTimes;
  }
}

/** Keeps how long a task's video took. To be called once, when the task has ended; never fails. */
export async function keepTime(bucket: R2Bucket, state: TaskState): Promise<void> {
  try {
    await addTime(bucket, state);
  } catch (error) {
    logFailure("time_not_kept", error, { task_id: state.task_id });
  }
}

async function addTime(bucket: R2Bucket, state: TaskState): Promise<void> {
  const sample = sampleOf(state);
  if (!sample) return;
  const kind = kindOf(state.plan, state.sandbox);
  for (let tries = 0; tries < putTriesMaximum; tries++) {
    const { times, etag } = await readRecord(bucket);
    const record = JSON.stringify(withSample(times, kind, sample));
    if (await bucket.put(recordKey, record, { onlyIf: unchanged(etag) })) return;
  }
  throw new Error("Other tasks always wrote first.");
}

function unchanged(etag: string | null): R2Conditional {
  return etag === null ? { etagDoesNotMatch: "*" } : { etagMatches: etag };
}

/** @throws what R2 fails with: a record that cannot be read is no empty one, for it would be written over */
async function readRecord(bucket: R2Bucket): Promise<{ times: PastTimes; etag: string | null }> {
  const object = await bucket.get(recordKey);
  return { times: object ? parsedRecord(await object.text()) : noPastTimes, etag: object?.etag ?? null };
}

/** A record that another version wrote is none. */
function parsedRecord(text: string): PastTimes {
  try {
    return pastTimesSchema.parse(JSON.parse(text));
  } catch {
    return noPastTimes;
  }
}
