/** What Vertex AI is asked for a clip: the body of the request, and the files that go in it. */
import { reserveSlot, type Slot } from "../upstream/attached-json.ts";
import type { Attachment } from "../upstream/attachment.ts";
import type { ClipRequest } from "./model.ts";
import { type InlineFile, storedFileSchema } from "./vertex-wire.ts";

export interface SubmissionOptions {
  /** `gs://…` for the results to be stored under, or null to have them in the answer. */
  readonly storageUri: string | null;
  /** Reads a clip that an operation holds itself. */
  readonly openInline: (file: InlineFile) => Promise<ReadableStream<Uint8Array>>;
}

export interface Submission {
  readonly body: object;
  /** The places in it for files. */
  readonly slots: readonly Slot[];
}

/**
 * With reference pictures the model takes neither `image`, `lastFrame` nor `video`. An extension wants its 7 s as
 * `durationSeconds`, where the Gemini API wants 8: "the backend API's strict 7s extension requirement", says Google's
 * own tool (GoogleCloudPlatform/vertex-ai-creative-studio, pull requests 1274 and 1275, April 2026). `allow_adult` is
 * what a project may ask for without being on a list.
 */
export function submissionOf(request: ClipRequest, { storageUri, openInline }: SubmissionOptions): Submission {
  const { prompt, aspectRatio, resolution, source } = request;
  const { instance, slots } = source.kind === "clip"
    ? extended(storedFileSchema.parse(source.file), openInline)
    : referenced(source.pictures);
  const parameters = {
    ...(storageUri !== null && { storageUri }),
    sampleCount: 1,
    durationSeconds: source.seconds,
    aspectRatio,
    resolution,
    generateAudio: true,
    personGeneration: "allow_adult",
  };
  return { body: { instances: [{ prompt, ...instance }], parameters }, slots };
}

function referenced(pictures: readonly Attachment[]) {
  const slots = pictures.map(reserveSlot);
  const referenceImages = slots.map(({ attachment, placeholder }) => ({
    image: { bytesBase64Encoded: placeholder, mimeType: attachment.contentType },
    referenceType: "asset",
  }));
  return { instance: { referenceImages }, slots };
}

const mimeType = "video/mp4";

/** Vertex AI keeps nothing of a clip that it gave in its answer, so that one goes back in full. */
function extended(file: ReturnType<typeof storedFileSchema.parse>, openInline: SubmissionOptions["openInline"]) {
  if ("gcs_uri" in file) return { instance: { video: { gcsUri: file.gcs_uri, mimeType } }, slots: [] };
  const slot = reserveSlot({ contentType: mimeType, bytes: file.bytes, open: () => openInline(file) });
  return { instance: { video: { bytesBase64Encoded: slot.placeholder, mimeType } }, slots: [slot] };
}
