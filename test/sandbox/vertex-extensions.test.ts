import { ALL_FORMATS, BufferSource, Input } from "mediabunny";
import { describe, expect, it } from "vitest";
import { clipBytes } from "../../src/sandbox/clips.ts";
import { jpeg } from "../support/pictures.ts";
import { readError, reference, vertexLiteModel } from "../support/sandbox-requests.ts";
import { mp4 } from "../support/movies.ts";
import { type VertexClient, withVertex } from "./vertex-client.ts";

const image = { bytesBase64Encoded: jpeg({ width: 64, height: 48 }).toBase64(), mimeType: "image/jpeg" };

function inside(seconds: number, aspect_ratio = "16:9"): object {
  return { bytesBase64Encoded: clipBytes({ aspect_ratio, resolution: "720p", seconds }).toBase64() };
}

async function secondsAt(vertex: VertexClient, uri: string): Promise<number | undefined> {
  const source = new BufferSource(await (await vertex.download(uri)).bytes());
  return await (await new Input({ source, formats: ALL_FORMATS }).getPrimaryVideoTrack())?.computeDuration();
}

describe("an extension on Vertex AI in the sandbox", () => {
  it("adds seven seconds to what is in Cloud Storage, up to 36 s of whole extensions", async () => {
    await withVertex(async (vertex) => {
      let gcsUri = await vertex.finish(await vertex.submit());
      for (const seconds of [15, 22, 29, 36]) {
        gcsUri = await vertex.finish(await vertex.extendVideo({ gcsUri }));
        expect(await secondsAt(vertex, gcsUri)).toBe(seconds);
      }
      const beyond = await readError(await vertex.extendVideo({ gcsUri }));
      expect(beyond).toMatchObject({ http: 400, message: expect.stringContaining("36 seconds long") });
    });
  });

  it.each([[1, "16:9"], [13, "9:16"], [30, "16:9"]])("takes any MP4 of %i s in %s", async (seconds, aspectRatio) => {
    await withVertex(async (vertex) => {
      const uri = await vertex.finish(await vertex.extendVideo(inside(seconds, aspectRatio), { aspectRatio }));
      expect(await secondsAt(vertex, uri)).toBe(seconds + 7);
    });
  });

  it("takes an MP4 that it did not make, its index in front or at the end", async () => {
    await withVertex(async (vertex) => {
      for (const index of ["front", "end"] as const) {
        const movie = await mp4({ width: 640, height: 360, seconds: 5 }, index);
        const uri = await vertex.finish(await vertex.extendVideo({ bytesBase64Encoded: movie.toBase64() }));
        expect(await secondsAt(vertex, uri)).toBe(12);
      }
    });
  });

  it("is taken by the lite model too", async () => {
    await withVertex(async (vertex) => {
      const instance = { referenceImages: undefined, video: { mimeType: "video/mp4", ...inside(8) } };
      expect((await vertex.submit(instance, { durationSeconds: 7 }, vertexLiteModel)).status).toBe(200);
    });
  });

  it.each([
    ["of 31 s", inside(31), {}, {}, "31 seconds long"],
    ["in another ratio", inside(8), { aspectRatio: "9:16" }, {}, "must be 9:16, but got: 16:9"],
    ["in 1080p", inside(8), { resolution: "1080p" }, {}, "1080p"],
    ["by eight seconds", inside(8), { durationSeconds: 8 }, {}, "[7] for feature video_extension"],
    ["with references", inside(8), {}, { referenceImages: [reference()] }, "cannot be combined"],
    ["with a first frame", inside(8), {}, { image }, "cannot be combined"],
    ["without a prompt", inside(8), {}, { prompt: undefined }, "prompt is required"],
    ["of no video", { bytesBase64Encoded: image.bytesBase64Encoded }, {}, {}, "Unable to process"],
    ["of another kind of file", { ...inside(8), mimeType: "video/webm" }, {}, {}, "mime type"],
    ["of what is not in Cloud Storage", { gcsUri: "gs://sandbox/veo/none/sample_0.mp4" }, {}, {}, "cannot be read"],
    ["of nothing", {}, {}, {}, "Exactly one"],
    ["by the Gemini API's address", { uri: "https://x.invalid/v1beta/files/abc" }, {}, {}, 'Unknown name "uri"'],
  ])("is refused %s", async (_, video, parameters, instance, words) => {
    await withVertex(async (vertex) => {
      const error = await readError(await vertex.extendVideo(video, parameters, instance));
      expect(error).toMatchObject({ http: 400, status: "INVALID_ARGUMENT" });
      expect(error.message).toContain(words);
      expect(await vertex.ledger()).toMatchObject({ accepted_submits: 0 });
    });
  });

  it("is in the ledger with the video that it extends", async () => {
    await withVertex(async (vertex) => {
      const gcsUri = await vertex.finish(await vertex.submit());
      await vertex.extendVideo({ gcsUri });
      await vertex.extendVideo(inside(9));
      const details = (await vertex.ledger()).calls.filter(({ call }) => call === "submit").map(({ detail }) => detail);
      expect(details).toMatchObject([{}, { extends: gcsUri }, { extends: { mime_type: "video/mp4", seconds: 9 } }]);
    });
  });
});
