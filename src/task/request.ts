/**
 * What a client may ask for, besides its references. Strict, because a typo must not silently cost a default video: an
 * unknown field is refused by name. Whatever the body, a field arrives here as text.
 */
import { z } from "zod";
import { useCases } from "../use-case.ts";
import { aspectRatios, qualities, structures } from "../video-wish.ts";

export const durationSecondsMinimum = 5;
export const durationSecondsMaximum = 60;
/** Characters, as JavaScript counts them. */
export const additionalPromptMaximum = 2_000;

const durationSentence = `Send a whole number from ${durationSecondsMinimum} to ${durationSecondsMaximum}.`;

const durationSeconds = z.string().regex(/^\d{1,4}$/, durationSentence).transform(Number)
  .pipe(
    z.number().int(durationSentence)
      .min(durationSecondsMinimum, durationSentence)
      .max(durationSecondsMaximum, durationSentence),
  );

const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, `Send one of ${values.join(", ")}.`);

const flag = z.enum(["true", "false"], "Send true or false.").transform((text) => text === "true");

export const taskRequestSchema = z.strictObject({
  use_case: oneOf(useCases).default("general"),
  duration_seconds: durationSeconds.default(8),
  aspect_ratio: oneOf(aspectRatios).default("16:9"),
  quality: oneOf(qualities).default("high"),
  structure: oneOf(structures).default("shots"),
  additional_prompt: z.string()
    // A form sends each line end as two characters; it is one for who typed it.
    .transform((text) => text.replaceAll("\r\n", "\n"))
    .pipe(z.string().max(additionalPromptMaximum, `Send at most ${additionalPromptMaximum} characters.`))
    .default(""),
  review: flag.default(false),
  /** Who is told of the end; whether that is an address to tell it to, `webhooks/callback` says. */
  callback_url: z.string().optional(),
});

/**
 * A request once it was accepted, as it is stored and shown. Forgiving, unlike what comes in: a task of an earlier version
 * stays readable.
 */
export const acceptedRequestSchema = z.object({
  use_case: z.enum(useCases),
  duration_seconds: z.number(),
  aspect_ratio: z.enum(aspectRatios),
  quality: z.enum(qualities),
  structure: z.enum(structures),
  additional_prompt: z.string(),
  review: z.boolean(),
});

export type TaskRequest = z.infer<typeof acceptedRequestSchema>;
