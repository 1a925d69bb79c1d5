/**
 * What a client may ask for, besides its references. Strict, because a typo must not silently cost a default video: an
 * unknown field is refused by name. Form fields arrive as text, JSON fields as what they are; both go through this schema.
 */
import { z } from "zod";
import { useCases } from "../use-case.ts";

export const aspectRatios = ["16:9", "9:16", "1:1"] as const;
export const qualities = ["high", "standard"] as const;
export const structures = ["shots", "single_take"] as const;

export const durationSecondsMinimum = 5;
export const durationSecondsMaximum = 60;
/** Characters, as JavaScript counts them. */
export const additionalPromptMaximum = 2_000;

const durationSentence = `must be a whole number from ${durationSecondsMinimum} to ${durationSecondsMaximum}.`;

const durationSeconds = z.union([z.number(), z.string().regex(/^\d{1,4}$/).transform(Number)], durationSentence)
  .pipe(
    z.number().int(durationSentence)
      .min(durationSecondsMinimum, durationSentence)
      .max(durationSecondsMaximum, durationSentence),
  );

const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, `must be one of ${values.join(", ")}.`);

/** The review of the prompt is not built yet, and a wish for it must not be passed over in silence. */
const review = z.union([z.literal(false), z.literal("false").transform(() => false as const)], {
  error: "can only be false: this version cannot stop for a review.",
});

export const taskRequestSchema = z.strictObject({
  use_case: oneOf(useCases).default("general"),
  duration_seconds: durationSeconds.default(8),
  aspect_ratio: oneOf(aspectRatios).default("16:9"),
  quality: oneOf(qualities).default("high"),
  structure: oneOf(structures).default("shots"),
  additional_prompt: z.string()
    // A form sends each line end as two characters; it is one for who typed it.
    .transform((text) => text.replaceAll("\r\n", "\n"))
    .pipe(z.string().max(additionalPromptMaximum, `must be at most ${additionalPromptMaximum} characters.`))
    .default(""),
  review: review.default(false),
});

export type TaskRequest = z.infer<typeof taskRequestSchema>;
