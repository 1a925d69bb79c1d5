import { ALL_FORMATS, BufferSource, Input } from "mediabunny";
import { describe, expect, it } from "vitest";
import { fileIdOf, findExtensionProblem } from "../../src/sandbox/extension-rules.ts";
import { jpeg } from "../support/pictures.ts";
import { liteModel, readError, reference } from "../support/sandbox-requests.ts";
import { type VeoClient, withVeo } from "./veo-client.ts";

const day = 24 * 60 * 60 * 1_000;
const image = { bytesBase64Encoded: jpeg({ width: 64, height: 48 }).toBase64(), mimeType: "image/jpeg" };

/** A clip in a ratio, made with references. @returns its address */
async function makeClip(veo: VeoClient, parameters: object = {}): Promise<string> {
  return await veo.finish(await veo.submit({}, parameters));
}

async function uploadFile(veo: VeoClient): Promise<string> {
  const start = await veo.ask("/gemini/upload/v1beta/files", {
    method: "POST",
    headers: {
      "x-goog-api-key": "key",
      "x-goog-upload-protocol": "resumable",
      "x-goog-upload-command": "start",
      "x-goog-upload-header-content-length": "4",
      "x-goog-upload-header-content-type": "video/mp4",
    },
    body: "{}",
  });
  const upload = start.headers.get("x-goog-upload-url") ?? "";
  const headers = { "x-goog-upload-command": "upload, finalize", "x-goog-upload-offset": "0" };
  const sent = await veo.ask(upload, { method: "POST", headers, body: "four" });
  return (await sent.json<{ file: { uri: string } }>()).file.uri;
}

