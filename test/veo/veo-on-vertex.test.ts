import { beforeAll, describe, expect, test } from "vitest";
import type { Fetch } from "../../src/upstream/fetch.ts";
import { NotSentError } from "../../src/upstream/send-stream.ts";
import type { AccessTokenCache } from "../../src/upstream/service-account.ts";
import type { ClipFile, ClipRequest } from "../../src/veo/model.ts";
import { createVertexVeo } from "../../src/veo/vertex.ts";
import { attachmentOf, countingBytes } from "../support/attachments.ts";
import { type Answer, jsonAnswer, recordedFetch } from "../support/recorded-fetch.ts";
import { createServiceAccount, type TestAccount, tokenUri } from "../support/service-accounts.ts";
import { answerOf, asFixture, requestOf } from "./fixtures/fixture.ts";
import doneInCloudStorage from "./fixtures/vertex/done-in-cloud-storage.json";
import doneInline from "./fixtures/vertex/done-inline.json";
import error401 from "./fixtures/vertex/error-401.json";
import retired from "./fixtures/vertex/error-404-retired.json";
import error429 from "./fixtures/vertex/error-429.json";
import inlineExtension from "./fixtures/vertex/extension-inline-request.json";
import extension from "./fixtures/vertex/extension-request.json";
import filtered from "./fixtures/vertex/filtered.json";
import tooLarge from "./fixtures/vertex/operation-error-large.json";
import operationError from "./fixtures/vertex/operation-error.json";
import partlyFiltered from "./fixtures/vertex/partly-filtered.json";
import pending from "./fixtures/vertex/pending.json";
import poll from "./fixtures/vertex/poll-request.json";
import publisherModel from "./fixtures/vertex/publisher-model.json";
import started from "./fixtures/vertex/started.json";
import submit from "./fixtures/vertex/submit-request.json";

const baseUrl = "https://vertex.example";
const storageUri = "gs://film-bucket/veo";
const model = "veo-3.1-generate-001";
const operation = { name: started.body.name, model };
const objectFile = { gcs_uri: "gs://film-bucket/veo/13379218834437217530/sample_0.mp4" };
const objectUrl = "/storage/v1/b/film-bucket/o/veo%2F13379218834437217530%2Fsample_0.mp4?alt=media";
const inlineBytes = Uint8Array.fromBase64(doneInline.body.response.videos[0]?.bytesBase64Encoded ?? "");

let made: TestAccount;
beforeAll(async () => {
  made = await createServiceAccount();
});

/** The adapter before prepared answers; tokens are given in order: token-1, token-2… */
function vertexWith(answers: Answer[], options: { storageUri?: string | null; baseUrl?: string } = {}) {
  const upstream = recordedFetch(...answers);
  const tokens: AccessTokenCache = new Map();
  let given = 0;
  const fetch: Fetch = (input, init) => {
    if (String(input) !== tokenUri) return upstream.fetch(input, init);
    given += 1;
    return Promise.resolve(jsonAnswer({ access_token: `token-${given}`, expires_in: 3_599 }));
  };
  const veo = createVertexVeo({
    account: made.account,
    project: "film-project",
    location: "us-central1",
    storageUri,
    baseUrl,
    fetch,
    tokens,
    ...options,
  });
  return { veo, requests: upstream.requests };
}

const clip: ClipRequest = {
  model,
  prompt: "A slow orbit around the ring.",
  aspectRatio: "9:16",
  resolution: "1080p",
  source: {
    kind: "references",
    pictures: [attachmentOf(countingBytes(10)), attachmentOf(countingBytes(11), { contentType: "image/png" })],
    seconds: 8,
    motion: null,
  },
};

function continued(file: ClipFile): ClipRequest {
  return { ...clip, prompt: "The orbit goes on.", resolution: "720p", source: { kind: "clip", file, seconds: 7 } };
}

/** An operation whose answer holds a clip of 200 kB, and another long string before it. */
const longClip = countingBytes(200_000);
const longAnswer = (bytes = longClip) =>
  jsonAnswer({
    name: operation.name,
    done: true,
    metadata: { trace: "x".repeat(70_000) },
    response: { raiMediaFilteredCount: 0, videos: [{ bytesBase64Encoded: bytes.toBase64(), mimeType: "video/mp4" }] },
  });
const longFile = { operation, order: 1, bytes: 200_000 };

