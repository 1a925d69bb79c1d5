/** Names a person finds again in the folder of downloads. Pure. */
import type { TaskState } from "./state.ts";

/** `gemstone-closeup-16x9-10s.mp4` */
export function videoFileName(state: TaskState): string {
  return `${stem(state)}.mp4`;
}

/** The same for a video that is one clip as it came; else `gemstone-closeup-16x9-10s-clip-2.mp4`. */
export function clipFileName(state: TaskState, index: number): string {
  const { segments, wasted_seconds, square } = state.plan;
  const isTheVideo = segments.length === 1 && wasted_seconds === 0 && !square;
  return isTheVideo ? videoFileName(state) : `${stem(state)}-clip-${index + 1}.mp4`;
}

function stem({ request: { use_case, aspect_ratio, duration_seconds } }: TaskState): string {
  return `${use_case}-${aspect_ratio.replace(":", "x")}-${duration_seconds}s`.replaceAll("_", "-");
}
