/** What the Responses API takes, as far as the stand-in plays it, and how it refuses the rest. */
import { z } from "zod";
import { jsonSchemaSchema } from "./json-schema.ts";
import { anyTextSchema, type LongText } from "./long-text.ts";
import { invalidParameter } from "./openai-errors.ts";
import { type Picture, readPicture } from "./picture.ts";
import { decodeSample, hashOf } from "./sampled-bytes.ts";
import { findStrictProblem } from "./strict-schema.ts";

/** Parameters that the API has and that change nothing here. */
const ignored = [
  ...[
    "background",
    "context_management",
    "include",
    "metadata",
    "moderation",
    "parallel_tool_calls",
    "prompt_cache_key",
  ],
  ...[
    "prompt_cache_options",
    "prompt_cache_retention",
    "reasoning",
    "safety_identifier",
    "service_tier",
    "temperature",
  ],
  ...["top_logprobs", "top_p", "truncation", "user"],
];

const partSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("input_text"), text: anyTextSchema }),
  z.strictObject({
    type: z.literal("input_image"),
    image_url: anyTextSchema,
    detail: z.enum(["low", "high", "original", "auto"]).optional(),
  }),
]);

const messageSchema = z.strictObject({
  type: z.literal("message").optional(),
  role: z.enum(["user", "system", "developer", "assistant"]),
  content: z.union([anyTextSchema, z.array(partSchema)]),
});

const formatSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text") }),
  z.strictObject({
    type: z.literal("json_schema"),
    name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
    description: z.string().optional(),
    strict: z.boolean().nullish(),
    schema: jsonSchemaSchema,
  }),
]);

const requestSchema = z.strictObject({
  model: z.string(),
  input: z.union([anyTextSchema, z.array(messageSchema).min(1)]),
  instructions: anyTextSchema.nullish(),
  text: z.strictObject({ format: formatSchema.optional(), verbosity: z.string().optional() }).optional(),
  /** The API's own lower limit. */
  max_output_tokens: z.number().int().min(16).nullish(),
  store: z.boolean().nullish(),
  stream: z.literal(false).nullish(),
  ...Object.fromEntries(ignored.map((name) => [name, z.unknown().optional()])),
});

export type OpenaiRequest = z.infer<typeof requestSchema>;

export interface SeenPicture {
  /** Null when only its address was given. */
  readonly picture: Picture | null;
  readonly bytes: number | null;
  readonly hash: number;
}

export type ReadRequest =
  | {
    readonly ok: true;
    readonly request: OpenaiRequest;
    readonly pictures: readonly SeenPicture[];
    /** Instructions and all text of the input, in order. */
    readonly text: string;
  }
  | { readonly ok: false; readonly refusal: Response };

/** Reads a request body whose long strings were elided. */
export function readOpenaiRequest(body: unknown): ReadRequest {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) return { ok: false, refusal: refuseShape(parsed.error) };
  const request = parsed.data;
  const format = request.text?.format;
  const problem = format?.type === "json_schema" && format.strict
    ? findStrictProblem(format.name, format.schema)
    : null;
  if (problem !== null) {
    return { ok: false, refusal: invalidParameter("text.format.schema", "invalid_json_schema", problem) };
  }
  const pictures: SeenPicture[] = [];
  const texts = request.instructions ? [request.instructions.head] : [];
  for (const { path, part } of partsOf(request)) {
    if (part.type === "input_text") {
      texts.push(part.text.head);
      continue;
    }
    const seen = seePicture(part.image_url);
    if (typeof seen === "string") {
      return { ok: false, refusal: invalidParameter(`${path}.image_url`, "invalid_value", seen) };
    }
    pictures.push(seen);
  }
  return { ok: true, request, pictures, text: texts.join("\n\n") };
}

type Part = z.infer<typeof partSchema>;

function partsOf({ input }: OpenaiRequest): { path: string; part: Part }[] {
  if (!Array.isArray(input)) return [{ path: "input", part: { type: "input_text", text: input } }];
  return input.flatMap(({ content }, message) =>
    Array.isArray(content)
      ? content.map((part, index) => ({ path: `input[${message}].content[${index}]`, part }))
      : [{ path: `input[${message}].content`, part: { type: "input_text" as const, text: content } }]
  );
}

/** @returns the picture, or what is wrong with it in the API's words */
function seePicture(url: LongText): SeenPicture | string {
  if (/^https:\/\//.test(url.head)) return { picture: null, bytes: null, hash: url.length };
  const prefix = /^data:image\/[a-z+.-]+;base64,/.exec(url.head)?.[0];
  if (prefix === undefined) {
    return "Invalid 'image_url'. Expected a valid URL or a base64-encoded data URL with an image MIME type " +
      "(e.g. 'data:image/png;base64,aW1nIGJ5dGVzIGhlcmU='), but got unsupported MIME type or scheme.";
  }
  const sample = decodeSample(url, prefix.length);
  if (sample === null) return "Invalid 'image_url'. The base64 of the data URL cannot be decoded.";
  const picture = readPicture(sample);
  if (!picture?.complete) {
    return "The image data you provided does not represent a valid image. Please check your input and try again with " +
      "one of the supported image formats: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'].";
  }
  return { picture, bytes: sample.length, hash: hashOf(sample) };
}

function refuseShape(error: z.ZodError): Response {
  const [issue] = error.issues;
  const path = (issue?.path ?? []).map(String);
  if (issue?.code === "unrecognized_keys") {
    const name = [...path, issue.keys[0]].join(".");
    return invalidParameter(name, "unknown_parameter", `Unknown parameter: '${name}'.`);
  }
  const name = path.join(".");
  return invalidParameter(name, "invalid_value", `Invalid value for '${name}'.`);
}
