/**
 * Veo 3.1 as it is on the Gemini API's wire. Minimal and forgiving: only what is read is named, everything else may come
 * and go. Source: Google's Veo documentation (March 2026) and the SDK's own types.
 */
import { z } from "zod";

/**
 * An operation's name as the path of its address, each part encoded, so that it cannot lead anywhere else.
 *
 * @returns null for a name that would (`..`), or that names nothing
 */
export function operationPath(name: string): string | null {
  const parts = name.split("/").filter((part) => part !== "");
  const isPath = parts.length > 0 && parts.every((part) => !/^\.{1,2}$/.test(part));
  return isPath ? parts.map(encodeURIComponent).join("/") : null;
}

/** A gateway's name may have any form: to refuse it would be to lose a paid clip. */
const operationName = z.string().refine((name) => operationPath(name) !== null);

export const startedSchema = z.object({ name: operationName });

const filteredSchema = z.object({
  raiMediaFilteredCount: z.coerce.number().nullish().catch(null),
  raiMediaFilteredReasons: z.array(z.string().catch("")).nullish().catch(null),
});

const addressedSchema = z.object({ uri: z.string().nullish() });
const sampleSchema = addressedSchema.extend({ video: addressedSchema.nullish() }).nullable().catch(null);

/** Gateways make text of it now and then. */
const flagSchema = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);

/**
 * Forgiving in all but one thing: what says neither whose state it is nor that it is done is no answer, but another
 * JSON, of a gateway for example, and says nothing of the clip.
 */
export const operationSchema = z.object({
  name: z.string().nullish(),
  done: flagSchema.nullish(),
  error: z.object({ code: z.coerce.number().nullish().catch(null) }).nullish().catch({ code: null }),
  // The reasons of a filter were seen both beside the samples and one level up.
  response: filteredSchema.extend({
    generateVideoResponse: filteredSchema.extend({ generatedSamples: z.array(sampleSchema).nullish() }).nullish(),
  }).nullish(),
}).refine(({ name, done }) => name || done);

export type OperationOnWire = z.infer<typeof operationSchema>;

/** What the adapter stores of a started clip, and of a finished one. */
export const storedOperationSchema = z.object({ name: operationName });
export const storedFileSchema = z.object({ uri: z.string() });
