/**
 * Which requests Veo 3.1 refuses on Vertex AI: one rule, one sentence. Source: Google's reference of Veo on Vertex AI and
 * its guides to reference images and to extension (2026); the sentences are near to the real ones, and nobody may steer by
 * them.
 */
import { checkFrames, checkReferences, findImageProblem, findPromptProblem, notOneOf } from "./veo-rules.ts";
import { picturesOf, type VertexInstance, type VertexMedia, type VertexParameters } from "./vertex-request.ts";

/** What one extension adds. */
export const extensionSeconds = 7;

interface Asked {
  readonly model: string;
  readonly instance: VertexInstance;
  readonly parameters: VertexParameters;
}

/** @returns the sentence to refuse with, or null */
type Rule = (asked: Asked) => string | null;

const rules: readonly Rule[] = [
  checkPrompt,
  ({ parameters: { aspectRatio } }) => notOneOf("aspectRatio", aspectRatio, ["16:9", "9:16"]),
  ({ parameters: { resolution } }) => notOneOf("resolution", resolution, ["720p", "1080p", "4k"]),
  ({ parameters: { sampleCount } }) => notOneOf("sampleCount", sampleCount, [1, 2, 3, 4]),
  ({ parameters: { personGeneration = "allow_adult" } }) =>
    notOneOf("personGeneration", personGeneration, ["allow_adult", "dont_allow", "disallow"]),
  ({ parameters: { storageUri } }) =>
    storageUri === undefined || /^gs:\/\/[a-z0-9][\w.-]+(\/.*)?$/.test(storageUri)
      ? null
      : `Invalid Cloud Storage URI: ${storageUri}`,
  ({ model, instance }) =>
    model.includes("-lite-") && instance.referenceImages ? "`referenceImages` isn't supported by this model." : null,
  ({ instance }) => instance.referenceImages ? checkReferences(instance) : null,
  ({ instance }) => checkFrames(instance),
  ({ instance: { video, image, lastFrame } }) =>
    video && (image || lastFrame) ? "`video` cannot be combined with `image` or `lastFrame`." : null,
  checkDuration,
  ({ instance }) => picturesOf(instance).map(findPictureProblem).find((problem) => problem !== null) ?? null,
];

/** @returns what the API answers with `INVALID_ARGUMENT`, or null for a request it takes */
export function findVertexProblem(asked: Asked): string | null {
  for (const rule of rules) {
    const problem = rule(asked);
    if (problem !== null) return problem;
  }
  return null;
}

/** How long the clip is, for an extension what is added: what was asked for, else what is usual. Seconds. */
export function durationOf(instance: VertexInstance, { durationSeconds }: VertexParameters): number {
  return durationSeconds ?? (instance.video ? extensionSeconds : 8);
}

/** A first frame says enough by itself. */
function checkPrompt({ instance: { prompt, image } }: Asked): string | null {
  return image && !prompt ? null : findPromptProblem(prompt);
}

function checkDuration({ instance, parameters }: Asked): string | null {
  const seconds = durationOf(instance, parameters);
  const { resolution } = parameters;
  const [feature, possible] = instance.video
    ? ["video_extension", [extensionSeconds]]
    : instance.referenceImages
    ? ["reference_to_video", [8]]
    : [instance.image ? "image_to_video" : "text_to_video", [4, 6, 8]];
  if (!possible.includes(seconds)) {
    const supported = `supported durations are [${possible.join(",")}] for feature ${feature}`;
    return `Unsupported output video duration ${seconds} seconds, ${supported}.`;
  }
  if (resolution === "720p" || seconds === 8) return null;
  return `The resolution ${resolution} is only supported with a duration of 8 seconds.`;
}

function findPictureProblem({ bytesBase64Encoded, gcsUri, mimeType = "" }: VertexMedia): string | null {
  if ((bytesBase64Encoded === undefined) === (gcsUri === undefined)) {
    return "Exactly one of `bytesBase64Encoded` and `gcsUri` must be set.";
  }
  // Only clips are in the sandbox's Cloud Storage.
  if (bytesBase64Encoded === undefined) return `The Cloud Storage object ${gcsUri} cannot be read.`;
  return findImageProblem({ bytesBase64Encoded, mimeType });
}
