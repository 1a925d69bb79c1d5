/** The body of an approval: none, or JSON with the prompts as a person edited them. */
import { ServiceError } from "../errors.ts";
import { readJsonObject } from "../references/json-object.ts";
import { bodyChunksOf, readBody } from "../references/request-body.ts";
import { type PromptEdits, readEdits } from "./prompt-edits.ts";

const notAnObject = "The JSON must be one object with prompt or prompts.";

/** Nine prompts of a model's limit have some 50 kB. */
const bodyBytesMaximum = 256_000;

/** @throws ServiceError `unsupported_media_type`, `payload_too_large` or `invalid_input` */
export async function readPromptEdits(request: Request): Promise<PromptEdits> {
  const bytes = await readBody(bodyChunksOf(request, bodyBytesMaximum));
  if (bytes.byteLength === 0) return {};
  const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/json") throw new ServiceError("unsupported_media_type", "Send application/json.");
  const { members, problems } = readJsonObject(bytes, notAnObject);
  const read = readEdits(members);
  const all = [...problems, ...read.problems];
  if (all.length > 0) throw ServiceError.ofProblems(all);
  return read.edits;
}
