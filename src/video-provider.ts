/** Where a video model is and in which dialect it is asked. What there is to know of each is in `veo/providers.ts`. */

export const providers = ["gemini", "vertex", "omni"] as const;
export type Provider = typeof providers[number];
