/**
 * Veo 3.1 as it is on the Gemini API's wire. Source: Google's Veo documentation (March 2026) and the SDK's own types.
 */
import { z } from "zod";
import { filteredSchema, operationNameSchema, operationSchemaOf } from "./veo-wire.ts";

const addressedSchema = z.object({ uri: z.string().nullish() });
const sampleSchema = addressedSchema.extend({ video: addressedSchema.nullish() }).nullable().catch(null);

export const operationSchema = operationSchemaOf(
  // The reasons of a filter were seen both beside the samples and one level up.
  filteredSchema.extend({
    generateVideoResponse: filteredSchema.extend({ generatedSamples: z.array(sampleSchema).nullish() }).nullish(),
  }),
);

export type OperationOnWire = z.infer<typeof operationSchema>;

/** What the adapter stores of a started clip, and of a finished one. */
export const storedOperationSchema = z.object({ name: operationNameSchema });
export const storedFileSchema = z.object({ uri: z.string() });
