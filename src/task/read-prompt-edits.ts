/** The body of an approval: none, or JSON with the prompts as a person edited them. */
import { z } from "zod";
import { type FieldProblem, ServiceError } from "../errors.ts";
import { jsonTextSchema, readJsonObject } from "../references/json-object.ts";
import { bodyChunksOf, readBody } from "../references/request-body.ts";
import type { PromptEdits } from "./review.ts";

/** More than any plan has segments. */
const promptsMaximum = 100;
const tooMany = `Send at most ${promptsMaximum} prompts.`;
const noSuchField = "There is no such field. An approval takes prompt or prompts.";
const notAnObject = "The JSON must be one object with prompt or prompts.";

const editsSchema = z.strictObject({
  prompt: jsonTextSchema.optional(),
  // Counted before it is looked into: each of a hundred thousand wrong items would be told.
  prompts: z.array(z.unknown(), "Send a list of texts, one for each segment.").max(promptsMaximum, tooMany)
    .pipe(z.array(jsonTextSchema)).optional(),
}, noSuchField);

/** Nine prompts of a model's limit have some 50 kB. */
const bodyBytesMaximum = 256_000;

/** @throws ServiceError `unsupported_media_type`, `payload_too_large` or `invalid_input` */
export async function readPromptEdits(request: Request): Promise<PromptEdits> {
  const bytes = await readBody(bodyChunksOf(request, bodyBytesMaximum));
  if (bytes.byteLength === 0) return {};
  const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/json") throw new ServiceError("unsupported_media_type", "Send application/json.");
  const { members, problems } = readJsonObject(bytes, notAnObject);
  const parsed = editsSchema.safeParse(members);
  if (parsed.success && problems.length === 0) return parsed.data;
  throw ServiceError.ofProblems([...problems, ...(parsed.error?.issues ?? []).flatMap(problemsOf)]);
}

function problemsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  const fields = issue.code === "unrecognized_keys" ? issue.keys : [fieldOf(issue.path)];
  return fields.map((field) => ({ field, code: "invalid_input", message: issue.message }));
}

/** `prompts[1]` */
function fieldOf([first = "", ...rest]: readonly PropertyKey[]): string {
  return String(first) + rest.map((step) => `[${String(step)}]`).join("");
}
