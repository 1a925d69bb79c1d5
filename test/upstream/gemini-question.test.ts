import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { Fetch } from "../../src/upstream/fetch.ts";
import { askGemini } from "../../src/upstream/gemini-question.ts";
import type { Question, QuestionPart } from "../../src/upstream/question.ts";
import { attachmentOf, countingBytes } from "../support/attachments.ts";
import { type Answer, jsonAnswer, recordedFetch } from "../support/recorded-fetch.ts";
import * as responses from "./fixtures/gemini-responses.ts";
import * as errors from "./fixtures/google-errors.ts";

const baseUrl = "https://gateway.example/gemini";
const generateUrl = `${baseUrl}/v1beta/models/gemini-x:generateContent`;
const uploadUrl = `${baseUrl}/upload/v1beta/files?upload_id=u1`;
const fileUrl = `${baseUrl}/v1beta/files/abc-123`;

const picture = attachmentOf(countingBytes(100_001), { contentType: "image/webp" });
/** One byte more than goes inside a request. */
const large = attachmentOf(new Uint8Array(14_000_001), { contentType: "image/png" });

const red = jsonAnswer(responses.answered({ colour: "red" }));
const colourQuestion = {
  name: "colour",
  schema: z.object({ colour: z.string() }),
  instructions: "Name a colour.",
  timeoutMs: 5_000,
};

const words: QuestionPart = { kind: "text", text: "Which?" };
const imageOf = (attachment = picture): QuestionPart => ({ kind: "image", attachment });

function askWith(fetch: Fetch, part: Partial<Question<{ colour: string }>> = {}, pauses: number[] = []) {
  const wait = (milliseconds: number) => {
    pauses.push(milliseconds);
    return Promise.resolve();
  };
  const ask = askGemini({ apiKey: "g-1", baseUrl, model: "gemini-x", fetch, wait });
  return ask({ ...colourQuestion, content: [words, imageOf()], ...part });
}

async function asked(answers: Answer[], part: Partial<Question<{ colour: string }>> = {}) {
  const { fetch, requests } = recordedFetch(...answers);
  const pauses: number[] = [];
  const outcome = await askWith(fetch, part, pauses);
  return { outcome, requests, pauses, steps: requests.map(({ method, url }) => `${method} ${url}`) };
}

