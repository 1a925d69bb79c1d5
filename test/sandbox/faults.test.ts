import { describe, expect, it } from "vitest";
import { faultsByCall } from "../../src/sandbox/calls.ts";
import { imageAnalysisSchema } from "../../src/analysis/schema.ts";
import { keys, openTestSandbox, type TestSandbox } from "../support/sandbox.ts";
import {
  clipRequest,
  imageQuestion,
  jsonFormat,
  readError,
  readResponse,
  submitPath,
} from "../support/sandbox-requests.ts";

function submit(sandbox: TestSandbox) {
  return sandbox.post(submitPath(), clipRequest());
}

function askOpenai(sandbox: TestSandbox) {
  return sandbox.post("/openai/v1/responses", imageQuestion());
}

describe("a fault asked for", () => {
  it.each([
    ["status_400", 400, "INVALID_ARGUMENT"],
    ["status_401", 401, "UNAUTHENTICATED"],
    ["status_403", 403, "PERMISSION_DENIED"],
    ["status_404_retired", 404, "NOT_FOUND"],
    ["status_429", 429, "RESOURCE_EXHAUSTED"],
    ["status_500", 500, "INTERNAL"],
    ["status_503", 503, "UNAVAILABLE"],
  ])("is in Google's words: %s", async (fault, http, status) => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call: "submit", fault });
    expect(await readError(await submit(sandbox))).toMatchObject({ http, code: http, status });
    expect(await sandbox.ledger()).toMatchObject({ accepted_submits: 0, calls: [{ accepted: false, fault }] });
  });

  it.each([
    ["status_429_retry_after", "2s", "PerMinute"],
    ["status_429_quota", undefined, "PerDay"],
  ])("tells in Google's details when to come again: %s", async (fault, retryDelay, quota) => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call: "submit", fault });
    const { details = [] } = await readError(await submit(sandbox));
    expect(JSON.stringify(details[0])).toContain(quota);
    expect(details[1]?.["retryDelay"]).toBe(retryDelay);
  });

  it.each([
    ["status_401", 401, "invalid_api_key"],
    ["status_403", 403, "unsupported_country_region_territory"],
    ["status_404_retired", 404, "model_not_found"],
    ["status_429_retry_after", 429, "rate_limit_exceeded"],
    ["status_429_quota", 429, "insufficient_quota"],
    ["status_500", 500, null],
  ])("is in OpenAI's words: %s", async (fault, http, code) => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call: "image_analysis", fault });
    const response = await askOpenai(sandbox);
    expect(response.headers.get("retry-after")).toBe(fault === "status_429_retry_after" ? "2" : null);
    expect(await readError(response)).toMatchObject({ http, code });
  });

  it("breaks the connection before anything is accepted", async () => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call: "submit", fault: "reset_before" });
    await expect(submit(sandbox)).rejects.toThrow();
    expect(await sandbox.ledger()).toMatchObject({
      accepted_submits: 0,
      calls: [{ fault: "reset_before", status: null }],
    });
  });

  it("loses the answer of a clip that is paid for", async () => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call: "submit", fault: "reset_after" });
    await expect(submit(sandbox)).rejects.toThrow();
    expect(await sandbox.ledger()).toMatchObject({ accepted_submits: 1, calls: [{ accepted: true, status: null }] });
  });

  it("breaks an answer in its body", async () => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call: "submit", fault: "reset_body" });
    const response = await submit(sandbox);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
    expect(await sandbox.ledger()).toMatchObject({ accepted_submits: 1 });
  });

  it("hangs as long as it is told to, then breaks the connection", async () => {
    const sandbox = await openTestSandbox({ hang_ms: 1 });
    await sandbox.fail({ call: "submit", fault: "hang" });
    await expect(submit(sandbox)).rejects.toThrow();
  });

  it.each([
    ["html", 200, /^<!doctype html>/],
    ["html_502", 502, /^<!doctype html>/],
    ["cut_json", 200, /^\{"name":"[^}]*$/],
    ["empty", 200, /^$/],
  ])("spoils the body: %s", async (fault, status, body) => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call: "submit", fault });
    const response = await submit(sandbox);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(body);
  });

  it("cuts a download short, with and without a word of its length", async () => {
    const sandbox = await openTestSandbox();
    const { name } = await (await submit(sandbox)).json<{ name: string }>();
    const poll = await (await sandbox.fetch(`/gemini/v1beta/${name}`, { headers: keys })).text();
    const path = /\/gemini\/v1beta\/files\/\w+:download\?alt=media/.exec(poll)?.[0] ?? "";
    const whole = await (await sandbox.fetch(path, { headers: keys })).bytes();
    await sandbox.fail({ call: "download", fault: "truncated_download" }, {
      call: "download",
      fault: "short_download",
    });
    const truncated = await sandbox.fetch(path, { headers: keys });
    expect(truncated.headers.get("content-length")).toBe(String(whole.byteLength));
    await expect(truncated.bytes()).rejects.toThrow();
    const short = await sandbox.fetch(path, { headers: keys });
    expect(short.headers.get("content-length")).toBeNull();
    expect((await short.bytes()).byteLength).toBe(Math.floor(whole.byteLength / 2));
  });

  it.each([
    ["cut_off", "incomplete", { reason: "max_output_tokens" }],
    ["content_filter", "incomplete", { reason: "content_filter" }],
    ["failed_response", "failed", null],
  ])("ends OpenAI's answer otherwise: %s", async (fault, status, details) => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call: "image_analysis", fault });
    const response = await readResponse(await askOpenai(sandbox));
    expect(response).toMatchObject({ status, incomplete_details: details });
  });

  it("makes OpenAI refuse, or answer beside the schema", async () => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call: "image_analysis", fault: "refusal" }, { call: "image_analysis", fault: "off_schema" });
    expect((await readResponse(await askOpenai(sandbox))).part).toEqual({
      type: "refusal",
      refusal: expect.any(String),
    });
    const { text } = await readResponse(await askOpenai(sandbox));
    expect(imageAnalysisSchema.safeParse(JSON.parse(text)).success).toBe(false);
  });

  it("hits only its own call, as often as it is told to", async () => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call: "prompt", fault: "status_500" }, { call: "submit", fault: "status_503", times: 2 });
    const statuses = [];
    for (let call = 0; call < 3; call += 1) statuses.push((await submit(sandbox)).status);
    expect(statuses).toEqual([503, 503, 200]);
    expect((await askOpenai(sandbox)).status).toBe(200);
    const prompt = { input: "Write.", text: jsonFormat("video_prompt", imageAnalysisSchema) };
    expect((await sandbox.post("/openai/v1/responses", imageQuestion(prompt))).status).toBe(500);
  });

  it("hits by chance the same calls for the same seed", async () => {
    const run = async (seed: number) => {
      const sandbox = await openTestSandbox();
      await sandbox.fail({ call: "models", fault: "status_500", probability: 0.5, times: 100, seed });
      const statuses = [];
      for (let call = 0; call < 30; call += 1) {
        statuses.push((await sandbox.fetch("/gemini/v1beta/models", { headers: keys })).status);
      }
      return statuses;
    };
    const [first, again, other] = [await run(1), await run(1), await run(2)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(first.filter((status) => status === 500).length).toBeGreaterThan(5);
    expect(first.filter((status) => status === 200).length).toBeGreaterThan(5);
  });

  it.each([
    ["of no call", [{ call: "nothing", fault: "hang" }]],
    ["of no kind", [{ call: "submit", fault: "explode" }]],
    ["that cannot happen to the call", [{ call: "submit", fault: "truncated_download" }]],
    ["with an unknown word", [{ call: "submit", fault: "hang", often: 2 }]],
  ])("is refused when it is one %s", async (_, faults) => {
    const sandbox = await openTestSandbox();
    expect((await sandbox.post("/control/faults", faults)).status).toBe(400);
  });

  it("can be written for every call and kind that is listed", async () => {
    const sandbox = await openTestSandbox();
    const all = Object.entries(faultsByCall).flatMap(([call, faults]) => faults.map((fault) => ({ call, fault })));
    await sandbox.fail(...all);
    expect(await (await sandbox.fetch("/control/faults")).json()).toMatchObject(all);
  });
});

describe("the ledger", () => {
  it("has every call in order with what was asked, and forgets when told to", async () => {
    const sandbox = await openTestSandbox();
    await askOpenai(sandbox);
    await submit(sandbox);
    await sandbox.post(submitPath(), clipRequest({}, { durationSeconds: 5 }));
    const { calls, accepted_submits } = await sandbox.ledger();
    expect(calls.map(({ call, accepted, status }) => ({ call, accepted, status }))).toEqual([
      { call: "image_analysis", accepted: true, status: 200 },
      { call: "submit", accepted: true, status: 200 },
      { call: "submit", accepted: false, status: 400 },
    ]);
    expect(accepted_submits).toBe(1);
    expect(calls[1]?.detail).toMatchObject({
      prompt: "A ring turns in soft light.",
      images: [{ mime_type: "image/jpeg", width: 1920, height: 1080 }],
    });
    expect((await sandbox.fetch("/control", { method: "DELETE" })).status).toBe(204);
    expect(await sandbox.ledger()).toEqual({ accepted_submits: 0, calls: [] });
  });
});
