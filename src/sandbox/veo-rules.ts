/**
 * Which requests Veo 3.1 refuses on the Gemini API: one rule, one sentence. Source: Google's documentation of Veo 3.1
 * (March 2026) and reports of live answers; the sentences are near to the real ones, and nobody may steer by them.
 */
import type { LongText } from "./long-text.ts";
import { readPicture } from "./picture.ts";
import { decodeSample, type SampledBytes } from "./sampled-bytes.ts";
import { imagesOf, type VeoImage, type VeoInstance, type VeoParameters } from "./veo-request.ts";

export const veoModels = [
  "veo-3.1-generate-preview",
  "veo-3.1-fast-generate-preview",
  "veo-3.1-lite-generate-preview",
] as const;

const promptTokensMaximum = 1_024;
/** Characters of English in a token, on average. */
const charactersPerToken = 4;
const referencesMaximum = 3;
const imageBytesMaximum = 20 * 1024 * 1024;
const imageTypes = ["image/jpeg", "image/png", "image/webp"];

interface Asked {
  readonly model: string;
  readonly instance: VeoInstance;
  readonly parameters: VeoParameters;
}

/** @returns the sentence to refuse with, or null */
type Rule = (asked: Asked) => string | null;

const rules: readonly Rule[] = [
  ({ instance: { prompt } }) => findPromptProblem(prompt),
  ({ parameters: { aspectRatio } }) => notOneOf("aspectRatio", aspectRatio, ["16:9", "9:16"]),
  ({ parameters: { resolution } }) => notOneOf("resolution", resolution, ["720p", "1080p", "4k"]),
  ({ parameters: { durationSeconds } }) => notOneOf("durationSeconds", durationSeconds, [4, 6, 8]),
  ({ parameters: { sampleCount } }) => notOneOf("sampleCount", sampleCount, [1]),
  ({ parameters: { resolution, durationSeconds } }) =>
    resolution !== "720p" && durationSeconds !== 8
      ? `The resolution ${resolution} is only supported with a duration of 8 seconds.`
      : null,
  ({ instance, parameters: { durationSeconds } }) => {
    const problem = instance.referenceImages ? checkReferences(instance) : null;
    if (problem !== null || !instance.referenceImages || durationSeconds === 8) return problem;
    return "`durationSeconds` must be 8 when `referenceImages` are used.";
  },
  ({ instance }) => checkFrames(instance),
  checkExtension,
  checkLite,
  checkPersonGeneration,
  ({ instance }) => imagesOf(instance).map(findImageProblem).find((problem) => problem !== null) ?? null,
];

/** @returns what the API answers with `INVALID_ARGUMENT`, or null for a request it takes */
export function findVeoProblem(asked: Asked): string | null {
  for (const rule of rules) {
    const problem = rule(asked);
    if (problem !== null) return problem;
  }
  return null;
}

/** @returns what both of Veo's APIs say against a prompt, or null */
export function findPromptProblem(prompt: LongText | undefined): string | null {
  if (!prompt || prompt.length === 0) return "The prompt is required and cannot be empty.";
  const tokens = Math.ceil(prompt.length / charactersPerToken);
  return tokens > promptTokensMaximum ? `The prompt is too long: the maximum is ${promptTokensMaximum} tokens.` : null;
}

export function notOneOf<Value>(field: string, value: Value, possible: readonly Value[]): string | null {
  if (possible.includes(value)) return null;
  return `The value \`${value}\` of \`${field}\` is out of bounds. Supported: ${possible.join(", ")}.`;
}

/** An instance as far as it matters what is in it. */
interface Sources {
  readonly image?: object | undefined;
  readonly lastFrame?: object | undefined;
  readonly video?: object | undefined;
  readonly referenceImages?: readonly { readonly referenceType: string }[] | undefined;
}

/** @returns what both of Veo's APIs say against reference pictures, or null */
export function checkReferences({ referenceImages = [], image, lastFrame, video }: Sources): string | null {
  if (referenceImages.length === 0 || referenceImages.length > referencesMaximum) {
    return `The number of \`referenceImages\` must be between 1 and ${referencesMaximum}.`;
  }
  if (referenceImages.some(({ referenceType }) => referenceType !== "asset")) {
    return "`referenceType` must be `asset` for this model.";
  }
  if (image || lastFrame || video) return "`referenceImages` cannot be combined with `image`, `lastFrame` or `video`.";
  return null;
}

export function checkFrames({ image, lastFrame }: Sources): string | null {
  return lastFrame && !image ? "`lastFrame` needs `image`, the first frame." : null;
}

/** What is wrong with the request; what may be wrong with the video itself is in `extension-rules.ts`. */
function checkExtension({ instance, parameters: { resolution, durationSeconds } }: Asked): string | null {
  if (!instance.video) return null;
  if (instance.image || instance.lastFrame) return "`video` cannot be combined with `image` or `lastFrame`.";
  if (resolution !== "720p") return "Video extension is only supported at 720p.";
  return durationSeconds === 8 ? null : "`durationSeconds` must be 8 for video extension.";
}

function checkLite({ model, instance, parameters: { resolution } }: Asked): string | null {
  if (!model.includes("-lite-")) return null;
  if (instance.referenceImages) return "`referenceImages` isn't supported by this model.";
  if (instance.video) return "Video extension isn't supported by this model.";
  return resolution === "4k" ? "The resolution 4k isn't supported by this model." : null;
}

function checkPersonGeneration({ instance, parameters: { personGeneration } }: Asked): string | null {
  if (personGeneration === undefined) return null;
  const possible = imagesOf(instance).length > 0 ? "allow_adult" : "allow_all";
  return personGeneration === possible
    ? null
    : `\`${personGeneration}\` for \`personGeneration\` is not supported here. Supported: ${possible}.`;
}

/** @returns what Google says against a picture, or null */
export function findImageProblem({ bytesBase64Encoded, mimeType }: VeoImage): string | null {
  const sample = decodeSample(bytesBase64Encoded);
  // The type is looked at first.
  if (sample === null && imageTypes.includes(mimeType)) return "`bytesBase64Encoded` is not valid base64.";
  return findPictureProblem(sample ?? nothing, mimeType);
}

const nothing: SampledBytes = { length: 0, head: new Uint8Array(0), tail: new Uint8Array(0) };

/** @returns what Google says against a picture that could be decoded, or null */
export function findPictureProblem(sample: SampledBytes, mimeType: string): string | null {
  if (!imageTypes.includes(mimeType)) return `Unsupported image mime type: ${mimeType}.`;
  if (sample.length > imageBytesMaximum) return "The image is too large: the maximum is 20 MB.";
  const picture = readPicture(sample);
  if (!picture?.complete) return "Unable to process input image. Please retry or check the image.";
  return picture.contentType === mimeType ? null : "The image does not match its mime type.";
}
