import { describe, expect, test } from "vitest";
import type { Fetch } from "../../src/upstream/fetch.ts";
import { NotSentError } from "../../src/upstream/send-stream.ts";
import type { ClipRequest, Excerpt, ExcerptLimits } from "../../src/veo/model.ts";
import { createOmni } from "../../src/veo/omni.ts";
import { attachmentOf, countingBytes, type RecordedAttachment } from "../support/attachments.ts";
import { type Answer, jsonAnswer, recordedFetch } from "../support/recorded-fetch.ts";
import * as wire from "./fixtures/omni/index.ts";

const baseUrl = "https://gemini.example";
const { id } = wire.started.body;

const omni = (fetch: Fetch, waits: number[] = []) =>
  createOmni({
    apiKey: "secret-key",
    baseUrl,
    fetch,
    wait: (milliseconds) => Promise.resolve(void waits.push(milliseconds)),
  });
const answer = ({ status, body }: { status: number; body: unknown }) => jsonAnswer(body, { status });

const excerpt = (content: RecordedAttachment): Excerpt => ({ attachment: content, start_seconds: 1, end_seconds: 3 });
const mp4 = (bytes: number) => attachmentOf(countingBytes(bytes), { contentType: "video/mp4" });

function clipOf(pictures: RecordedAttachment[], excerpts: RecordedAttachment[] | null): ClipRequest {
  const motion = excerpts && { cut: () => Promise.resolve(excerpts.map(excerpt)) };
  return {
    model: "gemini-omni-1.1-flash",
    prompt: "A slow orbit around the ring.",
    aspectRatio: "9:16",
    resolution: "1080p",
    source: { kind: "references", pictures, seconds: 7, motion },
  };
}

const pictures = () => [
  attachmentOf(countingBytes(10)),
  attachmentOf(countingBytes(11), { contentType: "image/png" }),
];
const extension = {
  ...clipOf([], null),
  resolution: "720p",
  source: { kind: "clip", file: { interaction: id, uri: `${baseUrl}/v1beta/files/f1:download?alt=media` }, seconds: 5 },
} as const;