function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a question to Gemini", () => {
  it("is one request of known length with the picture inside, before the words", async () => {
    const { outcome, requests } = await asked([red.clone()]);
    expect(outcome).toEqual({ ok: true, value: { colour: "red" } });
    expect(requests.length).toBe(1);
    const [request] = requests;
    expect(request).toMatchObject({ url: generateUrl, method: "POST", redirect: "manual" });
    expect(request?.headers.get("x-goog-api-key")).toBe("g-1");
    expect(request?.headers.get("content-length")).toBe(String(request?.body.length));
    expect(JSON.parse(request?.body ?? "")).toEqual({
      contents: [{
        role: "user",
        parts: [
          { inlineData: { mimeType: "image/webp", data: picture.content.toBase64() } },
          { text: "Which?" },
        ],
      }],
      systemInstruction: { role: "user", parts: [{ text: "Name a colour." }] },
      generationConfig: {
        maxOutputTokens: 12_000,
        responseMimeType: "application/json",
        responseJsonSchema: {
          type: "object",
          properties: { colour: { type: "string" } },
          required: ["colour"],
          additionalProperties: false,
        },
      },
    });
  });

  it("tells the server its time limit and gives the room asked for", async () => {
    const { requests } = await asked([red.clone()], { outputTokensMaximum: 20_000, timeoutMs: 75_000 });
    expect(requests[0]?.headers.get("x-server-timeout")).toBe("75");
    expect(JSON.parse(requests[0]?.body ?? "").generationConfig.maxOutputTokens).toBe(20_000);
  });

  it("keeps several pictures where the words about them are", async () => {
    const { requests } = await asked([red.clone()], { content: [words, imageOf(), words, imageOf()] });
    expect(JSON.parse(requests[0]?.body ?? "").contents[0].parts.map(Object.keys).flat()).toEqual(
      ["text", "inlineData", "text", "inlineData"],
    );
  });

  it.each<[string, Answer, string]>([
    ["a blocked request", jsonAnswer(responses.promptBlocked), "refused"],
    ["an answer stopped for safety", jsonAnswer(responses.stoppedBy("SAFETY")), "refused"],
    ["an answer that was cut off", jsonAnswer(responses.stoppedBy("MAX_TOKENS")), "cut_off"],
    ["an answer off the schema", jsonAnswer(responses.answered({ color: "red" })), "off_schema"],
    ["JSON of another kind", jsonAnswer({ hello: "world" }), "malformed"],
    ["HTML with status 200", new Response("<html>"), "malformed"],
    ["cut JSON", new Response('{"candidates":'), "malformed"],
    ["a picture that Google does not take", jsonAnswer(errors.invalidArgument, { status: 400 }), "invalid_request"],
    ["a wrong key", jsonAnswer(errors.wrongKey, { status: 400 }), "unauthorized"],
    ["a quota of the day", jsonAnswer(errors.dayQuota, { status: 429 }), "quota_exhausted"],
    ["a retired model", jsonAnswer(errors.notFound, { status: 404 }), "not_found"],
    ["an overload", jsonAnswer(errors.unavailable, { status: 503 }), "unavailable"],
    ["a lost connection", new Error("Network connection lost."), "interrupted"],
  ])("ends in its own fault and is not repeated here: %s", async (_name, answer, kind) => {
    const { outcome, requests } = await asked([answer]);
    expect(outcome).toMatchObject({ ok: false, fault: { kind } });
    expect(requests.length).toBe(1);
  });

  it("hands on how long to wait, and no word of the upstream", async () => {
    const { outcome } = await asked([jsonAnswer(errors.minuteQuota, { status: 429 })]);
    expect(outcome).toEqual({
      ok: false,
      fault: { kind: "rate_limited", retry_after_ms: 34_000, note: "answered with status 429" },
    });
  });

  it("follows no redirect with its key", async () => {
    const answer = new Response(null, { status: 307, headers: { location: "https://evil.example/" } });
    const { outcome, requests } = await asked([answer]);
    expect(outcome).toMatchObject({ ok: false, fault: { kind: "malformed" } });
    expect(requests.map(({ redirect }) => redirect)).toEqual(["manual"]);
  });
});

