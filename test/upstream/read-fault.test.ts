import { describe, expect, it } from "vitest";
import { failed } from "../../src/upstream/outcome.ts";
import { AttachmentError } from "../../src/upstream/read-attachment.ts";
import { answerFault, FaultError, paidAnswerFault, thrownFault } from "../../src/upstream/read-fault.ts";
import { NotSentError } from "../../src/upstream/send-stream.ts";
import * as google from "./fixtures/google-errors.ts";
import * as openai from "./fixtures/openai-errors.ts";

const now = Date.parse("2026-11-23T10:00:00Z");

async function faultOf(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const { fault } = await answerFault(new Response(text, { status, headers }), now);
  return { kind: fault.kind, wait: fault.retry_after_ms };
}

describe("a failed answer of Google", () => {
  it.each([
    ["a quota of the minute, with the wait it names", 429, google.minuteQuota, "rate_limited", 34_000],
    ["a quota of the day", 429, google.dayQuota, "quota_exhausted", 1_500],
    ["a quota without details", 429, google.bareQuota, "rate_limited", null],
    ["a wrong key, which comes as 400", 400, google.wrongKey, "unauthorized", null],
    ["a wrong request", 400, google.invalidArgument, "invalid_request", null],
    ["a missing permission", 403, google.permissionDenied, "unauthorized", null],
    ["a retired model", 404, google.notFound, "not_found", null],
    ["an overload", 503, google.unavailable, "unavailable", null],
    ["an error inside an array", 429, [google.dayQuota], "quota_exhausted", 1_500],
    ["a page of HTML", 502, google.htmlPage, "unavailable", null],
    ["cut JSON", 429, JSON.stringify(google.minuteQuota).slice(0, 90), "rate_limited", null],
    ["an empty body", 500, "", "unavailable", null],
    ["a redirect, which nobody follows", 302, "", "malformed", null],
  ])("is read: %s", async (_name, status, body, kind, wait) => {
    expect(await faultOf(status, body)).toEqual({ kind, wait });
  });
});

describe("a 404 to a request that costs money", () => {
  it.each([
    ["Google's own", google.notFound, "not_found"],
    ["the Interactions API's own", { error: { code: "model_not_found", message: "gone" } }, "not_found"],
    ["a gateway's page", google.htmlPage, "invalid_request"],
    ["a gateway's JSON", { error: "no such route" }, "invalid_request"],
  ])("is that of a retired model only when it is the API's word: %s", async (_name, body, kind) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    expect((await paidAnswerFault(new Response(text, { status: 404 }), now)).fault.kind).toBe(kind);
  });
});

describe("a failed answer of OpenAI", () => {
  it.each([
    ["no credit", 429, openai.insufficientQuota, "quota_exhausted"],
    ["a rate limit", 429, openai.rateLimit, "rate_limited"],
    ["a wrong key", 401, openai.wrongKey, "unauthorized"],
    ["no such model", 404, openai.modelNotFound, "not_found"],
    ["no access to the model", 403, openai.modelNotFound, "not_found"],
    ["a prompt against the policy", 400, openai.invalidPrompt, "refused"],
    ["a wrong request", 400, openai.invalidRequest, "invalid_request"],
    ["a failure of the server", 500, openai.serverError, "unavailable"],
  ])("is read: %s", async (_name, status, body, kind) => {
    expect(await faultOf(status, body)).toEqual({ kind, wait: null });
  });

  it.each([
    ["milliseconds", { "retry-after-ms": "1250", "retry-after": "9" }, 1_250],
    ["seconds", { "retry-after": "20" }, 20_000],
    ["a date", { "retry-after": "Mon, 23 Nov 2026 10:00:30 GMT" }, 30_000],
    ["a date that has passed", { "retry-after": "Mon, 23 Nov 2026 09:00:00 GMT" }, 0],
    ["nonsense", { "retry-after": "soon" }, null],
  ])("names the wait in %s", async (_name, headers, wait) => {
    expect(await faultOf(429, openai.rateLimit, { ...headers })).toEqual({ kind: "rate_limited", wait });
  });
});

it("keeps the upstream's words to itself", async () => {
  const { fault } = await answerFault(Response.json(openai.rateLimit, { status: 429 }), now);
  expect(fault.note).toBe("answered with status 429");
});

it("does not read an endless error page to its end", async () => {
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(10_000).fill(97));
    },
  });
  expect((await answerFault(new Response(endless, { status: 500 }), now)).fault.kind).toBe("unavailable");
  expect(pulled).toBeLessThan(20);
});

describe("something thrown", () => {
  it.each([
    ["a lost connection", new Error("Network connection lost."), "interrupted"],
    ["a wait that ran out", new DOMException("The operation timed out.", "TimeoutError"), "interrupted"],
    ["a request not sent in full", new NotSentError("x"), "unreachable"],
    ["a file that is not as long as announced", new AttachmentError("x"), "unreachable"],
    ["an answer that is not JSON", new SyntaxError("Unexpected token <"), "malformed"],
    ["a fault an SDK wrapped", new Error("x", { cause: new FaultError(failed("refused", "y").fault) }), "refused"],
    ["something that is no error", "text", "interrupted"],
  ])("is read: %s", (_name, error, kind) => {
    expect(thrownFault(error).fault.kind).toBe(kind);
  });
});
