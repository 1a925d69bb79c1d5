/**
 * What stands before the prompt: which attachment is what. Google's guide of Gemini Omni (September 2026) wants it
 * declared at the start; attachments count as Image1, Image2, Video1 in the order of the input, tags from 0.
 */

/** @param excerpts how many cuts of the reference video are attached after the pictures */
export function textWithReferences(prompt: string, pictures: number, excerpts: number): string {
  const images = numbered("Image", pictures);
  const videos = numbered("Video", excerpts);
  const tags = [...declared("IMAGE_REF", images), ...declared("VIDEO_REF", videos)];
  return [
    `[# References ${tags.join(" ")}]`,
    `Use ${listed(images)} as ${images.length > 1 ? "references" : "a reference"}, not as literal initial frames.`,
    ...(videos.length > 0 ? [motionOnly(videos)] : []),
    prompt,
  ].join("\n");
}

/**
 * Beside `previous_interaction_id` no task is taken, so the words alone say that the clip is to go on and not to be
 * changed: "continue" was seen to do it.
 */
export function textOfContinuation(prompt: string): string {
  return [
    "[# Sources <PREVIOUS_VIDEO>@Video1]",
    "Continue the scene of Video1 from its very end, with everything in it as it is.",
    prompt,
  ].join("\n");
}

/** The second half is the guide's: else a video may be taken for one to edit. */
function motionOnly(videos: readonly string[]): string {
  const [it, is] = videos.length > 1 ? ["them", "sources"] : ["it", "a source"];
  return `Take from ${listed(videos)} only the camera movement and the rhythm, nothing of what is seen or heard, ` +
    `and do not use ${it} as ${is} for video editing.`;
}

function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name}${index + 1}`);
}

function declared(tag: string, names: readonly string[]): string[] {
  return names.map((name, index) => `<${tag}_${index}>@${name}`);
}

/** "Image1", "Image1 and Image2", "Image1, Image2 and Image3" */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : last;
}