describe("a picture too large for one request", () => {
  const part = { content: [words, imageOf(large)] };
  const started = (url = uploadUrl) => new Response(null, { headers: { "x-goog-upload-url": url } });
  const file = (state?: string) => jsonAnswer({ ...responses.uploadedFile(baseUrl, state), mimeType: "image/png" });
  const received = () => jsonAnswer({ file: { ...responses.uploadedFile(baseUrl), mimeType: "image/png" } });
  const removed = () => jsonAnswer({});

  it("goes through the Files API, is waited for, named in the question and removed", async () => {
    const answers = [started(), received(), file("PROCESSING"), file("ACTIVE"), red.clone(), removed()];
    const { outcome, steps, requests, pauses } = await asked(answers, part);
    expect(outcome).toEqual({ ok: true, value: { colour: "red" } });
    expect(steps).toEqual([
      `POST ${baseUrl}/upload/v1beta/files`,
      `POST ${uploadUrl}`,
      `GET ${fileUrl}`,
      `GET ${fileUrl}`,
      `POST ${generateUrl}`,
      `DELETE ${fileUrl}`,
    ]);
    expect(pauses).toEqual([1_000]);
    expect(requests[1]?.headers.get("content-length")).toBe("14000001");
    expect(JSON.parse(requests[4]?.body ?? "").contents[0].parts).toEqual([
      { fileData: { fileUri: fileUrl, mimeType: "image/png" } },
      { text: "Which?" },
    ]);
  });

  it("is no retired model when the Files API does not find its way", async () => {
    const { outcome } = await asked([jsonAnswer({ error: { code: 404, status: "NOT_FOUND" } }, { status: 404 })], part);
    expect(outcome).toMatchObject({ ok: false, fault: { kind: "unavailable" } });
  });

  it("leaves the room inside the request to a smaller one beside it", async () => {
    const answers = [started(), received(), file("ACTIVE"), red.clone(), removed()];
    const { requests } = await asked(answers, { content: [imageOf(large), imageOf()] });
    expect(JSON.parse(requests[3]?.body ?? "").contents[0].parts).toMatchObject([
      { fileData: { fileUri: fileUrl } },
      { inlineData: { mimeType: "image/webp" } },
    ]);
  });

  it.each<[string, Answer[], string]>([
    ["a lost answer", [file("ACTIVE"), new Error("Network connection lost.")], "interrupted"],
    ["a refusal", [file("ACTIVE"), jsonAnswer(responses.promptBlocked)], "refused"],
    ["an answer off the schema", [file("ACTIVE"), jsonAnswer(responses.answered({}))], "off_schema"],
    ["a picture that could not be prepared", [file("FAILED")], "refused"],
    ["a look at it that fails", [jsonAnswer(errors.unavailable, { status: 503 })], "unavailable"],
  ])("is removed after %s as well", async (_name, answers, kind) => {
    const { outcome, steps } = await asked([started(), received(), ...answers, removed()], part);
    expect(outcome).toMatchObject({ ok: false, fault: { kind } });
    expect(steps.at(-1)).toBe(`DELETE ${fileUrl}`);
  });

  it("is given up and removed when it is never ready", async () => {
    const looks = Array.from({ length: 30 }, () => file("PROCESSING"));
    const { outcome, steps, pauses } = await asked([started(), received(), ...looks, removed()], part);
    expect(outcome).toMatchObject({ ok: false, fault: { kind: "unavailable" } });
    expect(steps.at(-1)).toBe(`DELETE ${fileUrl}`);
    expect(pauses).toHaveLength(29);
  });

  it("does not spoil the answer when its removal fails", async () => {
    const answers = [
      started(),
      received(),
      file("ACTIVE"),
      red.clone(),
      jsonAnswer(errors.unavailable, { status: 503 }),
    ];
    expect((await asked(answers, part)).outcome).toEqual({ ok: true, value: { colour: "red" } });
  });

  it("is not sent to an address that is not the configured one's", async () => {
    const { outcome, steps } = await asked([started("https://evil.example/upload")], part);
    expect(outcome).toMatchObject({ ok: false, fault: { kind: "malformed" } });
    expect(steps).toEqual([`POST ${baseUrl}/upload/v1beta/files`]);
  });

  it("is removed when the time ran out over the question", async () => {
    const time = new AbortController();
    vi.spyOn(AbortSignal, "timeout").mockReturnValueOnce(time.signal);
    const { fetch, requests } = recordedFetch(started(), received(), file("ACTIVE"), removed());
    const outcome = await askWith((input, init) => {
      if (String(input) !== generateUrl) return fetch(input, init);
      time.abort(new DOMException("The time is over.", "TimeoutError"));
      return aborted(init?.signal);
    }, part);
    expect(outcome).toMatchObject({ ok: false, fault: { kind: "interrupted" } });
    expect(requests.at(-1)).toMatchObject({ method: "DELETE", url: fileUrl });
  });
});

describe("the time for a question to Gemini", () => {
  it.each([
    ["the headers do", (signal: AbortSignal | null | undefined) => aborted(signal)],
    ["the body does", (signal: AbortSignal | null | undefined) => {
      const body = new ReadableStream({ pull: () => aborted(signal) });
      return Promise.resolve(new Response(body, { headers: { "content-type": "application/json" } }));
    }],
  ])("ends when %s not come", async (_name, answer) => {
    const outcome = await askWith(async (_input, init) => {
      await new Response(init?.body).arrayBuffer();
      return await answer(init?.signal);
    }, { timeoutMs: 50 });
    expect(outcome).toMatchObject({ ok: false, fault: { kind: "interrupted", note: "the wait ran out" } });
  });

  it("covers an upload that does not get on", async () => {
    const outcome = await askWith((_input, init) => aborted(init?.signal), {
      content: [words, imageOf(large)],
      timeoutMs: 1,
    });
    expect(outcome).toMatchObject({ ok: false, fault: { kind: "interrupted" } });
    expect(large.log.opened).toBe(large.log.closed);
  });
});
