/** What can be wished of a video besides its length: the words of the contract, for everybody who speaks of them. */

export const aspectRatios = ["16:9", "9:16", "1:1"] as const;
export type AspectRatio = (typeof aspectRatios)[number];

export const qualities = ["high", "standard"] as const;
export type Quality = (typeof qualities)[number];

/** `shots`: clips cut together; `single_take`: one clip, continued. */
export const structures = ["shots", "single_take"] as const;
export type Structure = (typeof structures)[number];
