/** Every interval, deadline and limit of a task: a number with its unit and its reason. */
import type { Action } from "./actions.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
export const dayMs = 24 * hour;

/**
 * A step that failed in passing is tried again after these pauses; the last one repeats. Short at first, because most
 * faults of a model's API are gone within seconds; then long enough not to add to an overload.
 */
export const retryPausesMs = [2 * second, 8 * second, 30 * second, 60 * second] as const;

/**
 * How often an upstream may fail us in passing before work is given up for which nothing was paid yet: analysis, prompt,
 * the first clips. Five tries with the pauses above span about two minutes, longer than the usual hiccup, and still while
 * the customer is looking.
 */
export const faultsMaximum = 5;

/**
 * Every pause after a fault is longer by up to this share of itself, another one for each task: a model that was down for
 * all is not asked by all in the same second.
 */
export const spreadShare = 1 / 4;

/**
 * A quota that does not say when it is back is most often one per minute. It is asked for more and more rarely, because
 * where many tasks wait, the quota of the next minute is not enough for all of them either.
 */
export const quotaPausesMs = [30 * second, 60 * second, 120 * second] as const;

/**
 * Over how long those who wait for one quota are spread at least, the first time; a step more each further time. Google's
 * answers often say "1s", and Vertex takes 50 requests a minute: a hundred tasks in one second would only meet again.
 */
export const quotaSpreadMinimumMs = 10 * second;
export const quotaSpreadSteps = 6;

/** Clips of one task that wait for a quota ask one after the other: by then the one before has its answer. */
export const queueStepMs = 10 * second;

/** A pause that an upstream asks for is told to the customer from this length on, also the first time. */
export const waitWorthTellingMs = 30 * second;

/**
 * How many tries must bring nothing after its deadline before a paid clip is given up: the first may be the first after a
 * long sleep of our own, or after an outage.
 */
export const lateTriesMinimum = 3;

/** How long a clip that is paid for is left alone at most because its upstream asks for a pause. */
export const retryAfterMaximumMs = 10 * minute;

/** A model that answered off the schema, or too long, seldom does better: one more try is worth its cents. */
export const unusableAnswersMaximum = 2;

/**
 * How often making the video of stored clips may end with the process before it is given up: a file that breaks the
 * memory does so each time, a deployment in the middle of it does not happen five times in a row.
 */
export const strikesMaximum = 5;

/**
 * Deadlines are looked at when a try has ended, never before one: a server that slept for an hour looks once more before
 * it gives up, and so finds the clip that is ready.
 *
 * Until when analysis and prompt are tried, from the first try. Nothing was paid to Veo by then, and a quota that has not
 * come back in half an hour will not come back soon.
 */
export const preparationDeadlineMs = 30 * minute;

/**
 * Until when Veo must have taken the request for a clip, from the first try. It may queue behind a quota: Google's spend
 * caps are per ten minutes ($10 in the first tier, September 2026), and eight clips of $3.20 need three such windows.
 */
export const submitDeadlineMs = 2 * hour;

/**
 * Until when a clip waits for a day whose budget covers it, from the first try: the next day's must, and one more try after
 * its beginning. The clips that are made stay meanwhile.
 */
export const budgetDeadlineMs = 30 * hour;

/**
 * How often one clip is made when it ends without a video: Veo's filter for sound often errs (js-genai#1272), and the
 * next try passes. What failed twice is no accident.
 */
export const clipTriesMaximum = 2;

/** What broke off in the model's own house (often: too much to do) is not asked for again in the same moment. */
export const brokenOffPauseMs = 30 * second;

/**
 * Veo needs 11 s to 6 min (its documentation, March 2026). Early on a clip is looked for often, then in proportion to
 * the time already spent: waiting a twentieth longer than needed is not felt, and costs few polls.
 */
export const pollIntervalMinimumMs = 2 * second;
export const pollIntervalMaximumMs = 15 * second;
export const pollIntervalShare = 1 / 20;

