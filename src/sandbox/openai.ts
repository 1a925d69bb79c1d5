/** OpenAI's Responses API, played. */
import { Hono } from "hono";
import { accept, answerCall, refuse, type Worked } from "./answer-call.ts";
import type { CallName, FaultName } from "./calls.ts";
import { readElidedBody } from "./elide-long-strings.ts";
import { invent } from "./invent.ts";
import { invalidParameter, missingOpenaiKey, retiredModel } from "./openai-errors.ts";
import { type OpenaiRequest, readOpenaiRequest, type ReadRequest } from "./openai-request.ts";
import type { Sandbox } from "./sandbox.ts";
import { speakFromText } from "./speak-from-text.ts";
import { speakOfPicture } from "./speak-of-picture.ts";

/** What OpenAI's models of today are called. */
const knownModel = /^(gpt-[4-9]|o[1-9])/;
/** Characters of English in a token, on average. */
const charactersPerToken = 4;
/** What a picture of a megapixel costs in input tokens, roughly. */
const tokensPerPicture = 1_100;

export function openaiRoutes(sandbox: Sandbox) {
  return new Hono().post("/responses", async ({ req }) => {
    if (!/^Bearer \S/.test(req.header("authorization") ?? "")) return missingOpenaiKey();
    const json = await readElidedBody(req.raw);
    if (!json.ok) {
      return invalidParameter(null, null, "We could not parse the JSON body of your request.");
    }
    return await answerResponses(sandbox, readOpenaiRequest(json.value), json.bytes);
  });
}

function answerResponses(sandbox: Sandbox, read: ReadRequest, bodyBytes: number): Promise<Response> {
  const format = read.ok ? read.request.text?.format : undefined;
  const name = callNameOf(format?.type === "json_schema" ? format.name : undefined);
  const model = read.ok ? read.request.model : null;
  const detail = read.ok
    ? { body_bytes: bodyBytes, pictures: read.pictures, text: read.text }
    : { body_bytes: bodyBytes };
  return answerCall(sandbox, { wire: "openai", name, model, detail }, async (fault) => {
    if (!read.ok) return refuse(read.refusal);
    if (!knownModel.test(read.request.model) || sandbox.settings.retiredModels.includes(read.request.model)) {
      return refuse(retiredModel(read.request.model));
    }
    const { image_analysis_ms, prompt_ms } = sandbox.settings.latencies;
    await sandbox.wait(name === "image_analysis" ? image_analysis_ms : prompt_ms);
    return answerModel(sandbox, read, fault);
  });
}

function callNameOf(schemaName: string | undefined): CallName {
  if (schemaName === "image_analysis") return "image_analysis";
  return schemaName === "video_prompt" ? "prompt" : "response";
}

function answerModel(sandbox: Sandbox, read: ReadRequest & { ok: true }, fault: FaultName | undefined): Worked {
  const whole = fault === "off_schema" ? JSON.stringify({ sandbox: "off the schema" }) : writeAnswer(read);
  const room = (read.request.max_output_tokens ?? Infinity) * charactersPerToken;
  const cut = fault === "cut_off" ? Math.floor(whole.length / 2) : room;
  const envelope = responseEnvelope(sandbox, read, whole.slice(0, cut));
  if (fault === "failed_response") {
    const error = { code: "server_error", message: "The model failed to generate a response." };
    return accept(Response.json({ ...envelope, status: "failed", error, output: [] }));
  }
  if (fault === "refusal") {
    const content = [{ type: "refusal", refusal: "I'm sorry, but I can't help with that." }];
    return accept(Response.json({ ...envelope, output: [{ ...message("completed"), content }] }));
  }
  const reason = fault === "content_filter" ? "content_filter" : whole.length > cut ? "max_output_tokens" : null;
  if (reason === null) return accept(Response.json(envelope));
  return accept(Response.json({ ...envelope, status: "incomplete", incomplete_details: { reason } }));
}

/** The text of the answer: JSON of the shape asked for, or a sentence when none was. */
function writeAnswer({ request, pictures, text }: ReadRequest & { ok: true }): string {
  const format = request.text?.format;
  if (format?.type !== "json_schema") {
    return "This is the sandbox: it answers in the shape of a schema, when one is given.";
  }
  const [seen] = pictures;
  const speak = seen ? speakOfPicture(seen.picture, seen.hash) : speakFromText(text);
  return JSON.stringify(invent(format.schema, speak));
}

function message(status: "completed" | "incomplete") {
  return { id: newId("msg"), type: "message", role: "assistant", status };
}

function responseEnvelope(sandbox: Sandbox, { request, pictures, text }: ReadRequest & { ok: true }, answer: string) {
  const input = Math.ceil(text.length / charactersPerToken) + pictures.length * tokensPerPicture;
  const output = Math.ceil(answer.length / charactersPerToken);
  const seconds = Math.floor(sandbox.now() / 1_000);
  const content = [{ type: "output_text", text: answer, annotations: [], logprobs: [] }];
  return {
    ...{ id: newId("resp"), object: "response", created_at: seconds, completed_at: seconds, status: "completed" },
    ...{ error: null, incomplete_details: null, instructions: null, metadata: {}, model: request.model },
    output: [{ ...message("completed"), content }],
    ...unusedParameters(request),
    usage: {
      input_tokens: input,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: input + output,
    },
  };
}

/** What the API repeats of a request in its answer. */
function unusedParameters({ text, store, max_output_tokens }: OpenaiRequest) {
  return {
    ...{ parallel_tool_calls: true, previous_response_id: null, reasoning: { effort: null, summary: null } },
    ...{ service_tier: "default", store: store ?? true, temperature: 1, tool_choice: "auto", tools: [], top_p: 1 },
    ...{ text: text ?? { format: { type: "text" } }, truncation: "disabled", max_output_tokens, user: null },
  };
}

function newId(kind: string): string {
  return `${kind}_${crypto.randomUUID().replaceAll("-", "")}`;
}
