import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Fetch } from "../../src/upstream/fetch.ts";
import { askOpenai } from "../../src/upstream/openai-question.ts";
import type { QuestionPart } from "../../src/upstream/question.ts";
import { attachmentOf, countingBytes } from "../support/attachments.ts";
import { jsonAnswer, recordedFetch } from "../support/recorded-fetch.ts";
import { answered } from "./fixtures/openai-responses.ts";

function askWith(fetch: Fetch, content: readonly QuestionPart[] = [{ kind: "text", text: "Now." }]) {
  return askOpenai({ apiKey: "sk-1", baseUrl: "https://openai.example/v1", model: "gpt-x", fetch })({
    name: "colour",
    schema: z.object({ colour: z.string() }),
    instructions: "Name a colour.",
    content,
    timeoutMs: 1,
  });
}

function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
}

describe("a question to OpenAI", () => {
  it("has its words and pictures in the order given, each picture in its own place", async () => {
    const { fetch, requests } = recordedFetch(jsonAnswer(answered({ colour: "red" })));
    const pictures = [3, 4].map((bytes) => attachmentOf(countingBytes(bytes), { contentType: "image/png" }));
    const outcome = await askWith(fetch, [
      { kind: "text", text: "One:" },
      ...pictures.flatMap((attachment): QuestionPart[] => [{ kind: "image", attachment }, { kind: "text", text: "-" }]),
    ]);
    expect(outcome).toEqual({ ok: true, value: { colour: "red" } });
    const [first, second] = pictures.map(({ content }) => ({
      type: "input_image",
      image_url: `data:image/png;base64,${content.toBase64()}`,
      detail: "high",
    }));
    expect(JSON.parse(requests[0]?.body ?? "")).toMatchObject({
      instructions: "Name a colour.",
      max_output_tokens: 12_000,
      input: [{
        content: [{ type: "input_text", text: "One:" }, first, { text: "-" }, second, { text: "-" }],
      }],
    });
  });
});

describe("waiting for an answer", () => {
  it("ends when the headers do not come in time", async () => {
    const outcome = await askWith((_input, init) => aborted(init?.signal));
    expect(outcome).toMatchObject({ ok: false, fault: { kind: "interrupted" } });
  });

  it("ends when the body does not come in time", async () => {
    const outcome = await askWith((_input, init) => {
      const body = new ReadableStream({ pull: () => aborted(init?.signal) });
      return Promise.resolve(new Response(body, { headers: { "content-type": "application/json" } }));
    });
    expect(outcome).toMatchObject({ ok: false, fault: { kind: "interrupted" } });
  });
});
