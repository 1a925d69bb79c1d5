/** What decides, before anything is sent, in how many steps a reference video is analysed. */
export { inlineBytesMaximum } from "../upstream/inline-limit.ts";
