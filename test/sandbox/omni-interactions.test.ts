import { ALL_FORMATS, BufferSource, Input } from "mediabunny";
import { describe, expect, it } from "vitest";
import { fileIdOf } from "../../src/sandbox/extension-rules.ts";
import { interactionsPath, readError } from "../support/sandbox-requests.ts";
import { idOf, type OmniClient, processingMilliseconds, withOmni } from "./omni-client.ts";
import { clipMilliseconds } from "./veo-client.ts";

const day = 24 * 60 * 60 * 1_000;

async function sizeOf(clip: Uint8Array) {
  const video = await new Input({ source: new BufferSource(clip), formats: ALL_FORMATS }).getPrimaryVideoTrack();
  return [video?.displayWidth, video?.displayHeight, await video?.computeDuration()];
}

async function stateOf(omni: OmniClient, uri: string): Promise<unknown> {
  return (await (await omni.ask(`/gemini/v1beta/files/${fileIdOf(uri)}`)).json<{ state: string }>()).state;
}

describe("an interaction in the sandbox", () => {
  it.each([
    ["7s", "16:9", "720p", [1280, 720, 7]],
    ["3s", "9:16", "1080p", [1080, 1920, 3]],
    ["10s", "9:16", "720p", [720, 1280, 10]],
  ])(
    "ends with a clip of %s in %s and %s, once its file is processed",
    async (duration, aspect_ratio, resolution, size) => {
      await withOmni(async (omni) => {
        const { status, output, usage, steps } = await omni.finishInteraction(
          await omni.create({}, { duration, aspect_ratio, resolution }),
        );
        expect(status).toBe("completed");
        expect(steps?.map(({ type }) => type)).toEqual(["user_input", "thought", "model_output"]);
        expect(usage?.output_tokens_by_modality).toMatchObject([{ modality: "video" }]);
        expect(output).toMatchObject({
          type: "video",
          uri: expect.stringMatching(/\/files\/\w+:download\?alt=media$/),
        });
        const uri = output?.uri ?? "";
        expect(await stateOf(omni, uri)).toBe("PROCESSING");
        expect(await readError(await omni.ask(uri))).toMatchObject({ http: 400, status: "FAILED_PRECONDITION" });
        omni.pass(processingMilliseconds);
        expect(await stateOf(omni, uri)).toBe("ACTIVE");
        expect(await sizeOf(await (await omni.ask(uri)).bytes())).toEqual(size);
        omni.pass(2 * day);
        expect((await omni.ask(uri)).status).toBe(404);
      });
    },
  );

  it("runs until its time has come", async () => {
    await withOmni(async (omni) => {
      const id = await idOf(await omni.create());
      omni.pass(clipMilliseconds - 1);
      const { status, steps } = await omni.read(id);
      expect([status, steps]).toEqual(["in_progress", undefined]);
      omni.pass(1);
      expect((await omni.read(id)).status).toBe("completed");
    });
  });

  it("has the clip inside when that was asked for", async () => {
    await withOmni(async (omni) => {
      const { output } = await omni.finishInteraction(await omni.create({}, { delivery: "inline" }));
      expect(output?.uri).toBeUndefined();
      expect(await sizeOf(Uint8Array.fromBase64(output?.data ?? ""))).toEqual([1280, 720, 8]);
    });
  });

  it.each(["filtered_prompt", "filtered_output", "filtered_audio"])(
    "that was filtered is completed with a text and without an error: %s",
    async (fault) => {
      await withOmni(async (omni) => {
        await omni.control("faults", [{ call: "submit", fault }]);
        const { status, output, errors, usage } = await omni.finishInteraction(await omni.create());
        expect([status, output?.type, errors]).toEqual(["completed", "text", undefined]);
        expect(usage?.output_tokens_by_modality.map(({ modality }) => modality)).toEqual(["text"]);
      });
    },
  );

  it.each([
    ["operation_error", "failed"],
    ["no_samples", "completed"],
    ["incomplete", "incomplete"],
    ["budget_exceeded", "budget_exceeded"],
    ["still_running", "in_progress"],
  ])("can end otherwise: %s", async (fault, expected) => {
    await withOmni(async (omni) => {
      await omni.control("faults", [{ call: "poll", fault }]);
      const { status, output, errors, id } = await omni.finishInteraction(await omni.create());
      expect([status, output]).toEqual([expected, undefined]);
      expect(errors?.length ?? 0).toBe(fault === "operation_error" ? 1 : 0);
      expect((await omni.read(id)).status).toBe("completed");
    });
  });

  it("can have the clip inside although its address was asked for, also much longer, or name another host", async () => {
    await withOmni(async (omni) => {
      await omni.control("faults", [
        ...["inline_video", "large_inline_video", "foreign_uri"].map((fault) => ({ call: "poll", fault })),
      ]);
      const { output, id } = await omni.finishInteraction(await omni.create());
      expect(await sizeOf(Uint8Array.fromBase64(output?.data ?? ""))).toEqual([1280, 720, 8]);
      const large = await omni.ask(`${interactionsPath}/${id}`);
      let characters = 0;
      for await (const piece of large.body ?? []) characters += piece.byteLength;
      expect(characters).toBeGreaterThan(48 * 1024 * 1024 * 4 / 3);
      expect((await omni.read(id)).steps?.at(-1)?.content?.[0]?.uri).toMatch(/^https:\/\/elsewhere\.invalid\//);
    });
  });

  it("can have a file that stays in processing, fails, or breaks", async () => {
    await withOmni(async (omni) => {
      const { output } = await omni.finishInteraction(await omni.create());
      omni.pass(processingMilliseconds);
      const uri = output?.uri ?? "";
      await omni.control("faults", [
        { call: "file_status", fault: "still_processing" },
        { call: "file_status", fault: "file_failed" },
        { call: "download", fault: "clip_processing" },
        { call: "download", fault: "redirected_download" },
      ]);
      expect([await stateOf(omni, uri), await stateOf(omni, uri)]).toEqual(["PROCESSING", "FAILED"]);
      expect((await omni.ask(uri)).status).toBe(400);
      const redirect = await omni.ask(uri);
      expect((await omni.ask(redirect.headers.get("location") ?? "")).status).toBe(200);
    });
  });

  it("shares the limit of clips at once with the other dialects", async () => {
    await withOmni(async (omni) => {
      await omni.control("limits", { concurrent_clips: 1 });
      expect((await omni.submit()).status).toBe(200);
      expect(await readError(await omni.create())).toMatchObject({ http: 429, status: "RESOURCE_EXHAUSTED" });
      omni.pass(clipMilliseconds);
      expect((await omni.create()).status).toBe(200);
    });
  });

  it("is not extended by Veo", async () => {
    await withOmni(async (omni) => {
      const { output } = await omni.finishInteraction(await omni.create());
      const error = await readError(await omni.extend(output?.uri ?? ""));
      expect(error).toMatchObject({ http: 400, message: expect.stringContaining("generated by Veo") });
    });
  });
});

describe("ending an interaction in the sandbox", () => {
  it("cancels one in progress, which lets the next one in", async () => {
    await withOmni(async (omni) => {
      await omni.control("limits", { concurrent_clips: 1 });
      const id = await idOf(await omni.create());
      expect(await (await omni.cancel(id)).json()).toMatchObject({ id, status: "cancelled" });
      expect((await omni.create()).status).toBe(200);
      omni.pass(clipMilliseconds);
      expect((await omni.read(id)).status).toBe("cancelled");
      expect(await readError(await omni.cancel(id))).toMatchObject({ http: 400, code: "invalid_request" });
    });
  });

  it("does not cancel one that has ended", async () => {
    await withOmni(async (omni) => {
      const { id } = await omni.finishInteraction(await omni.create());
      expect((await omni.cancel(id)).status).toBe(400);
      expect((await omni.read(id)).status).toBe("completed");
    });
  });

  it("deletes what is known by its id, and its file apart from it", async () => {
    await withOmni(async (omni) => {
      const { id, output } = await omni.finishInteraction(await omni.create());
      omni.pass(processingMilliseconds);
      expect((await omni.forget(id)).status).toBe(200);
      const uri = output?.uri ?? "";
      expect((await omni.ask(uri)).status).toBe(200);
      const path = `/gemini/v1beta/files/${fileIdOf(uri)}`;
      expect((await omni.ask(path, { method: "DELETE" })).status).toBe(200);
      expect((await omni.ask(uri)).status).toBe(404);
      expect((await omni.ask(path, { method: "DELETE" })).status).toBe(404);
      for (
        const response of [await omni.forget(id), await omni.cancel(id), await omni.ask(`${interactionsPath}/${id}`)]
      ) {
        expect(await readError(response)).toMatchObject({ http: 400, message: "Invalid interaction name" });
      }
    });
  });

  it("can fail, as any call can", async () => {
    await withOmni(async (omni) => {
      await omni.control("faults", [
        { call: "cancel", fault: "status_503" },
        { call: "cancel", fault: "reset_after" },
        { call: "forget", fault: "status_500" },
      ]);
      const id = await idOf(await omni.create());
      expect((await omni.cancel(id)).status).toBe(503);
      await expect(omni.cancel(id)).rejects.toThrow();
      expect((await omni.read(id)).status).toBe("cancelled");
      expect((await omni.forget(id)).status).toBe(500);
      expect((await omni.ledger()).calls.map(({ call, accepted }) => [call, accepted])).toEqual([
        ["submit", true],
        ["cancel", false],
        ["cancel", true],
        ["poll", true],
        ["forget", false],
      ]);
    });
  });
});