describe("asking for a clip", () => {
  test("sends the documented body, with the pictures in base64, and an access token", async () => {
    const { veo, requests } = vertexWith([answerOf(started)]);
    expect(await veo.start(clip)).toEqual({ ok: true, value: operation });
    expect(asFixture(requests[0], baseUrl, submit)).toEqual(requestOf(submit));
  });

  test("leaves the result in the answer where there is no place for it in Cloud Storage", async () => {
    const { veo, requests } = vertexWith([answerOf(started)], { storageUri: null });
    await veo.start(clip);
    const { storageUri: _, ...parameters } = submit.body.parameters;
    expect(JSON.parse(requests[0]?.body ?? "")).toMatchObject({ parameters });
    expect(requests[0]?.body).not.toContain("storageUri");
  });

  test("to be continued names the object that the clip is", async () => {
    const { veo, requests } = vertexWith([answerOf(started)]);
    expect(await veo.start(continued(objectFile))).toEqual({ ok: true, value: operation });
    expect(asFixture(requests[0], baseUrl, extension)).toEqual(requestOf(extension));
  });

  test("to be continued sends a clip back that was in the answer", async () => {
    const answers = () => [answerOf(doneInline), answerOf(doneInline), answerOf(started)];
    const { veo, requests } = vertexWith(answers(), { storageUri: null });
    const look = await veo.status(operation);
    if (!look.ok || look.value.state !== "completed") throw new Error("not completed");
    expect(await veo.start(continued(look.value.file))).toEqual({ ok: true, value: operation });
    const sent = requests.find(({ url }) => url.endsWith(":predictLongRunning"));
    expect(asFixture(sent, baseUrl, inlineExtension)).toEqual(requestOf(inlineExtension));
  });

  test("to be continued streams a long clip from its answer into the request", async () => {
    const { veo, requests } = vertexWith([longAnswer(), answerOf(started)], { storageUri: null });
    // The clip is read while the request is sent, which is recorded when it is complete.
    expect(await veo.start(continued(longFile))).toEqual({ ok: true, value: operation });
    const body = JSON.parse(requests.find(({ url }) => url.endsWith(":predictLongRunning"))?.body ?? "");
    expect(body.instances[0].video).toEqual({ bytesBase64Encoded: longClip.toBase64(), mimeType: "video/mp4" });
  });

  test("to be continued is certainly not paid for when the clip is gone, or has become another", async () => {
    for (const answer of [answerOf(retired), longAnswer(countingBytes(100_000))]) {
      const { veo } = vertexWith([answer, answerOf(started)], { storageUri: null });
      expect(await veo.start(continued(longFile))).toMatchObject({ ok: false, fault: { kind: "unreachable" } });
    }
  });

  test("is done once more, with a new token, when the first was refused", async () => {
    const { veo, requests } = vertexWith([answerOf(error401), answerOf(started), answerOf(pending)]);
    expect(await veo.start(clip)).toEqual({ ok: true, value: operation });
    expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual(["Bearer token-1", "Bearer token-2"]);
    expect(requests[1]?.body).toBe(requests[0]?.body);
    await veo.status(operation);
    expect(requests[2]?.headers.get("authorization")).toBe("Bearer token-2");
  });

  test("is given up when the new token is refused, too", async () => {
    const { veo, requests } = vertexWith([answerOf(error401), answerOf(error401)]);
    expect(await veo.start(clip)).toMatchObject({ ok: false, fault: { kind: "unauthorized" } });
    expect(requests.length).toBe(2);
  });

  test.each<[string, Answer, string]>([
    ["a success that is not JSON", new Response("<html>"), "malformed"],
    ["a success without an operation", jsonAnswer({}), "malformed"],
    ["an operation whose name is a path elsewhere", jsonAnswer({ name: "projects/../files/x" }), "malformed"],
    ["a lost answer", new TypeError("Network connection lost."), "interrupted"],
    ["a request that did not get out", new NotSentError("cut"), "unreachable"],
    ["a failure that may have come after the work was taken", jsonAnswer({}, { status: 500 }), "interrupted"],
    ["a failure of the gateway", new Response("reset", { status: 503 }), "interrupted"],
    ["Google's own overload", jsonAnswer({ error: { code: 503 } }, { status: 503 }), "unavailable"],
    ["a retired model", answerOf(retired), "not_found"],
    ["a full minute", answerOf(error429), "rate_limited"],
    ["a missing role", jsonAnswer({ error: { code: 403 } }, { status: 403 }), "unauthorized"],
    ["a wrong request", jsonAnswer({ error: { code: 400 } }, { status: 400 }), "invalid_request"],
  ])("takes %s for what it is, and asks once", async (_, answer, kind) => {
    const { veo, requests } = vertexWith([answer]);
    expect(await veo.start(clip)).toMatchObject({ ok: false, fault: { kind } });
    expect(requests.length).toBe(1);
  });

  test("tells how long a full minute lasts", async () => {
    const { veo } = vertexWith([answerOf(error429)]);
    expect(await veo.start(clip)).toMatchObject({ fault: { retry_after_ms: 34_000 } });
  });
});

