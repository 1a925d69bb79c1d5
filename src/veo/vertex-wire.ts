/**
 * Veo 3.1 as it is on Vertex AI's wire. Sources: Google's "Veo on Vertex AI API" (2026) and the SDK's own types
 * (@google/genai 3.1).
 */
import { z } from "zod";
import { filteredSchema, operationNameSchema, operationPath, operationSchemaOf } from "./veo-wire.ts";

const videoSchema = z.object({
  gcsUri: z.string().nullish().catch(null),
  bytesBase64Encoded: z.string().nullish().catch(null),
}).nullable().catch(null);

export const operationSchema = operationSchemaOf(filteredSchema.extend({ videos: z.array(videoSchema).nullish() }));

export type OperationOnWire = z.infer<typeof operationSchema>;

/** What the adapter stores of a started clip. */
export const storedOperationSchema = z.object({ name: operationNameSchema, model: z.string() });

export type StoredOperation = z.infer<typeof storedOperationSchema>;

/** A clip that the operation itself holds in base64. */
const inlineFileSchema = z.object({
  operation: storedOperationSchema,
  /** Which of the answer's long strings it is, see `upstream/long-strings.ts`; null for one that is not long. */
  order: z.number().int().nonnegative().nullable(),
  bytes: z.number().int().positive(),
});

export type InlineFile = z.infer<typeof inlineFileSchema>;

/** What it stores of a finished one. */
export const storedFileSchema = z.union([z.object({ gcs_uri: z.string() }), inlineFileSchema]);

export type StoredFile = z.infer<typeof storedFileSchema>;

export interface ModelPlace {
  readonly project: string;
  readonly location: string;
}

/** The model as a part of an address: `projects/…/locations/…/publishers/google/models/…`. */
export function modelPath(model: string, { project, location }: ModelPlace): string {
  return ["projects", project, "locations", location, "publishers", "google", "models", model]
    .map(encodeURIComponent).join("/");
}

/**
 * Whom to ask for an operation: the model that its name begins with, or, where a gateway named it otherwise, the one
 * that was asked for the clip. A GET of the name itself is answered with 404.
 */
export function operationOwnerPath({ name, model }: StoredOperation, place: ModelPlace): string {
  const end = name.lastIndexOf("/operations/");
  return (end > 0 && operationPath(name.slice(0, end))) || modelPath(model, place);
}

/** Cloud Storage's own rules of a bucket's name; an object's may be anything. */
const cloudStorageUri = /^gs:\/\/([a-z0-9][\w.-]*)\/(.+)$/s;

/**
 * The path of an object's content in Cloud Storage's JSON API.
 *
 * @param uri `gs://bucket/object`
 * @returns null for anything else, and for what would lead elsewhere
 */
export function objectPath(uri: string): string | null {
  const [, bucket, object] = cloudStorageUri.exec(uri) ?? [];
  if (!bucket || !object || /^\.{1,2}$/.test(object)) return null;
  return `storage/v1/b/${bucket}/o/${encodeURIComponent(object)}?alt=media`;
}
