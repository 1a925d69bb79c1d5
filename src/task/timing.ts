/** Every interval, deadline and limit of a task: a number with its unit and its reason. */

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
 * How often an upstream may fail us in passing before analysis or prompt is given up. Five tries with the pauses above
 * span about two minutes, longer than the usual hiccup, and still while the customer is looking.
 */
export const faultsMaximum = 5;

/** A quota that does not say when it is back is most often one per minute. */
export const quotaPauseMs = 30 * second;

/** What an upstream may ask us to wait at most. Longer, and a task would sleep past its own deadlines. */
export const retryAfterMaximumMs = 10 * minute;

/** A model that answered off the schema, or too long, seldom does better: one more try is worth its cents. */
export const unusableAnswersMaximum = 2;

/**
 * Deadlines are looked at when a try has ended, never before one: a server that slept for an hour looks once more before
 * it gives up, and so finds the clip that is ready.
 *
 * Until when analysis and prompt are tried, from the first try. Nothing was paid to Veo by then, and a quota that has not
 * come back in half an hour will not come back soon.
 */
export const preparationDeadlineMs = 30 * minute;

/** Until when Veo must have taken the request for a clip, from the first try: it may queue behind a per-minute quota. */
export const submitDeadlineMs = 30 * minute;

/**
 * Veo needs 11 s to 6 min (its documentation, March 2026). Early on a clip is looked for often, then in proportion to
 * the time already spent: waiting a twentieth longer than needed is not felt, and costs few polls.
 */
export const pollIntervalMinimumMs = 2 * second;
export const pollIntervalMaximumMs = 15 * second;
export const pollIntervalShare = 1 / 20;

/** Until when a clip is looked for: five times the slowest documented one. After that the upstream has lost it. */
export const generationDeadlineMs = 30 * minute;

/** The Gemini API needs a few seconds to prepare an uploaded video; looking is cheap. */
export const fileCheckIntervalMs = 2 * second;

/** Veo's files live for two days: a paid clip is fetched until shortly before they go. */
export const downloadDeadlineMs = 44 * hour;

/** A paid clip that could not be fetched is tried again in proportion to the time already spent, for two days. */
export const downloadRetryShare = 1 / 5;
export const downloadRetryMaximumMs = 30 * minute;

/** How soon a client should ask again while a task runs, seconds: about as often as something changes. */
export const retryAfterSeconds = 2;
