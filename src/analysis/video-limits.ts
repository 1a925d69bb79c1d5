/** What decides, before anything is sent, in how many steps a reference video is analysed, and how much of it. */
export { inlineBytesMaximum } from "../upstream/inline-limit.ts";

/** A film has at most 60 s, and follows the reference in its own time: more motion than that finds no place in it. */
export const watchedSecondsMaximum = 60;

/** Google's own rate, one frame a second, misses quick moves; each further frame costs 258 tokens a second. */
export const watchedFramesPerSecond = 2;