describe("asking for a clip", () => {
  test("declares each attachment before the prompt, and sends pictures and excerpts inside the request", async () => {
    const { fetch, requests } = recordedFetch(answer(wire.started));
    const started = await omni(fetch).start(clipOf(pictures(), [mp4(12)]));
    expect(started).toEqual({ ok: true, value: { id, files: [] } });
    expect(requests[0]).toMatchObject({ url: `${baseUrl}/v1beta/interactions`, method: "POST", redirect: "manual" });
    expect(requests[0]?.headers.get("x-goog-api-key")).toBe("secret-key");
    expect(JSON.parse(requests[0]?.body ?? "")).toEqual(wire.createRequest);
  });

  test("says nothing of videos when there is no excerpt", async () => {
    const { fetch, requests } = recordedFetch(answer(wire.started), answer(wire.started));
    await omni(fetch).start(clipOf([attachmentOf(countingBytes(10))], null));
    await omni(fetch).start(clipOf([attachmentOf(countingBytes(10))], []));
    expect(requests.map(({ body }) => JSON.parse(body).input[0].text)).toEqual(
      Array(2).fill([
        "[# References <IMAGE_REF_0>@Image1]",
        "Use Image1 as a reference, not as literal initial frames.",
        "A slow orbit around the ring.",
      ].join("\n")),
    );
  });

  test("tells how much of the reference video it takes, and names each excerpt", async () => {
    const asked: ExcerptLimits[] = [];
    const { fetch, requests } = recordedFetch(answer(wire.started));
    const clip = clipOf(pictures(), null);
    if (clip.source.kind !== "references") throw new Error("no references");
    const cut = (limits: ExcerptLimits) => {
      asked.push(limits);
      return Promise.resolve([excerpt(mp4(4)), excerpt(mp4(5))]);
    };
    await omni(fetch).start({ ...clip, source: { ...clip.source, motion: { cut } } });
    expect(asked).toEqual([{ countMaximum: 3, secondsMaximum: 3, bytesMaximum: 8_000_000 }]);
    const { input } = JSON.parse(requests[0]?.body ?? "");
    expect(input[0].text).toContain("<IMAGE_REF_1>@Image2 <VIDEO_REF_0>@Video1 <VIDEO_REF_1>@Video2]");
    expect(input[0].text).toContain("Take from Video1 and Video2 only the camera movement");
    expect(input.map(({ type }: { type: string }) => type)).toEqual(["text", "image", "image", "video", "video"]);
  });

  test("to be continued names the interaction, without the task and the ratio that are refused beside it", async () => {
    const { fetch, requests } = recordedFetch(answer(wire.started));
    expect(await omni(fetch).start(extension)).toEqual({ ok: true, value: { id, files: [] } });
    expect(JSON.parse(requests[0]?.body ?? "")).toEqual(wire.extendRequest);
  });

  test("does not take a clip that is gone for a model that is", async () => {
    for (const gone of [wire.errorUnknownId, wire.errorRetired]) {
      const started = await omni(recordedFetch(answer(gone)).fetch).start(extension);
      expect(started).toMatchObject({ ok: false, fault: { kind: "invalid_request" } });
    }
  });

  test("a reference video that cannot be read costs nothing and is not asked with", async () => {
    const { fetch, requests } = recordedFetch();
    const clip = clipOf(pictures(), null);
    if (clip.source.kind !== "references") throw new Error("no references");
    const cut = () => Promise.reject(new Error("R2 is away"));
    const started = await omni(fetch).start({ ...clip, source: { ...clip.source, motion: { cut } } });
    expect(started).toMatchObject({ ok: false, fault: { kind: "unreachable" } });
    expect(requests).toEqual([]);
  });

  test.each([
    ["a length without its unit", answer(wire.errorBareDuration), "invalid_request"],
    ["a task beside what is continued", answer(wire.errorTaskWithPrevious), "invalid_request"],
    ["a retired model", answer(wire.errorRetired), "not_found"],
    ["a retired model, in Google's older words", answer(wire.errorRetiredClassic), "not_found"],
    ["a gateway without that path", new Response("<html>404</html>", { status: 404 }), "invalid_request"],
    ["a wrong key, told in an array", answer(wire.errorWrongKeyInAnArray), "unauthorized"],
    ["the day's quota", answer(wire.errorDailyQuota), "quota_exhausted"],
    ["no credit", answer(wire.errorNoCredit), "quota_exhausted"],
    ["a blocked prompt", answer(wire.errorBlocked), "refused"],
    ["the API's own word that it is overloaded", answer(wire.errorOverloaded), "unavailable"],
    [
      "a gateway's word that looks like it",
      jsonAnswer({ error: { code: "service_unavailable", type: "x", message: "" } }, { status: 503 }),
      "interrupted",
    ],
    ["a gateway's word that its upstream is gone", new Response("reset", { status: 503 }), "interrupted"],
    ["a blocked prompt in a failure of the server", jsonAnswer(wire.errorBlocked.body, { status: 500 }), "interrupted"],
    ["a lost answer", new TypeError("Network connection lost."), "interrupted"],
    ["a request that did not get out", new NotSentError("cut"), "unreachable"],
    ["a success that is not JSON", new Response("<html>"), "malformed"],
    ["a success that is cut", new Response(JSON.stringify(wire.started.body).slice(0, 40)), "malformed"],
    ["a success without an id", jsonAnswer({ status: "in_progress" }), "malformed"],
    ["an id that is a path elsewhere", jsonAnswer({ id: "../files/x" }), "malformed"],
  ])("takes %s for what it is, and asks once", async (_, refusal, kind) => {
    const { fetch, requests } = recordedFetch(refusal);
    const started = await omni(fetch).start(clipOf(pictures(), null));
    expect(started).toMatchObject({ ok: false, fault: { kind } });
    expect(requests.length).toBe(1);
  });

  test("passes on how long the quota wants to be waited for", async () => {
    const { fetch } = recordedFetch(answer(wire.errorRateLimited));
    const started = await omni(fetch).start(clipOf(pictures(), null));
    expect(started).toMatchObject({ ok: false, fault: { kind: "rate_limited", retry_after_ms: 34_000 } });
  });
});

/** What the whole request may have, in base64 and all (facts: "stay ≤ 20 MB of base64"). */
const requestBytesMaximum = 20_000_000;

