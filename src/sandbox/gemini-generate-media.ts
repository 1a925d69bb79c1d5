/** The pictures and videos of a `generateContent` request, inside it or uploaded before: what they are, or why not. */
import { isActive } from "./gemini-files.ts";
import type { GeneratePart, Viewing } from "./gemini-generate-request.ts";
import { googleError } from "./google-errors.ts";
import { type Picture, readPicture } from "./picture.ts";
import { decodeSample, hashOf, type SampledBytes } from "./sampled-bytes.ts";
import type { Sandbox } from "./sandbox.ts";
import { readVideo, type Video } from "./video.ts";

export type Medium =
  | { readonly kind: "picture"; readonly picture: Picture; readonly bytes: number; readonly hash: number }
  | {
    readonly kind: "video";
    readonly video: Video;
    readonly viewing: Viewing;
    readonly bytes: number;
    readonly hash: number;
  };

export type ReadMedium = Medium | { readonly kind: "refused"; readonly refusal: Response };

/** Google's list has HEIC and HEIF too, which nothing here sends, and no GIF. */
const pictureTypes = ["image/png", "image/jpeg", "image/webp"];

/** What a file claims to be, and as much of it as is known; null for what is no base64. */
interface Found {
  readonly mimeType: string;
  readonly sample: SampledBytes | null;
}

/** `image/jpeg` and so on, of every file in the request; an upload that nobody knows says nothing. */
export function mimeTypesIn(sandbox: Sandbox, parts: readonly GeneratePart[]): string[] {
  return parts.flatMap(({ inlineData, fileData }) => {
    if (inlineData) return inlineData.mimeType;
    return fileData ? fileData.mimeType ?? findFile(sandbox, fileData.fileUri)?.content_type ?? "" : [];
  });
}

export function readMedia(sandbox: Sandbox, parts: readonly GeneratePart[]): ReadMedium[] {
  return parts.flatMap(({ inlineData, fileData, videoMetadata }) => {
    if (inlineData) {
      return readMedium({ mimeType: inlineData.mimeType, sample: decodeSample(inlineData.data) }, videoMetadata);
    }
    if (!fileData) return [];
    const found = findUpload(sandbox, fileData.fileUri);
    return found instanceof Response ? { kind: "refused", refusal: found } : readMedium(found, videoMetadata);
  });
}

function readMedium({ mimeType, sample }: Found, viewing: Viewing): ReadMedium {
  const isVideo = mimeType.startsWith("video/");
  if (!isVideo && !pictureTypes.includes(mimeType)) return refused(`Unsupported MIME type: ${mimeType}`);
  if (!sample) return unreadable(isVideo ? "video" : "image");
  const known = { bytes: sample.length, hash: hashOf(sample) };
  if (isVideo) {
    const video = readVideo(sample);
    if (!video) return unreadable("video");
    // Those who ran into it tell of nothing clearer (langchain-google, issue 1217).
    if (isBeyond(video, viewing)) return refused("Request contains an invalid argument.");
    return { kind: "video", video, viewing, ...known };
  }
  const picture = readPicture(sample);
  return picture?.complete ? { kind: "picture", picture, ...known } : unreadable("image");
}

function isBeyond({ seconds }: Video, { startOffset, endOffset }: Viewing): boolean {
  if (seconds === null) return false;
  return startOffset >= seconds || (endOffset !== Infinity && endOffset > seconds);
}

function unreadable(kind: "image" | "video"): ReadMedium {
  return refused(
    `Unable to process input ${kind}. Please retry or report in ` +
      "https://developers.generativeai.google/guide/troubleshooting",
  );
}

function refused(message: string): ReadMedium {
  return { kind: "refused", refusal: googleError("INVALID_ARGUMENT", message) };
}

function findUpload(sandbox: Sandbox, uri: string): Found | Response {
  const file = findFile(sandbox, uri);
  const id = fileIdOf(uri);
  if (!file) {
    return googleError(
      "PERMISSION_DENIED",
      `You do not have permission to access the File ${id} or it may not exist.`,
    );
  }
  if (!isActive(file, sandbox.now())) {
    return googleError("FAILED_PRECONDITION", `The File ${id} is not in an ACTIVE state and usage is not allowed.`);
  }
  return { mimeType: file.content_type, sample: { ...file, length: file.received } };
}

function findFile(sandbox: Sandbox, uri: string) {
  return sandbox.files.find(fileIdOf(uri), sandbox.now());
}

function fileIdOf(uri: string): string {
  return /\/files\/([\w-]+)$/.exec(uri)?.[1] ?? "";
}