describe("an extension in the sandbox", () => {
  it.each([["16:9", 1280, 720], ["9:16", 720, 1280]])(
    "in %s is one file with seven seconds more, up to 64 s",
    async (aspectRatio, width, height) => {
      await withVeo(async (veo) => {
        let uri = await makeClip(veo, { aspectRatio });
        for (const seconds of [15, 22, 29, 36, 43, 50, 57, 64]) {
          uri = await veo.finish(await veo.extend(uri, { aspectRatio }));
          const bytes = await (await veo.ask(uri)).bytes();
          const video = await new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS })
            .getPrimaryVideoTrack();
          expect([video?.displayWidth, video?.displayHeight]).toEqual([width, height]);
          expect(await video?.computeDuration()).toBe(seconds);
        }
        const beyond = await readError(await veo.extend(uri, { aspectRatio }));
        expect(beyond).toMatchObject({ http: 501, status: "UNIMPLEMENTED" });
        expect(await veo.ledger()).toMatchObject({ accepted_submits: 9 });
      });
    },
  );

  it("leaves the video that it extends as it was, to be extended otherwise", async () => {
    await withVeo(async (veo) => {
      const uri = await makeClip(veo);
      const before = await (await veo.ask(uri)).bytes();
      const first = await veo.finish(await veo.extend(uri));
      const second = await veo.finish(await veo.extend(uri));
      expect(second).not.toBe(first);
      expect(await (await veo.ask(uri)).bytes()).toEqual(before);
    });
  });

  it("knows the video by its name, whatever host the address names", async () => {
    await withVeo(async (veo) => {
      const { pathname, search } = new URL(await makeClip(veo));
      const uri = `https://generativelanguage.googleapis.com${pathname.replace("/gemini", "")}${search}`;
      expect((await veo.extend(uri)).status).toBe(200);
    });
  });

  it("may say that everybody can be in it, and nothing else", async () => {
    await withVeo(async (veo) => {
      const uri = await makeClip(veo);
      expect((await veo.extend(uri, { personGeneration: "allow_all" })).status).toBe(200);
      const error = await readError(await veo.extend(uri, { personGeneration: "allow_adult" }));
      expect(error).toMatchObject({ http: 400, status: "INVALID_ARGUMENT" });
    });
  });

  it("is in the ledger with the file that it extends", async () => {
    await withVeo(async (veo) => {
      const uri = await makeClip(veo);
      await veo.extend(uri, {}, { prompt: "The ring goes on turning." });
      const { calls } = await veo.ledger();
      expect(calls[0]?.detail).not.toHaveProperty("extends");
      expect(calls.at(-1)).toMatchObject({
        call: "submit",
        accepted: true,
        detail: { extends: fileIdOf(uri), prompt: "The ring goes on turning.", parameters: { resolution: "720p" } },
      });
    });
  });

  it.each([
    ["in another ratio", { aspectRatio: "9:16" }, {}, "Aspect ratio of the input video must be 9:16, but got: 16:9"],
    ["in 1080p", { resolution: "1080p" }, {}, "720p"],
    ["of six seconds", { durationSeconds: 6 }, {}, "must be 8"],
    ["with references", {}, { referenceImages: [reference()] }, "cannot be combined"],
    ["with a first frame", {}, { image }, "cannot be combined"],
    ["with a first and a last frame", {}, { image, lastFrame: image }, "cannot be combined"],
    ["without a prompt", {}, { prompt: undefined }, "prompt is required"],
  ])("is refused %s", async (_, parameters, instance, words) => {
    await withVeo(async (veo) => {
      const error = await readError(await veo.extend(await makeClip(veo), parameters, instance));
      expect(error).toMatchObject({ http: 400, status: "INVALID_ARGUMENT" });
      expect(error.message).toContain(words);
      expect(await veo.ledger()).toMatchObject({ accepted_submits: 1 });
    });
  });

  it("is refused in another ratio also when none is named", async () => {
    await withVeo(async (veo) => {
      const uri = await makeClip(veo, { aspectRatio: "9:16" });
      const error = await readError(await veo.extend(uri, { aspectRatio: undefined }));
      expect(error.message).toBe("Aspect ratio of the input video must be 16:9, but got: 9:16");
    });
  });

  it("is refused of a video in 1080p", async () => {
    await withVeo(async (veo) => {
      const error = await readError(await veo.extend(await makeClip(veo, { resolution: "1080p" })));
      expect(error).toMatchObject({ http: 400, status: "INVALID_ARGUMENT" });
    });
  });

  it("is refused by the lite model", async () => {
    await withVeo(async (veo) => {
      const uri = await makeClip(veo);
      const submitted = await veo.submit({ referenceImages: undefined, video: { uri } }, {}, liteModel);
      expect(await readError(submitted)).toMatchObject({ http: 400, status: "INVALID_ARGUMENT" });
    });
  });

  it("is refused of a file that Veo did not make, and of an address that names no file", async () => {
    await withVeo(async (veo) => {
      const uploaded = await readError(await veo.extend(await uploadFile(veo)));
      expect(uploaded).toMatchObject({ http: 400, status: "INVALID_ARGUMENT" });
      expect(uploaded.message).toContain("generated by Veo");
      const elsewhere = await readError(await veo.extend("https://example.com/clip.mp4"));
      expect(elsewhere).toMatchObject({ http: 400, status: "INVALID_ARGUMENT" });
    });
  });

  it("does not find a video that never was", async () => {
    await withVeo(async (veo) => {
      const unknown = await readError(await veo.extend("https://x.invalid/v1beta/files/none:download?alt=media"));
      expect(unknown).toMatchObject({ http: 404, status: "NOT_FOUND" });
    });
  });

  it("does not find a video after two days, which begin anew when it is extended", async () => {
    await withVeo(async (veo) => {
      const uri = await makeClip(veo);
      veo.pass(2 * day - 1);
      expect((await veo.extend(uri)).status).toBe(200);
      veo.pass(2 * day - 1);
      expect((await veo.ask(uri)).status).toBe(200);
      veo.pass(1);
      expect((await veo.ask(uri)).status).toBe(404);
      expect(await readError(await veo.extend(uri))).toMatchObject({ http: 404, status: "NOT_FOUND" });
    });
  });

  it("that is refused does not keep the video longer", async () => {
    await withVeo(async (veo) => {
      const uri = await makeClip(veo);
      veo.pass(2 * day - 1);
      await veo.extend(uri, { aspectRatio: "9:16" });
      veo.pass(1);
      expect((await veo.ask(uri)).status).toBe(404);
    });
  });
});

describe("Veo's limits of extension", () => {
  const video = { aspect_ratio: "16:9", resolution: "720p", seconds: 141, extensions: 19 };

  it.each([
    ["takes 141 s, extended 19 times", {}, null],
    ["refuses more than 141 s", { seconds: 142 }, "142 seconds"],
    ["refuses what was extended 20 times", { seconds: 144, extensions: 20 }, "20 times"],
  ])("%s", (_, difference, words) => {
    const problem = findExtensionProblem({ ...video, ...difference }, "16:9");
    if (words === null) expect(problem).toBeNull();
    else expect(problem).toContain(words);
  });

  it.each([
    ["https://generativelanguage.googleapis.com/v1beta/files/abc123:download?alt=media", "abc123"],
    ["http://localhost:8787/sandbox/gemini/v1beta/files/abc123", "abc123"],
    ["https://x.invalid/f", null],
    ["files/", null],
  ])("finds the file's name in %s", (uri, id) => {
    expect(fileIdOf(uri)).toBe(id);
  });
});
