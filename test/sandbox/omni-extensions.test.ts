import { ALL_FORMATS, BufferSource, Input } from "mediabunny";
import { describe, expect, it } from "vitest";
import { imagePart, longOmniModel, readError } from "../support/sandbox-requests.ts";
import { idOf, type OmniClient, processingMilliseconds, withOmni } from "./omni-client.ts";
import { clipMilliseconds } from "./veo-client.ts";

async function make(omni: OmniClient, parts: object = {}, format: object = {}): Promise<string> {
  return (await omni.finishInteraction(await omni.create(parts, format))).id;
}

async function secondsOf(omni: OmniClient, id: string): Promise<number | undefined> {
  omni.pass(processingMilliseconds);
  const uri = (await omni.read(id)).steps?.at(-1)?.content?.[0]?.uri ?? "";
  const source = new BufferSource(await (await omni.ask(uri)).bytes());
  return await (await new Input({ source, formats: ALL_FORMATS }).getPrimaryVideoTrack())?.computeDuration();
}

describe("an extension by Omni in the sandbox", () => {
  it.each([
    ["up to 40 s", {}, [10, 20, 27, 30, 40]],
    ["of 1.2 up to 30 s", { model: longOmniModel }, [15, 25, 30]],
  ])("is one file of old and new, %s", async (_, parts, [first = 0, ...lengths]) => {
    await withOmni(async (omni) => {
      let id = await make(omni, parts, { duration: `${first}s` });
      let before = first;
      for (const seconds of lengths) {
        const more = omni.extendInteraction(id, `${seconds - before}s`, parts);
        id = (await omni.finishInteraction(await more)).id;
        expect(await secondsOf(omni, id)).toBe(seconds);
        before = seconds;
      }
      const error = await readError(await omni.extendInteraction(id, "3s", parts));
      expect(error).toMatchObject({ http: 400, message: expect.stringContaining(`would be: ${before + 3} seconds`) });
    });
  });

  it("keeps the ratio, and can have another resolution", async () => {
    await withOmni(async (omni) => {
      const id = await make(omni, {}, { aspect_ratio: "9:16", duration: "3s" });
      const more = await omni.extendInteraction(id, "5s", {}, { resolution: "1080p" });
      const longer = (await omni.finishInteraction(more)).id;
      expect(await secondsOf(omni, longer)).toBe(8);
      expect(await (await omni.ask("/control/operations")).json()).toMatchObject([
        { aspect_ratio: "9:16", resolution: "720p" },
        { aspect_ratio: "9:16", resolution: "1080p" },
      ]);
    });
  });

  it("waits for what it extends", async () => {
    await withOmni(async (omni) => {
      const id = await idOf(await omni.create());
      const early = await readError(await omni.extendInteraction(id, "3s"));
      expect(early).toMatchObject({ http: 400, message: expect.stringContaining("in progress") });
      omni.pass(clipMilliseconds);
      expect((await omni.extendInteraction(id, "3s")).status).toBe(200);
    });
  });

  it.each([
    ["with pictures", "3s", { input: [{ type: "text", text: "On." }, imagePart()] }, {}, "Images are not supported"],
    ["by two seconds", "2s", {}, {}, "from 3s to the maximum allowed 10s"],
    ["by eleven seconds", "11s", { model: longOmniModel }, {}, "from 3s to the maximum allowed 10s"],
    ["with a ratio, even its own", "3s", {}, { aspect_ratio: "16:9" }, "Aspect ratio cannot be set"],
    ["with a task", "3s", { generation_config: { video_config: { task: "extend" } } }, {}, "when video task is set"],
    ["of what never was", "3s", { previous_interaction_id: "v1_none" }, {}, "Invalid interaction name"],
  ])("is refused %s", async (_, duration, parts, format, words) => {
    await withOmni(async (omni) => {
      const error = await readError(await omni.extendInteraction(await make(omni), duration, parts, format));
      expect(error).toMatchObject({ http: 400, code: "invalid_request", message: expect.stringContaining(words) });
    });
  });

  it("is refused of what has no video: filtered, cancelled, deleted", async () => {
    await withOmni(async (omni) => {
      await omni.control("faults", [{ call: "submit", fault: "filtered_output" }]);
      const filtered = await make(omni);
      const cancelled = await idOf(await omni.create());
      await omni.cancel(cancelled);
      const deleted = await make(omni);
      await omni.forget(deleted);
      for (const [id, words] of [[filtered, "no video"], [cancelled, "no video"], [deleted, "Invalid"]] as const) {
        const error = await readError(await omni.extendInteraction(id, "3s"));
        expect(error).toMatchObject({ http: 400, message: expect.stringContaining(words) });
      }
    });
  });

  it("is in the ledger with what it extends", async () => {
    await withOmni(async (omni) => {
      const id = await make(omni);
      await omni.extendInteraction(id, "4s");
      expect((await omni.ledger()).calls.at(-1)).toMatchObject({
        call: "submit",
        detail: { extends: id, prompt: "The ring goes on turning.", parameters: { duration: 4 } },
      });
    });
  });
});