describe("pictures that do not fit into the request", () => {
  const content = countingBytes(8_000_000);
  const large = () => attachmentOf(content, { contentType: "image/png" });
  const uploads = (state: unknown = wire.fileActive.body): Answer[] => [
    new Response("", { headers: { "x-goog-upload-url": `${baseUrl}/upload/v1beta/files?upload_id=u1` } }),
    jsonAnswer({ file: { ...wire.fileProcessing.body, name: "files/p2", mimeType: "image/png" } }),
    jsonAnswer(state),
  ];
  const seen = (requests: { method: string; url: string }[]) =>
    requests.map(({ method, url }) => `${method} ${url.replace(baseUrl, "").replace(/\?.*/, "")}`);

  test("are uploaded, waited for, and named by their address; the small ones go inside", async () => {
    const waits: number[] = [];
    const { fetch, requests } = recordedFetch(
      ...uploads(wire.fileProcessing.body),
      jsonAnswer(wire.fileActive.body),
      answer(wire.started),
    );
    const clip = clipOf([large(), large(), attachmentOf(countingBytes(10))], [mp4(12)]);
    const started = await omni(fetch, waits).start(clip);
    expect(started).toEqual({ ok: true, value: { id, files: ["files/p2"] } });
    expect(seen(requests)).toEqual([
      "POST /upload/v1beta/files",
      "POST /upload/v1beta/files",
      "GET /v1beta/files/p2",
      "GET /v1beta/files/p2",
      "POST /v1beta/interactions",
    ]);
    expect(waits.length).toBe(1);
    expect(requests[0]?.body).toBe(JSON.stringify({ file: { display_name: "reference" } }));
    const { input } = JSON.parse(requests[4]?.body ?? "");
    expect(input.slice(1).map((part: { data?: string; uri?: string }) => part.uri ?? part.data?.length)).toEqual([
      10_666_668,
      wire.fileProcessing.body.uri,
      16,
      16,
    ]);
    expect(requests[4]?.body.length).toBeLessThan(requestBytesMaximum);
  });

  test("are removed again when the request was certainly not taken, and stay when it may have been", async () => {
    const clip = () => clipOf([large(), large()], null);
    const refused = recordedFetch(...uploads(), answer(wire.errorRetired), jsonAnswer({}));
    expect(await omni(refused.fetch).start(clip())).toMatchObject({ ok: false, fault: { kind: "not_found" } });
    expect(seen(refused.requests).at(-1)).toBe("DELETE /v1beta/files/p2");
    const lost = recordedFetch(...uploads(), new TypeError("Network connection lost."));
    expect(await omni(lost.fetch).start(clip())).toMatchObject({ ok: false, fault: { kind: "interrupted" } });
    expect(seen(lost.requests).at(-1)).toBe("POST /v1beta/interactions");
  });

  test.each([
    ["is lost", new TypeError("Network connection lost."), "unavailable"],
    ["is not understood", new Response("<html>"), "unavailable"],
    ["is not known to the gateway", new Response("", { status: 404 }), "unavailable"],
    ["is refused for the key", jsonAnswer({ error: { code: 403 } }, { status: 403 }), "unauthorized"],
  ])("do not leave it open whether anything was paid when their upload %s", async (_, failure, kind) => {
    const { fetch, requests } = recordedFetch(failure);
    const started = await omni(fetch).start(clipOf([large(), large()], null));
    expect(started).toMatchObject({ ok: false, fault: { kind } });
    expect(requests.length).toBe(1);
  });

  test("are given up and removed when they are not ready in half a minute", async () => {
    const waits: number[] = [];
    const looks = Array.from({ length: 30 }, () => () => jsonAnswer(wire.fileProcessing.body));
    const [start, bytes] = uploads();
    if (!start || !bytes) throw new Error("no upload");
    const { fetch, requests } = recordedFetch(start, bytes, ...looks, jsonAnswer({}));
    const started = await omni(fetch, waits).start(clipOf([large(), large()], null));
    expect(started).toMatchObject({ ok: false, fault: { kind: "unavailable" } });
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(30_000);
    expect(seen(requests).at(-1)).toBe("DELETE /v1beta/files/p2");
  });
});