/** Until when a clip is looked for: five times the slowest documented one. After that the upstream has lost it. */
export const generationDeadlineMs = 30 * minute;

/**
 * Until when a clip is looked for while the upstream gives no answer at all (it is down, our quota or our key is not
 * taken): the clip may long be finished, and is kept for two days. Looks get rarer meanwhile, down to one in ten minutes.
 */
export const silenceDeadlineMs = 24 * hour;
export const silenceIntervalMaximumMs = 10 * minute;

/** The Gemini API needs a few seconds to prepare an uploaded video; looking is cheap. */
export const fileCheckIntervalMs = 2 * second;

/** Veo's files live for two days: a paid clip is fetched until shortly before they go. */
export const downloadDeadlineMs = 44 * hour;

/**
 * For how long an upstream must say that there is no such file, or no clip yet long after its deadline, without a longer
 * silence in between: one such answer can be a passing fault of its storage, or the first after an outage.
 */
export const absenceDeadlineMs = 10 * minute;

/** A paid clip that could not be fetched is tried again in proportion to the time already spent, for two days. */
export const downloadRetryShare = 1 / 5;
export const downloadRetryMaximumMs = 30 * minute;

/** The clips are safe in R2 by then; what keeps failing for half an hour needs a person. */
export const finishDeadlineMs = 30 * minute;

/** How long prompts wait to be approved: until the same hour of the next day. Nothing is paid meanwhile. */
export const approvalDeadlineMs = 24 * hour;

/** How soon a client should ask again while a task runs, seconds: about as often as something changes. */
export const retryAfterSeconds = 2;

/** Cloudflare ends an alarm after 15 minutes. An alarm begins nothing that may not be over by then; the next one does. */
export const alarmLimitMs = 14 * minute;

/** How long one piece of work may take, by the limits of its adapter: the time to send, to wait and to store. */
export const longestWorkMs: Readonly<Record<Action["kind"], number>> = {
  analyse_image: 2 * minute,
  upload_video: 6 * minute,
  check_video_file: 1 * minute,
  analyse_video: 2 * minute,
  remove_video_file: 1 * minute,
  write_prompt: 3 * minute,
  // With pictures that are too large to go inside the request and are uploaded before it.
  submit_clip: 8 * minute,
  // An answer may hold the clip itself, and a token may have to be renewed twice before it.
  poll_clip: 3 * minute,
  cancel_clip: 1 * minute,
  forget_copy: 3 * minute,
  store_clip: 11 * minute,
  finish_video: 10 * minute,
  settle_spending: 1 * minute,
  deliver_webhook: 1 * minute,
};

/** How often the file of a deleted task may fail to be removed from Google, which forgets it in two days by itself. */
export const removalTriesMaximum = 5;

/** What could not be removed is tried again after one step, two, three … and once an hour at last. */
export const removalPauseStepMs = 30 * second;
export const removalPauseMaximumMs = 1 * hour;

/** After a failure nobody planned for, the alarm comes back this late, so that a bug does not spin. */
export const pauseAfterFailureMs = 30 * second;

/** How long a task whose stored row this version cannot read sleeps before it is looked at again. */
export const pauseUnreadableMs = hour;

/** When such a task is given up: no task lives longer than two weeks past the time that its row was to expire at. */
export const graceUnreadableMs = 14 * dayMs;

/**
 * How long files may wait for their task to start: well over the longest upload. Only a request whose Worker died in the
 * middle of it leaves them.
 */
export const expectedStartMs = 1 * hour;

/**
 * For how long after its removal a task's `Idempotency-Key` is remembered: a request that comes once more in that time is
 * told so, instead of paying for another video. No program repeats a request for longer.
 */
export const nameMemoryMs = 7 * dayMs;

/** How long what was under way in a deleted task gets to end, before its files are looked for once more. */
export const pauseBeforeSweepMs = second;