describe("looking for a clip", () => {
  const look = (answer: Answer, options?: { storageUri: null }) => vertexWith([answer], options).veo.status(operation);

  test("asks the model for the operation by its name", async () => {
    const { veo, requests } = vertexWith([answerOf(pending)]);
    expect(await veo.status(operation)).toEqual({ ok: true, value: { state: "pending" } });
    expect(asFixture(requests[0], baseUrl, poll)).toEqual(requestOf(poll));
  });

  test("asks the model that made the clip when a gateway named the operation otherwise", async () => {
    const { veo, requests } = vertexWith([jsonAnswer({ name: "job-1" }), answerOf(pending)]);
    const { value } = await veo.start(clip).then((outcome) => outcome.ok ? outcome : { value: null });
    await veo.status(value);
    expect(requests[1]?.url).toBe(`${baseUrl}${poll.path}`);
    expect(requests[1]?.body).toBe('{"operationName":"job-1"}');
  });

  test("finds the object in Cloud Storage, also when others were filtered", async () => {
    expect(await look(answerOf(doneInCloudStorage))).toEqual({
      ok: true,
      value: { state: "completed", file: objectFile },
    });
    expect(await look(answerOf(partlyFiltered))).toMatchObject({
      ok: true,
      value: { state: "completed", file: { gcs_uri: "gs://film-bucket/veo/13379218834437217530/sample_1.mp4" } },
    });
  });

  test("finds a clip in the answer, and keeps no more of it than where it is and how long", async () => {
    expect(await look(longAnswer())).toEqual({ ok: true, value: { state: "completed", file: longFile } });
    expect(await look(answerOf(doneInline))).toEqual({
      ok: true,
      value: { state: "completed", file: { operation, order: null, bytes: inlineBytes.length } },
    });
  });

  test("takes a filter's word for it that nothing was charged, and reads its support codes", async () => {
    expect(await look(answerOf(filtered))).toMatchObject({
      ok: true,
      value: { state: "filtered", what: "prompt", subject: "celebrity", charged: "no" },
    });
  });

  test.each([{}, { videos: [] }, { videos: null, raiMediaFilteredCount: null }])(
    "does not say that nothing was charged when Veo gives no reason: %j",
    async (response) => {
      expect(await look(jsonAnswer({ name: operation.name, done: true, response }))).toMatchObject({
        ok: true,
        value: { state: "filtered", charged: "unknown" },
      });
    },
  );

  test.each([
    ["an unknown field", { encodedVideo: "AAAA" }],
    ["an address that is none", { gcsUri: "https://x.example/v.mp4" }],
    ["what is not base64", { bytesBase64Encoded: "<video>" }],
  ])("does not take a clip in %s for one that was withheld", async (_, video) => {
    const answer = jsonAnswer({ name: operation.name, done: true, response: { videos: [video] } });
    expect(await look(answer)).toMatchObject({ ok: false, fault: { kind: "malformed" } });
  });

  test("tells an operation that failed from a look that failed", async () => {
    expect(await look(answerOf(operationError))).toMatchObject({
      ok: true,
      value: { state: "failed", retryable: true },
    });
    expect(await look(jsonAnswer({}, { status: 500 }))).toMatchObject({ ok: false, fault: { kind: "unavailable" } });
    expect(await look(jsonAnswer({ hello: "world" }))).toMatchObject({ ok: false, fault: { kind: "malformed" } });
  });

  test("points to the setting that large videos need", async () => {
    const failed = { state: "failed", retryable: false };
    expect(await look(answerOf(tooLarge), { storageUri: null })).toMatchObject({
      value: { ...failed, note: expect.stringContaining("VERTEX_STORAGE_URI") },
    });
    expect(await look(answerOf(tooLarge))).toMatchObject({ value: { ...failed, note: "google.rpc code 3" } });
  });
});

