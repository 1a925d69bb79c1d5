/** The prompts of a task as a person edited them, or none for "as they are". */
import { z } from "zod";
import { jsonTextSchema } from "../references/json-object.ts";

/** More than any plan has segments. */
export const promptsMaximum = 100;
const tooMany = `Send at most ${promptsMaximum} prompts.`;
const noSuchField = "There is no such field. An approval takes prompt or prompts.";

export const promptEditsSchema = z.strictObject({
  prompt: jsonTextSchema.optional(),
  // Counted before it is looked into: each of a hundred thousand wrong items would be told.
  prompts: z.array(z.unknown(), "Send a list of texts, one for each segment.").max(promptsMaximum, tooMany)
    .pipe(z.array(jsonTextSchema)).optional(),
}, noSuchField);
