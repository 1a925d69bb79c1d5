/** What a video is for. Each has its own rules for the prompt, see `prompt/house-rules.ts`. */
export const useCases = ["product_video", "hero_image", "gemstone_closeup", "luxury_brand", "general"] as const;

export type UseCase = (typeof useCases)[number];