describe("fetching a clip", () => {
  const bytesOf = async (opened: Awaited<ReturnType<ReturnType<typeof createVertexVeo>["open"]>>) => {
    if (!opened.ok) throw new Error(opened.fault.note);
    return new Uint8Array(await new Response(opened.value.body).arrayBuffer());
  };

  test("reads the object from Cloud Storage with the token", async () => {
    const vertex = { baseUrl: "https://us-central1-aiplatform.googleapis.com" };
    const { veo, requests } = vertexWith([new Response("bytes", { headers: { "Content-Length": "5" } })], vertex);
    const opened = await veo.open(objectFile);
    expect(opened).toMatchObject({ ok: true, value: { bytes: 5 } });
    expect(await bytesOf(opened)).toEqual(new TextEncoder().encode("bytes"));
    expect(requests[0]?.url).toBe(`https://storage.googleapis.com${objectUrl}`);
    expect(requests[0]?.headers.get("authorization")).toBe("Bearer token-1");
  });

  test("reads it from the gateway where there is one, and takes the token nowhere else", async () => {
    const away = new Response(null, { status: 302, headers: { Location: "https://elsewhere.example/clip" } });
    const { veo, requests } = vertexWith([away, new Response("bytes")]);
    expect(await veo.open(objectFile)).toMatchObject({ ok: true });
    expect(requests.map(({ url, headers }) => [url, headers.get("authorization")])).toEqual([
      [`${baseUrl}${objectUrl}`, "Bearer token-1"],
      ["https://elsewhere.example/clip", null],
    ]);
  });

  test("renews a token that Cloud Storage refuses", async () => {
    const { veo, requests } = vertexWith([answerOf(error401), new Response("bytes")]);
    expect(await veo.open(objectFile)).toMatchObject({ ok: true });
    expect(requests[1]?.headers.get("authorization")).toBe("Bearer token-2");
  });

  test.each(["gs://../x", "gs://film-bucket/..", "gs://film-bucket/", "https://x.example/v.mp4"])(
    "does not follow %s",
    async (gcs_uri) => {
      const { veo, requests } = vertexWith([]);
      expect(await veo.open({ gcs_uri })).toMatchObject({ ok: false, fault: { kind: "malformed" } });
      expect(requests).toEqual([]);
    },
  );

  test("decodes one that is in the answer while it comes", async () => {
    const { veo, requests } = vertexWith([longAnswer()]);
    const opened = await veo.open(longFile);
    expect(opened).toMatchObject({ ok: true, value: { bytes: 200_000 } });
    expect(await bytesOf(opened)).toEqual(longClip);
    expect(asFixture(requests[0], baseUrl, poll)).toEqual(requestOf(poll));
  });

  test("gives a short one of an answer, too", async () => {
    const { veo } = vertexWith([answerOf(doneInline)]);
    expect(await bytesOf(await veo.open({ operation, order: null, bytes: inlineBytes.length }))).toEqual(inlineBytes);
  });

  test("tells what is gone from what cannot be had at the moment", async () => {
    for (const file of [objectFile, longFile, { ...longFile, order: null }]) {
      const gone = vertexWith([answerOf(retired)]).veo;
      expect(await gone.open(file)).toMatchObject({ ok: false, fault: { kind: "not_found" } });
      const lost = vertexWith([new TypeError("Network connection lost.")]).veo;
      expect(await lost.open(file)).toMatchObject({ ok: false, fault: { kind: "interrupted" } });
    }
  });
});

describe("asking whether a model is there", () => {
  test("reads its description, which belongs to no project", async () => {
    const { veo, requests } = vertexWith([answerOf(publisherModel)]);
    expect(await veo.probe(model)).toEqual({ ok: true, value: null });
    expect(requests[0]).toMatchObject({ method: "GET", url: `${baseUrl}/v1/publishers/google/models/${model}` });
    expect(requests[0]?.headers.get("authorization")).toBe("Bearer token-1");
  });

  test.each<[string, Answer, string]>([
    ["Google's own word", answerOf(retired), "not_found"],
    ["the same in an array", jsonAnswer([retired.body], { status: 404 }), "not_found"],
    ["a 404 of Google's form that names no model", jsonAnswer({ error: { code: 404 } }, { status: 404 }), "malformed"],
    ["a gateway's page", new Response("<html>", { status: 404 }), "malformed"],
    ["a gateway's JSON", jsonAnswer({ error: "no route" }, { status: 404 }), "malformed"],
    ["what is gone for good", jsonAnswer({}, { status: 410 }), "malformed"],
    ["a success that is another page", new Response("<html>"), "malformed"],
    ["another JSON", jsonAnswer({ models: [] }), "malformed"],
    ["a missing role", jsonAnswer({ error: { code: 403 } }, { status: 403 }), "unauthorized"],
    ["a lost answer", new TypeError("Network connection lost."), "interrupted"],
  ])("takes %s for what it is", async (_, answer, kind) => {
    expect(await vertexWith([answer]).veo.probe(model)).toMatchObject({ ok: false, fault: { kind } });
  });
});
