/**
 * Gemini Omni as it is on the Interactions API's wire, as far as it is read. Forgiving in everything but what tells a
 * clip from none. Sources: the types of Google's SDK 3.1, and answers recorded in October 2026 by Bike4Mind
 * (`videoProviders/geminiOmni/__fixtures__`).
 */
import { z } from "zod";
import { uploadedFileSchema } from "../upstream/google-files.ts";

/** Part of the address of everything that is asked about an interaction, so nothing may be in it that leads elsewhere. */
const interactionId = z.string().regex(/^[\w-][\w.=-]{0,1023}$/);

export const startedSchema = z.object({ id: interactionId });

/** `code` is one of the API's words, a number of google.rpc, or an address that names the kind of error. */
const errorSchema = z.object({
  code: z.union([z.string(), z.number()]).nullish().catch(null),
  message: z.string().nullish().catch(null),
});

export type ErrorOnWire = z.infer<typeof errorSchema>;

/** What the model wrote or made, or was given. */
const partSchema = z.object({
  type: z.string().nullish().catch(null),
  text: z.string().nullish().catch(null),
  uri: z.string().nullish().catch(null),
  data: z.string().nullish().catch(null),
});

const stepSchema = z.object({
  type: z.string().nullish().catch(null),
  content: z.array(partSchema).nullish(),
  error: errorSchema.nullish().catch(null),
});

export const interactionSchema = z.object({
  status: z.string(),
  steps: z.array(stepSchema).nullish(),
  errors: z.array(errorSchema).nullish().catch(null),
  error: errorSchema.nullish().catch(null),
  usage: z.object({
    output_tokens_by_modality: z.array(z.object({ modality: z.string(), tokens: z.number() })).nullish(),
  }).nullish().catch(null),
});

export type InteractionOnWire = z.infer<typeof interactionSchema>;

/** The body of a failed answer; Google's front end wraps its own in an array. */
const failureSchema = z.object({ error: errorSchema.extend({ status: z.string().nullish().catch(null) }).loose() });
export const failedAnswerSchema = z.union([
  failureSchema,
  z.tuple([failureSchema]).rest(z.unknown()).transform(([first]) => first),
]);

/** What the adapter stores of a started clip: the interaction, and the pictures that were uploaded for it. */
export const storedOperationSchema = z.object({
  id: interactionId,
  files: z.array(uploadedFileSchema.shape.name),
});

const storedClip = z.object({ interaction: interactionId });

/** And of a finished one; the interaction is what an extension continues. */
export const storedFileSchema = z.union([
  storedClip.extend({ uri: z.string() }),
  /** Inside the interaction: which of its long strings, and how many bytes it stands for. */
  storedClip.extend({ order: z.number().int(), bytes: z.number().int() }),
  /** Short enough to be no long string. */
  storedClip.extend({ base64: z.string() }),
]);
