import { describe, expect, test } from "vitest";
import type { Fetch } from "../../src/upstream/fetch.ts";
import { createOmni } from "../../src/veo/omni.ts";
import { countingBytes } from "../support/attachments.ts";
import { type Answer, jsonAnswer, recordedFetch } from "../support/recorded-fetch.ts";
import * as wire from "./fixtures/omni/index.ts";
import { withParts } from "./fixtures/omni/with-parts.ts";

const baseUrl = "https://generativelanguage.googleapis.com";
const { id } = wire.started.body;
const operation = { id, files: ["files/p1"] };
const path = "/v1beta/files/efrojcks7lww:download?alt=media";
const interactionUrl = `${baseUrl}/v1beta/interactions/${id}`;

const omni = (fetch: Fetch) => createOmni({ apiKey: "secret-key", baseUrl, fetch, wait: () => Promise.resolve() });
const answer = ({ status, body }: { status: number; body: unknown }) => jsonAnswer(body, { status });
const look = (...answers: Answer[]) => omni(recordedFetch(...answers).fetch).status(operation);

describe("looking for a clip", () => {
  test("reads the interaction by its id", async () => {
    const { fetch, requests } = recordedFetch(answer(wire.inProgress));
    expect(await omni(fetch).status(operation)).toEqual({ ok: true, value: { state: "pending" } });
    expect(requests[0]).toMatchObject({ url: interactionUrl, method: "GET", redirect: "manual" });
  });

  test.each([wire.queued, wire.started, wire.inProgress])("waits for one that is $body.status", async (pending) => {
    expect(await look(answer(pending))).toEqual({ ok: true, value: { state: "pending" } });
  });

  test("finds the clip's address once its file can be used", async () => {
    const { fetch, requests } = recordedFetch(answer(wire.completedByUri), answer(wire.fileActive));
    const completed = { state: "completed", file: { interaction: id, uri: path } };
    expect(await omni(fetch).status(operation)).toEqual({ ok: true, value: completed });
    expect(requests[1]?.url).toBe(`${baseUrl}/v1beta/files/efrojcks7lww`);
  });

  test("waits for a file that is processed, and gives up one that cannot be", async () => {
    const processing = await look(answer(wire.completedByUri), answer(wire.fileProcessing));
    expect(processing).toEqual({ ok: true, value: { state: "pending" } });
    const failed = await look(answer(wire.completedByUri), answer(wire.fileFailed));
    expect(failed).toMatchObject({ ok: true, value: { state: "failed", retryable: true } });
  });

  test("takes a file that cannot be looked after as it is, unless that may pass", async () => {
    const forbidden = jsonAnswer({ error: { code: 403, status: "PERMISSION_DENIED" } }, { status: 403 });
    expect(await look(answer(wire.completedByUri), forbidden)).toMatchObject({ value: { state: "completed" } });
    const down = new Response("", { status: 502 });
    expect(await look(answer(wire.completedByUri), down)).toMatchObject({ ok: false, fault: { kind: "unavailable" } });
  });

  test.each([
    "https://cdn.example/clip.mp4",
    "https://cdn.example/v1beta/files/f1:download?alt=media",
  ])("takes an address that is no file of Google's as it is: %s", async (elsewhere) => {
    const status = await look(withParts({ type: "video", uri: elsewhere }));
    expect(status).toMatchObject({ ok: true, value: { state: "completed", file: { uri: elsewhere } } });
  });

  test("finds a clip inside the answer, and not the pictures and excerpts that are echoed before it", async () => {
    const [picture, clip] = [countingBytes(90_000), countingBytes(100_000)];
    const video = { type: "video", mime_type: "video/mp4", data: clip.toBase64() };
    const status = await look(withParts(video, { data: picture.toBase64() }));
    const file = { interaction: id, order: 1, bytes: clip.byteLength };
    expect(status).toEqual({ ok: true, value: { state: "completed", file } });
    const short = await look(answer(wire.completedInline));
    expect(short).toMatchObject({ value: { file: { interaction: id, base64: "AAAAHGZ0eXBpc29t" } } });
  });

  test("takes words alone for a refusal, of which nobody says what it costs", async () => {
    const status = await look(answer(wire.completedWithTextOnly));
    expect(status).toMatchObject({ value: { state: "filtered", what: "output", subject: null, charged: "unknown" } });
    expect(JSON.stringify(status)).not.toContain("that person");
  });

  test.each([
    ["without bytes and address", withParts({ type: "video", mime_type: "video/mp4" })],
    [
      "without both, and nothing counted",
      jsonAnswer({ id, status: "completed", steps: [{ type: "model_output", content: [{ type: "video" }] }] }),
    ],
    ["under another name", withParts({ type: "video_v2", url: "https://cdn.example/clip.mp4" })],
    ["at no address", withParts({ type: "video", uri: "https://" })],
    ["in steps that are none", jsonAnswer({ ...wire.completedByUri.body, steps: "all" })],
  ])("does not take a clip %s for one that was withheld", async (_, unreadable) => {
    expect(await look(unreadable)).toMatchObject({ ok: false, fault: { kind: "malformed" } });
  });

  test("tells a filter from a failure", async () => {
    const output = await look(answer(wire.failedByFilter));
    expect(output).toMatchObject({ value: { state: "filtered", what: "output", subject: "celebrity" } });
    const input = await look(answer(wire.failedByInputFilter));
    expect(input).toMatchObject({ value: { state: "filtered", what: "prompt", charged: "unknown" } });
    expect(JSON.stringify([output, input])).not.toMatch(/withheld|sensitive/);
  });

  test("takes a prompt that was blocked after it had been taken for filtered, since each look is refused", async () => {
    expect(await look(answer(wire.errorBlocked))).toMatchObject({ value: { state: "filtered", what: "prompt" } });
  });

  test.each([
    "Prompt blocked for safety reasons",
    "The generated video was blocked because it violates our policies.",
    "The prompt violates our usage guidelines.",
    "Input blocked: The prompt could not be submitted.",
    "This output contains words that violate Google's Generative AI Prohibited Use policy.",
    "Could not generate the video. Support codes: 58061214",
  ])("knows a filter by its words: %s", async (message) => {
    const failed = { ...wire.failed.body, errors: [{ code: "unknown", message }] };
    expect(await look(jsonAnswer(failed))).toMatchObject({ value: { state: "filtered" } });
  });

  test.each([
    "Unknown parameter 'safety_settings'.",
    "Requests to this API are blocked.",
    "Internal error encountered.",
  ])("does not know one by: %s", async (message) => {
    const failed = { ...wire.failed.body, errors: [{ code: "unknown", message }] };
    expect(await look(jsonAnswer(failed))).toMatchObject({ value: { state: "failed" } });
  });

  test.each([
    ["an error of the server", wire.failed, true],
    ["one of the model's", wire.failedByCode13, true],
    ["one beside a completion without a clip", wire.completedWithErrorsOnly, true],
    ["a lasting one", wire.failedLasting, false],
    ["an answer that was cut off", wire.incomplete, false],
    ["a budget that is spent", wire.budgetExceeded, false],
  ])("knows whether it is worth another try after %s", async (_, ended, retryable) => {
    expect(await look(answer(ended))).toMatchObject({ value: { state: "failed", retryable } });
  });

  test("tells that it was stopped", async () => {
    expect(await look(answer(wire.cancelled))).toMatchObject({ value: { state: "canceled", charged: "unknown" } });
  });

  test.each([
    ["an id that nobody knows", answer(wire.errorUnknownId), "not_found"],
    ["a credential that was refused by mistake", answer(wire.errorBareDuration), "invalid_request"],
    ["a failure", jsonAnswer({}, { status: 500 }), "unavailable"],
    ["another JSON", jsonAnswer({ ok: true }), "malformed"],
  ])("does not take %s for the end of the clip", async (_, failure, kind) => {
    expect(await look(failure)).toMatchObject({ ok: false, fault: { kind } });
  });

  test("does not ask for an operation whose id leads elsewhere", () => {
    const { fetch, requests } = recordedFetch();
    expect(() => omni(fetch).status({ id: "../models", files: [] })).toThrow();
    expect(() => omni(fetch).forget?.({ id, files: ["files/../models/x"] })).toThrow();
    expect(requests).toEqual([]);
  });
});
