/** What creating an interaction takes for a video of Gemini Omni Flash, field by field. */
import { z } from "zod";
import { anyTextSchema, type LongText } from "./long-text.ts";

/** A picture or video: inside the request, or by the address of a file. */
const mediaFields = { data: anyTextSchema.optional(), uri: z.string().optional(), mime_type: z.string().optional() };

const partSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: anyTextSchema }),
  z.strictObject({ type: z.literal("image"), ...mediaFields }),
  z.strictObject({ type: z.literal("video"), ...mediaFields }),
]);

const messagesSchema = z.array(z.strictObject({ type: z.literal("user_input"), content: z.array(z.unknown()) })).min(1);

/** A text, the parts of one message, or messages. An empty one is taken, and paid for, as the real one does. */
const inputSchema = z.preprocess((input) => {
  const messages = messagesSchema.safeParse(input);
  if (messages.success) return messages.data.flatMap(({ content }) => content);
  return Array.isArray(input) ? input : [{ type: "text", text: input }];
}, z.array(partSchema));

/** protobuf's Duration in JSON. A bare number is refused. */
const durationSchema = z.string().regex(/^\d+(\.\d+)?s$/).transform((text) => Number(text.slice(0, -1)));

const requestSchema = z.strictObject({
  model: z.string(),
  input: inputSchema,
  response_format: z.strictObject({
    type: z.literal("video"),
    aspect_ratio: z.string().optional(),
    resolution: z.string().default("720p"),
    /** Of what is made new, seconds. */
    duration: durationSchema.default(10),
    delivery: z.enum(["inline", "uri"]).default("inline"),
  }),
  generation_config: z.strictObject({
    video_config: z.strictObject({
      task: z.enum([
        "text_to_video",
        "image_to_video",
        "reference_to_video",
        "edit",
        "extend",
        "upscale",
      ]).optional(),
    }).prefault({}),
  }).prefault({}),
  previous_interaction_id: z.string().optional(),
  background: z.boolean().default(false),
  store: z.boolean().default(true),
  stream: z.literal(false).optional(),
  webhook_config: z.looseObject({}).optional(),
  labels: z.record(z.string(), z.string()).optional(),
  service_tier: z.string().optional(),
});

export type OmniRequest = z.infer<typeof requestSchema>;

type Part = z.infer<typeof partSchema>;
export type OmniMedia = Extract<Part, { type: "image" | "video" }>;

export type ReadOmniRequest =
  | { readonly ok: true; readonly asked: OmniRequest }
  | { readonly ok: false; readonly message: string };

/** @returns the request, or what is wrong with its shape in the API's words */
export function readOmniRequest(body: unknown): ReadOmniRequest {
  const parsed = requestSchema.safeParse(body);
  return parsed.success ? { ok: true, asked: parsed.data } : { ok: false, message: shapeMessage(parsed.error) };
}

/** The texts, as far as they are held. */
export function promptOf({ input }: OmniRequest): string {
  return input.flatMap((part): LongText[] => part.type === "text" ? [part.text] : []).map(({ head }) => head).join(
    "\n",
  );
}

export function mediaOf({ input }: OmniRequest, type: OmniMedia["type"]): OmniMedia[] {
  return input.filter((part): part is OmniMedia => part.type === type);
}

function shapeMessage({ issues }: z.ZodError): string {
  const [issue] = issues;
  const [field, ...rest] = issue?.path.map(String) ?? [];
  if (issue?.code === "unrecognized_keys") {
    const place = [field, ...rest].filter((step) => step !== undefined).join(".");
    return `Invalid JSON payload received. Unknown name "${issue.keys[0]}" at '${place}': Cannot find field.`;
  }
  return `Invalid input at '${field ?? ""}'`;
}
