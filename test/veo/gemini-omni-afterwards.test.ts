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
const uri = `${baseUrl}/v1beta/files/efrojcks7lww:download?alt=media`;
const interactionUrl = `${baseUrl}/v1beta/interactions/${id}`;

const omni = (fetch: Fetch, base = baseUrl) =>
  createOmni({ apiKey: "secret-key", baseUrl: base, fetch, wait: () => Promise.resolve() });
const answer = ({ status, body }: { status: number; body: unknown }) => jsonAnswer(body, { status });

describe("fetching a clip", () => {
  test("opens the file with the key, and its bytes rather than its description", async () => {
    const { fetch, requests } = recordedFetch(new Response("bytes", { headers: { "Content-Length": "5" } }));
    const opened = await omni(fetch).open({ interaction: id, uri: uri.replace("?alt=media", "") });
    expect(opened).toMatchObject({ ok: true, value: { bytes: 5 } });
    expect(requests[0]?.url).toBe(uri);
    expect(requests[0]?.headers.get("x-goog-api-key")).toBe("secret-key");
  });

  test("asks the configured gateway for what Google keeps, and nobody else with the key", async () => {
    const { fetch, requests } = recordedFetch(new Response("bytes"), new Response("bytes"));
    const gateway = omni(fetch, "https://gateway.example/google");
    await gateway.open({ interaction: id, uri });
    await gateway.open({ interaction: id, uri: "https://cdn.example/clip.mp4" });
    expect(requests.map(({ url, headers }) => [url, headers.has("x-goog-api-key")])).toEqual([
      ["https://gateway.example/google/v1beta/files/efrojcks7lww:download?alt=media", true],
      ["https://cdn.example/clip.mp4", false],
    ]);
  });

  test("decodes a clip out of the answer while it comes", async () => {
    const clip = countingBytes(100_000);
    const video = { type: "video", mime_type: "video/mp4", data: clip.toBase64() };
    const answers = [1, 2].map(() => withParts(video, { data: countingBytes(90_000).toBase64() }));
    const { fetch, requests } = recordedFetch(...answers);
    const opened = await omni(fetch).open({ interaction: id, order: 1, bytes: clip.byteLength });
    if (!opened.ok) throw new Error(opened.fault.note);
    expect(opened.value.bytes).toBe(clip.byteLength);
    expect(new Uint8Array(await new Response(opened.value.body).arrayBuffer())).toEqual(clip);
    expect(requests[0]?.url).toBe(interactionUrl);
  });

  test("finds a clip again that stands at another place of the answer by now, or at an address", async () => {
    const clip = countingBytes(100_000);
    const stored = { interaction: id, order: 1, bytes: clip.byteLength };
    const moved = [1, 2].map(() => withParts({ type: "video", mime_type: "video/mp4", data: clip.toBase64() }));
    const opened = await omni(recordedFetch(...moved).fetch).open(stored);
    if (!opened.ok) throw new Error(opened.fault.note);
    expect(new Uint8Array(await new Response(opened.value.body).arrayBuffer())).toEqual(clip);
    const addressed = answer(wire.completedByUri);
    const { fetch, requests } = recordedFetch(addressed, new Response("clip"));
    expect(await omni(fetch).open(stored)).toMatchObject({ ok: true });
    expect(requests[1]?.url).toContain("alt=media");
  });

  test("opens one that was short enough to keep", async () => {
    const opened = await omni(recordedFetch().fetch).open({ interaction: id, base64: "AAEC" });
    if (!opened.ok) throw new Error(opened.fault.note);
    expect(new Uint8Array(await new Response(opened.value.body).arrayBuffer())).toEqual(new Uint8Array([0, 1, 2]));
  });
});

describe("stopping a clip", () => {
  const stop = (...answers: Answer[]) => omni(recordedFetch(...answers).fetch).cancel?.(operation);

  test("asks for it, without a body", async () => {
    const { fetch, requests } = recordedFetch(answer(wire.cancelled));
    expect(await omni(fetch).cancel?.(operation)).toEqual({ ok: true, value: null });
    expect(requests[0]).toMatchObject({ url: `${interactionUrl}/cancel`, method: "POST", body: "" });
  });

  test("has nothing to do for one that ended or is gone, and tries again for others", async () => {
    const ended = { error: { code: "invalid_request", message: "Interaction is already completed." } };
    expect(await stop(jsonAnswer(ended, { status: 400 }))).toMatchObject({ ok: true });
    expect(await stop(jsonAnswer({ error: { code: "not_found" } }, { status: 404 }))).toMatchObject({ ok: true });
    expect(await stop(jsonAnswer({ error: { code: "aborted" } }, { status: 409 }))).toMatchObject({ ok: false });
    expect(await stop(answer(wire.errorWrongKeyInAnArray))).toMatchObject({ fault: { kind: "unauthorized" } });
  });
});

describe("forgetting a clip", () => {
  const asked = (requests: { method: string; url: string }[]) =>
    requests.map(({ method, url }) => `${method} ${url.replace(`${baseUrl}/v1beta/`, "")}`);

  test("removes what was uploaded, the clip's file and then the interaction", async () => {
    const { fetch, requests } = recordedFetch(
      answer(wire.completedByUri),
      jsonAnswer({}),
      jsonAnswer({}),
      new Response(null),
    );
    expect(await omni(fetch).forget?.(operation)).toEqual({ ok: true, value: null });
    expect(asked(requests)).toEqual([
      `GET interactions/${id}`,
      "DELETE files/p1",
      "DELETE files/efrojcks7lww",
      `DELETE interactions/${id}`,
    ]);
  });

  test.each([wire.errorUnknownId, { status: 404, body: { error: { code: "not_found" } } }])(
    "is done when it is gone already ($status)",
    async (gone) => {
      const { fetch } = recordedFetch(answer(gone), answer(gone), answer(gone));
      expect(await omni(fetch).forget?.(operation)).toEqual({ ok: true, value: null });
    },
  );

  test("is to be tried again when the interaction is still there", async () => {
    const { fetch } = recordedFetch(answer(wire.inProgress), jsonAnswer({}), answer(wire.errorBareDuration));
    expect(await omni(fetch).forget?.(operation)).toMatchObject({ ok: false, fault: { kind: "invalid_request" } });
  });
});

describe("asking whether a model is there", () => {
  const probe = (reply: Answer) => omni(recordedFetch(reply).fetch).probe("gemini-omni-flash-preview");

  test("asks for its description", async () => {
    const { fetch, requests } = recordedFetch(answer(wire.model));
    expect(await omni(fetch).probe("gemini-omni-1.1-flash")).toEqual({ ok: true, value: null });
    expect(requests[0]?.url).toBe(`${baseUrl}/v1beta/models/gemini-omni-1.1-flash`);
  });

  test("believes only Google that it is gone", async () => {
    expect(await probe(answer(wire.errorRetiredClassic))).toMatchObject({ fault: { kind: "not_found" } });
    expect(await probe(answer(wire.errorRetired))).toMatchObject({ fault: { kind: "not_found" } });
    const page = await probe(new Response("<html>", { status: 404 }));
    expect(page).toMatchObject({ ok: false, fault: { kind: "malformed" } });
    expect(await probe(new Response("<html>"))).toMatchObject({ ok: false, fault: { kind: "malformed" } });
  });
});
