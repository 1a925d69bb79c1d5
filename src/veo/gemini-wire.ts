/**
 * Veo 3.1 as it is on the Gemini API's wire. Minimal and forgiving: only what is read is named, everything else may come
 * and go. Source: Google's Veo documentation (March 2026) and the SDK's own types.
 */
import { z } from "zod";

/** The name of an operation is its path. A gateway may give it another form, but it must not lead anywhere else. */
const operationName = z.string().regex(/^[\w.-]+(\/[\w.-]+)*$/).refine((name) => !name.split("/").includes(".."));

export const startedSchema = z.object({ name: operationName });

const filteredSchema = z.object({
  raiMediaFilteredCount: z.number().nullish(),
  raiMediaFilteredReasons: z.array(z.string()).nullish(),
});

const sampleSchema = z.object({ video: z.object({ uri: z.string().nullish() }).nullish() });

/** Only what says whose state it is counts as an answer: another JSON is a gateway's, and says nothing of the clip. */
export const operationSchema = z.object({
  name: z.string(),
  done: z.boolean().nullish(),
  error: z.object({ code: z.number().nullish() }).nullish(),
  // The reasons of a filter were seen both beside the samples and one level up.
  response: filteredSchema.extend({
    generateVideoResponse: filteredSchema.extend({ generatedSamples: z.array(sampleSchema).nullish() }).nullish(),
  }).nullish(),
});

export type OperationOnWire = z.infer<typeof operationSchema>;

/** What the adapter stores of a started clip, and of a finished one. */
export const storedOperationSchema = z.object({ name: operationName });
export const storedFileSchema = z.object({ uri: z.string() });
