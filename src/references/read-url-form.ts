/** Requests without files: `POST /veo31/generate-from-urls` and `POST /veo31/estimate`, as a form or as JSON. */
import { z } from "zod";
import { type FieldProblem, ServiceError } from "../errors.ts";
import { addField, imageUrlsField, type RawFields } from "./fields.ts";
import { fieldNameMaximum, formBytesMaximum, partsMaximum } from "./limits.ts";
import { decoded, jsonTextSchema, readJsonObject } from "./json-object.ts";
import { MultipartError } from "./multipart/multipart-error.ts";
import { boundaryOf } from "./multipart/part-header.ts";
import { readParts } from "./multipart/read-parts.ts";
import { readText } from "./multipart/read-text.ts";
import { Refusal } from "./refusal.ts";
import { bodyChunksOf, readBody } from "./request-body.ts";

/**
 * Reads the fields of `multipart/form-data` (text only), `application/x-www-form-urlencoded` or JSON. Of a JSON object,
 * numbers and booleans become their text, null is an absent field, and a list of addresses becomes its JSON text, which
 * `splitImageUrls` reads.
 *
 * @returns what can be read, and what is wrong with the rest, to be told together with what the values turn out to be
 * @throws {ServiceError} when the body as a whole cannot be used
 */
export async function readUrlForm(request: Request): Promise<UrlForm> {
  const contentType = request.headers.get("content-type") ?? "";
  const chunks = bodyChunksOf(request, formBytesMaximum);
  const { fields, problems } = await readFields(contentType, chunks);
  if (fields.size + problems.length > partsMaximum) {
    throw new ServiceError("invalid_input", `The request has more than ${partsMaximum} fields.`);
  }
  return { fields, problems: [...problems, ...problemsOfNames(fields)] };
}

export interface UrlForm {
  readonly fields: RawFields;
  readonly problems: readonly FieldProblem[];
}

async function readFields(contentType: string, chunks: AsyncIterable<Uint8Array>): Promise<UrlForm> {
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type === "multipart/form-data") return await readMultipart(contentType, chunks);
  if (type === "application/x-www-form-urlencoded") return readUrlencoded(decoded(await readBody(chunks)));
  if (type === "application/json" || /^application\/[^;]+\+json$/.test(type)) return readJson(await readBody(chunks));
  const message = "Send application/json, application/x-www-form-urlencoded or multipart/form-data.";
  throw new ServiceError("unsupported_media_type", message);
}

async function readMultipart(contentType: string, chunks: AsyncIterable<Uint8Array>): Promise<UrlForm> {
  const fields: RawFields = new Map();
  const problems: FieldProblem[] = [];
  let parts = 0;
  try {
    for await (const part of readParts(chunks, boundaryOf(contentType))) {
      if (++parts > partsMaximum) throw new MultipartError(`The form has more than ${partsMaximum} parts.`);
      if (part.filename) problems.push(fileProblem(part.name));
      else await readText(part.body).then((text) => addField(fields, part.name, text), refusedAs(part.name, problems));
    }
    return { fields, problems };
  } catch (error) {
    throw error instanceof MultipartError ? new ServiceError("invalid_input", error.message, { cause: error }) : error;
  }
}

function fileProblem(field: string): FieldProblem {
  return { field, code: "invalid_input", message: "Files are not taken here, only addresses. See /veo31/generate." };
}

function refusedAs(field: string, problems: FieldProblem[]): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof Refusal)) throw error;
    problems.push(error.ofField(field));
  };
}

function readUrlencoded(text: string): UrlForm {
  const fields: RawFields = new Map();
  for (const [name, value] of new URLSearchParams(text)) addField(fields, name, value);
  return { fields, problems: [] };
}

const jsonValueSchema = z.union([jsonTextSchema, z.number(), z.boolean(), z.null()]);
const jsonListOrValueSchema = z.union([jsonValueSchema, z.array(jsonTextSchema)]);

function readJson(bytes: Uint8Array): UrlForm {
  const { members, problems } = readJsonObject(bytes, "The JSON must be one object of fields.");
  const fields: RawFields = new Map();
  for (const [field, raw] of Object.entries(members)) {
    const value = (field === imageUrlsField ? jsonListOrValueSchema : jsonValueSchema).safeParse(raw);
    if (!value.success) problems.push({ field, code: "invalid_input", message: unsupportedValue });
    else if (value.data !== null) fields.set(field, [asText(value.data)]);
  }
  return { fields, problems };
}

const unsupportedValue =
  "This cannot be read. Send text, a number, true or false; addresses of pictures may be a list.";

function asText(value: string | number | boolean | string[]): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function problemsOfNames(fields: RawFields): FieldProblem[] {
  return [...fields.keys()].filter((name) => name.length > fieldNameMaximum).map((name) => ({
    field: name.slice(0, fieldNameMaximum),
    code: "invalid_input",
    message: `A field's name is longer than ${fieldNameMaximum} characters.`,
  }));
}
