/** `generateContent` of the Gemini API, played for a video, for pictures or for words alone, and a JSON answer. */
import { accept, answerCall, refuse, type Worked } from "./answer-call.ts";
import type { CallName, FaultName } from "./calls.ts";
import { readElidedBody } from "./elide-long-strings.ts";
import { type Medium, mimeTypesIn, readMedia } from "./gemini-generate-media.ts";
import { type ReadGenerate, readGenerateRequest } from "./gemini-generate-request.ts";
import { googleError } from "./google-errors.ts";
import { invent, type Speaker } from "./invent.ts";
import type { JsonSchema } from "./json-schema.ts";
import type { Sandbox } from "./sandbox.ts";
import { speakFromText } from "./speak-from-text.ts";
import { speakOfPicture } from "./speak-of-picture.ts";
import { speakOfVideo, watchedOf } from "./speak-of-video.ts";

/** The documented limit of a request with its files inside; a newer page says 100 MB. */
const requestBytesMaximum = 20 * 1024 * 1024;
const charactersPerToken = 4;
const tokensPerFrame = 258;
const tokensPerSecondOfSound = 32;
/** At the resolution that today's models see pictures in by themselves. */
const tokensPerPicture = 1_120;

type GenerateCall = Extract<CallName, "video_analysis" | "image_analysis" | "prompt">;

/** `POST /models/{model}:generateContent`, for a model that is known. */
export async function generateContent(sandbox: Sandbox, request: Request, model: string): Promise<Response> {
  const json = await readElidedBody(request);
  const read = readGenerateRequest(json.ok ? json.value : undefined);
  if (typeof read === "string") {
    const detail = { body_bytes: json.bytes };
    return await answerCall(sandbox, { wire: "google", name: "video_analysis", model, detail }, () => invalid(read));
  }
  const name = callNameOf(sandbox, read);
  const media = readMedia(sandbox, read.parts);
  const detail = { body_bytes: json.bytes, pictures: media.filter(({ kind }) => kind === "picture"), text: read.text };
  return await answerCall(sandbox, { wire: "google", name, model, detail }, async (fault) => {
    if (json.bytes > requestBytesMaximum) {
      return invalid(`Request payload size exceeds the limit: ${requestBytesMaximum} bytes.`);
    }
    const refused = media.find((medium) => medium.kind === "refused");
    if (refused) return refuse(refused.refusal);
    await sandbox.wait(sandbox.settings.latencies[`${name}_ms`]);
    return answer(model, read, media.filter((medium) => medium.kind !== "refused"), fault);
  });
}

function invalid(message: string): Worked {
  return refuse(googleError("INVALID_ARGUMENT", message));
}

/** By the file in it; one that is neither picture nor video was meant for the analysis that the schema is of. */
function callNameOf(sandbox: Sandbox, { parts, schema }: ReadGenerate): GenerateCall {
  const types = mimeTypesIn(sandbox, parts);
  if (types.length === 0) return "prompt";
  if (types.some((type) => type.startsWith("video/"))) return "video_analysis";
  return types.some((type) => type.startsWith("image/")) || !asksForBeats(schema) ? "image_analysis" : "video_analysis";
}

function asksForBeats(schema: JsonSchema | undefined): boolean {
  return schema?.properties?.["beats"] !== undefined;
}

function answer(
  model: string,
  read: ReadGenerate,
  media: readonly Medium[],
  fault: FaultName | undefined,
): Worked {
  // As OpenAI's, where the model fails within an answer of status 200.
  if (fault === "failed_response") return refuse(googleError("INTERNAL", "An internal error has occurred."));
  const whole = fault === "off_schema" ? JSON.stringify({ sandbox: "off the schema" }) : writeAnswer(read, media);
  const room = (read.outputTokensMaximum ?? Infinity) * charactersPerToken;
  const cut = fault === "cut_off" ? Math.floor(whole.length / 2) : room;
  const envelope = envelopeOf(model, read, media, whole.slice(0, cut));
  if (fault === "refusal") {
    return accept(Response.json({ promptFeedback: { blockReason: "PROHIBITED_CONTENT" }, ...envelope }));
  }
  return accept(Response.json({ candidates: [candidate(whole, cut, fault)], ...envelope }));
}

/** JSON of the shape asked for, or a sentence when none was. */
function writeAnswer({ schema, text }: ReadGenerate, media: readonly Medium[]): string {
  if (!schema) return "This is the sandbox: it answers in the shape of a schema, when one is given.";
  return JSON.stringify(invent(schema, speakerOf(media, text)));
}

function envelopeOf(model: string, { text }: ReadGenerate, media: readonly Medium[], said: string) {
  const seen = media.reduce((tokens, medium) => tokens + tokensOf(medium), 0);
  const input = Math.ceil(text.length / charactersPerToken + seen);
  const output = Math.ceil(said.length / charactersPerToken);
  return {
    usageMetadata: { promptTokenCount: input, candidatesTokenCount: output, totalTokenCount: input + output },
    modelVersion: model,
    responseId: crypto.randomUUID().replaceAll("-", "").slice(0, 22),
  };
}

/** Of the first file, if there is one. */
function speakerOf([medium]: readonly Medium[], text: string): Speaker {
  if (!medium) return speakFromText(text);
  return medium.kind === "video"
    ? speakOfVideo(medium.video, medium.hash, medium.viewing)
    : speakOfPicture(medium.picture, medium.hash);
}

function tokensOf(medium: Medium): number {
  if (medium.kind === "picture") return tokensPerPicture;
  const { start, end } = watchedOf(medium.video, medium.viewing);
  return (end - start) * (medium.viewing.fps * tokensPerFrame + tokensPerSecondOfSound);
}

function candidate(whole: string, cut: number, fault: FaultName | undefined) {
  // The second is OpenAI's word for the same: a filter stopped the answer.
  if (fault === "refused_answer" || fault === "content_filter") return { finishReason: "SAFETY", index: 0 };
  return {
    content: { parts: [{ text: whole.slice(0, cut) }], role: "model" },
    finishReason: whole.length > cut ? "MAX_TOKENS" : "STOP",
    index: 0,
  };
}
