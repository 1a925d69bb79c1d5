import { describe, expect, it } from "vitest";
import { ALL_FORMATS, BufferSource, Input } from "mediabunny";
import { InlineVideo, jsonWithVideos } from "../../src/sandbox/inline-video.ts";
import { bearer, readError, vertexPath } from "../support/sandbox-requests.ts";
import { clipMilliseconds, operationOf } from "./veo-client.ts";
import { objectPath, withVertex } from "./vertex-client.ts";

async function sizeOf(clip: Uint8Array) {
  const video = await new Input({ source: new BufferSource(clip), formats: ALL_FORMATS }).getPrimaryVideoTrack();
  return [video?.displayWidth, video?.displayHeight, await video?.computeDuration()];
}

describe("an operation on Vertex AI in the sandbox", () => {
  it("ends with a clip of the shape that was asked for, in Cloud Storage", async () => {
    await withVertex(async (vertex) => {
      const submitted = await vertex.submit({}, {
        aspectRatio: "9:16",
        resolution: "1080p",
        storageUri: "gs://bucket/p/",
      });
      const uri = await vertex.finish(submitted);
      expect(uri).toMatch(/^gs:\/\/bucket\/p\/\w+\/sample_0\.mp4$/);
      const video = await vertex.download(uri);
      expect(video.headers.get("content-type")).toBe("video/mp4");
      const bytes = await video.bytes();
      expect(video.headers.get("content-length")).toBe(String(bytes.byteLength));
      expect(await sizeOf(bytes)).toEqual([1080, 1920, 8]);
      const metadata = await (await vertex.ask(objectPath(uri), { headers: bearer })).json();
      expect(metadata).toMatchObject({ bucket: "bucket", size: String(bytes.byteLength) });
    });
  });

  it("has the clip inside its answer when no place was named for it", async () => {
    await withVertex(async (vertex) => {
      const [video] = await vertex.finishVideos(await vertex.submit({}, { storageUri: undefined }));
      expect(video).not.toHaveProperty("gcsUri");
      expect(await sizeOf(Uint8Array.fromBase64(video?.bytesBase64Encoded ?? ""))).toEqual([1280, 720, 8]);
    });
  });

  it("has as many videos as were asked for", async () => {
    await withVertex(async (vertex) => {
      const uris = (await vertex.finishVideos(await vertex.submit({}, { sampleCount: 3 }))).map(({ gcsUri }) => gcsUri);
      expect(uris.map((uri) => uri?.split("/").at(-1))).toEqual(["sample_0.mp4", "sample_1.mp4", "sample_2.mp4"]);
      for (const uri of uris) expect((await vertex.download(uri ?? "")).status).toBe(200);
      const missing = await vertex.download((uris[0] ?? "").replace("sample_0", "sample_3"));
      expect(missing.status).toBe(404);
      const inside = await vertex.finishVideos(await vertex.submit({}, { sampleCount: 2, storageUri: undefined }));
      expect(inside[0]?.bytesBase64Encoded).toBe(inside[1]?.bytesBase64Encoded);
      expect(inside).toHaveLength(2);
    });
  });

  it("runs without `done` until its time has come", async () => {
    await withVertex(async (vertex) => {
      const name = await operationOf(await vertex.submit());
      vertex.pass(clipMilliseconds - 1);
      expect(await (await vertex.poll(name)).json()).toEqual({ name });
      vertex.pass(1);
      expect(await vertex.read(name)).toMatchObject({ name, done: true, response: { raiMediaFilteredCount: 0 } });
    });
  });

  it("is only found by the model's own method and by its whole name", async () => {
    await withVertex(async (vertex) => {
      const name = await operationOf(await vertex.submit());
      expect((await vertex.ask(`/vertex/v1/${name}`, { headers: bearer })).status).toBe(404);
      expect((await vertex.poll(name.replace(/\w+$/, "none"))).status).toBe(404);
      expect((await vertex.poll(name.replace("projects/sandbox", "projects/other"))).status).toBe(404);
      const other = vertexPath("fetchPredictOperation", "veo-3.1-generate-001");
      expect((await vertex.post(other, { operationName: name })).status).toBe(404);
      const empty = await readError(await vertex.post(vertexPath("fetchPredictOperation"), {}));
      expect(empty).toMatchObject({ http: 400, status: "INVALID_ARGUMENT" });
    });
  });

  it.each([
    ["filtered_prompt", /^The prompt .*Support codes: \d+$/],
    ["filtered_output", /^Veo could not generate 1 videos .*Support codes: \d+$/],
    ["filtered_audio", /audio.*Support codes: \d+$/],
  ])("that was filtered has no videos and no error: %s", async (fault, reason) => {
    await withVertex(async (vertex) => {
      await vertex.control("faults", [{ call: "submit", fault }]);
      const name = await operationOf(await vertex.submit());
      vertex.pass(clipMilliseconds);
      const { error, response } = await vertex.read(name);
      expect(error).toBeUndefined();
      expect(response).toEqual({
        raiMediaFilteredCount: 1,
        raiMediaFilteredReasons: [expect.stringMatching(reason)],
      });
    });
  });

  it("that failed has the number of google.rpc, and one that has nothing says nothing", async () => {
    await withVertex(async (vertex) => {
      await vertex.control("faults", [
        { call: "submit", fault: "operation_error", prompt_contains: "one" },
        { call: "poll", fault: "no_samples", prompt_contains: "two" },
      ]);
      const [first, second] = [
        await vertex.submit({ prompt: "Shot one." }),
        await vertex.submit({ prompt: "Shot two." }),
      ];
      const names = [await operationOf(first), await operationOf(second)] as const;
      vertex.pass(clipMilliseconds);
      expect(await vertex.read(names[0])).toMatchObject({ done: true, error: { code: 13 } });
      expect((await vertex.read(names[1])).response).toEqual({ raiMediaFilteredCount: 0 });
    });
  });

  it("can have the clip inside although a place was named for it, or name another place", async () => {
    await withVertex(async (vertex) => {
      await vertex.control("faults", [{ call: "poll", fault: "inline_video" }, { call: "poll", fault: "foreign_uri" }]);
      const name = await operationOf(await vertex.submit());
      vertex.pass(clipMilliseconds);
      expect((await vertex.read(name)).response?.videos?.[0]?.bytesBase64Encoded).toBeDefined();
      const elsewhere = (await vertex.read(name)).response?.videos?.[0]?.gcsUri ?? "";
      expect(elsewhere).toMatch(/^gs:\/\/elsewhere\//);
      expect((await vertex.download(elsewhere)).status).toBe(404);
    });
  });

  it("waits with faults that only an interaction can have", async () => {
    await withVertex(async (vertex) => {
      await vertex.control("faults", [{ call: "poll", fault: "incomplete" }]);
      expect(await vertex.finish(await vertex.submit())).toMatch(/^gs:/);
      expect(await (await vertex.ask("/control/faults")).json()).toMatchObject([{ fault: "incomplete" }]);
    });
  });

  it("shares the limit of clips at once with the other dialects", async () => {
    await withVertex(async (vertex) => {
      await vertex.control("limits", { concurrent_clips: 1 });
      expect((await vertex.submit()).status).toBe(200);
      expect(await readError(await vertex.submit())).toMatchObject({ http: 429, status: "RESOURCE_EXHAUSTED" });
    });
  });

  it("is in the ledger with what was asked for", async () => {
    await withVertex(async (vertex) => {
      await vertex.submit({}, { seed: 7 });
      expect(await vertex.ledger()).toMatchObject({
        accepted_submits: 1,
        calls: [{
          call: "submit",
          detail: {
            prompt: "A ring turns in soft light.",
            parameters: { seed: 7, storageUri: "gs://sandbox/veo" },
            images: [{ mime_type: "image/jpeg", width: 1920, height: 1080 }],
          },
        }],
      });
    });
  });
});

describe("a download from Cloud Storage in the sandbox", () => {
  it("can break, redirect within the host, and needs a token", async () => {
    await withVertex(async (vertex) => {
      const uri = await vertex.finish(await vertex.submit());
      await vertex.control("faults", [
        { call: "download", fault: "truncated_download" },
        { call: "download", fault: "redirected_download" },
      ]);
      await expect((await vertex.download(uri)).bytes()).rejects.toThrow();
      const redirect = await vertex.download(uri);
      expect(redirect.status).toBe(302);
      const whole = await vertex.ask(redirect.headers.get("location") ?? "", { headers: bearer });
      expect(await sizeOf(await whole.bytes())).toEqual([1280, 720, 8]);
      expect((await vertex.ask(`${objectPath(uri)}?alt=media`, { headers: {} })).status).toBe(401);
    });
  });

  it("does not find what was never put there", async () => {
    await withVertex(async (vertex) => {
      const response = await vertex.download("gs://sandbox/veo/none/sample_0.mp4");
      expect(await readError(response)).toMatchObject({ http: 404, message: expect.stringMatching(/^No such object/) });
    });
  });

  it("finds a clip for as long as nobody removes it", async () => {
    await withVertex(async (vertex) => {
      const uri = await vertex.finish(await vertex.submit());
      vertex.pass(30 * 24 * 60 * 60 * 1_000);
      expect((await vertex.download(uri)).status).toBe(200);
    });
  });
});

describe("a video inside an answer", () => {
  it("is base64 of the whole file whatever its length, followed by a box that players skip", async () => {
    for (const [length, free] of [[10, 0], [49_152, 8], [49_150, 9], [49_150, 100_000], [200_001, 49_152]] as const) {
      const clip = crypto.getRandomValues(new Uint8Array(Math.min(length, 60_000)));
      const video = new InlineVideo(clip, free);
      const answer = await jsonWithVideos({ before: 1, video, after: [2] }, [video]).json<{ video: string }>();
      expect(answer).toMatchObject({ before: 1, after: [2] });
      const bytes = Uint8Array.fromBase64(answer.video);
      expect(bytes.byteLength).toBe(clip.byteLength + free);
      expect(bytes.slice(0, clip.byteLength)).toEqual(clip);
      if (free === 0) continue;
      const box = new DataView(bytes.buffer, clip.byteLength);
      expect([box.getUint32(0), box.getUint32(4)]).toEqual([free, 0x66726565]);
      expect(bytes.slice(clip.byteLength + 8).every((byte) => byte === 0)).toBe(true);
    }
  });
});
