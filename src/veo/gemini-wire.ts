/**
 * Veo 3.1 as it is on the Gemini API's wire. Minimal and forgiving: only what is read is named, everything else may come
 * and go. Source: Google's Veo documentation (March 2026) and the SDK's own types.
 */
import { z } from "zod";

/** The name of an operation goes into a path, so its form is checked before it is stored. */
const operationName = z.string().regex(/^models\/[\w.-]+\/operations\/[\w.-]+$/);

export const startedSchema = z.object({ name: operationName });

const filteredSchema = z.object({
  raiMediaFilteredCount: z.number().optional(),
  raiMediaFilteredReasons: z.array(z.string()).optional(),
});

export const operationSchema = z.object({
  done: z.boolean().optional(),
  error: z.object({ code: z.number().optional() }).optional(),
  // The reasons of a filter were seen both beside the samples and one level up.
  response: filteredSchema.extend({
    generateVideoResponse: filteredSchema.extend({
      generatedSamples: z.array(z.object({ video: z.object({ uri: z.url() }).optional() })).optional(),
    }).optional(),
  }).optional(),
});

export type OperationOnWire = z.infer<typeof operationSchema>;

/** What the adapter stores of a started clip, and of a finished one. */
export const storedOperationSchema = z.object({ name: operationName });
export const storedFileSchema = z.object({ uri: z.url() });
