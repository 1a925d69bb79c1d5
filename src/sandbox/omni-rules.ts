/**
 * Which requests Gemini Omni Flash refuses: one rule, one sentence. Source: Google's guide to Omni 1.1 (September 2026),
 * for 1.2 what its resellers name, and answers that several projects have had from July to September 2026: an extension
 * names neither task nor ratio, although the guide has `task: "extend"`. Where they differ, what is refused here may be
 * taken by the real one.
 */
import { mediaOf, type OmniRequest } from "./omni-request.ts";

interface OmniModel {
  /** Longest clip; the shortest has 3 s. */
  readonly clipSecondsMaximum: number;
  /** Longest video that comes out of extensions. */
  readonly videoSecondsMaximum: number;
  readonly picturesMaximum: number;
}

export const omniModels: ReadonlyMap<string, OmniModel> = new Map([
  ["gemini-omni-1.1-flash", { clipSecondsMaximum: 10, videoSecondsMaximum: 40, picturesMaximum: 3 }],
  ["gemini-omni-1.2-flash", { clipSecondsMaximum: 15, videoSecondsMaximum: 30, picturesMaximum: 6 }],
]);

const clipSecondsMinimum = 3;
/** What one extension adds at most, whatever the model. */
const extensionSecondsMaximum = 10;
const videosMaximum = 3;

/** @returns the sentence to refuse with, or null */
type Rule = (asked: OmniRequest, model: OmniModel) => string | null;

const rules: readonly Rule[] = [
  checkContinuation,
  ({ response_format: { aspect_ratio = "16:9" } }) => notOneOf("aspect_ratio", aspect_ratio, ["16:9", "9:16"]),
  ({ response_format: { resolution } }) => notOneOf("resolution", resolution, ["360p", "720p", "1080p", "4k"]),
  checkDuration,
  ({ background, store }) => background && !store ? "`background` cannot be combined with `store: false`." : null,
  ({ response_format: { delivery }, store }) =>
    delivery === "uri" && !store ? "`delivery: uri` cannot be combined with `store: false`." : null,
  checkTask,
  (asked, { picturesMaximum }) => {
    const { length } = mediaOf(asked, "image");
    return length > picturesMaximum ? `At most ${picturesMaximum} images are supported, but got: ${length}.` : null;
  },
  (asked) => {
    const { length } = mediaOf(asked, "video");
    return length > videosMaximum ? `At most ${videosMaximum} videos are supported, but got: ${length}.` : null;
  },
];

/** @returns what the API answers with 400, or null for a request whose form it takes */
export function findOmniProblem(asked: OmniRequest, model: OmniModel): string | null {
  for (const rule of rules) {
    const problem = rule(asked, model);
    if (problem !== null) return problem;
  }
  return null;
}

/** The real one may also edit what it made before, as the prompt says; here it is always continued. */
export function isExtension({ previous_interaction_id }: OmniRequest): boolean {
  return previous_interaction_id !== undefined;
}

function checkContinuation(asked: OmniRequest): string | null {
  if (!isExtension(asked)) return null;
  if (asked.generation_config.video_config.task !== undefined) {
    return "previous_interaction_id is not allowed when video task is set.";
  }
  if (asked.response_format.aspect_ratio !== undefined) {
    return "Aspect ratio cannot be set in response format for extend task.";
  }
  return mediaOf(asked, "image").length > 0 ? "Images are not supported when a video is extended." : null;
}

function notOneOf(field: string, value: string, possible: readonly string[]): string | null {
  return possible.includes(value)
    ? null
    : `Invalid value '${value}' for '${field}'. Supported: ${possible.join(", ")}.`;
}

function checkDuration(asked: OmniRequest, { clipSecondsMaximum }: OmniModel): string | null {
  const { duration } = asked.response_format;
  const maximum = isExtension(asked) ? extensionSecondsMaximum : clipSecondsMaximum;
  if (Number.isInteger(duration) && duration >= clipSecondsMinimum && duration <= maximum) return null;
  return `The duration ${duration}s is not a whole second from ${clipSecondsMinimum}s to the maximum allowed ${maximum}s.`;
}

function checkTask(asked: OmniRequest): string | null {
  const { task } = asked.generation_config.video_config;
  const hasPictures = mediaOf(asked, "image").length > 0;
  const hasVideos = mediaOf(asked, "video").length > 0;
  switch (task) {
    case "text_to_video":
      return hasPictures || hasVideos ? "The task text_to_video takes no images or videos." : null;
    case "image_to_video":
      return hasPictures ? null : "The task image_to_video needs an image.";
    case "reference_to_video":
      return hasPictures || hasVideos ? null : "The task reference_to_video needs an image or a video.";
    default:
      return null;
  }
}
