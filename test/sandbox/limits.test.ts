import { describe, expect, it } from "vitest";
import { readError } from "../support/sandbox-requests.ts";
import { clipMilliseconds, withVeo } from "./veo-client.ts";

describe("a limit of clips at once", () => {
  it("lets the next one in when one has ended, and says until then when to come again", async () => {
    await withVeo(async (veo) => {
      await veo.control("limits", { concurrent_clips: 2 });
      expect((await veo.submit()).status).toBe(200);
      veo.pass(1_000);
      expect((await veo.submit()).status).toBe(200);
      const error = await readError(await veo.submit());
      expect(error).toMatchObject({ http: 429, status: "RESOURCE_EXHAUSTED" });
      expect(error.details?.at(-1)).toEqual({ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "3s" });
      veo.pass(clipMilliseconds - 1_001);
      expect((await veo.submit()).status).toBe(429);
      veo.pass(1);
      expect((await veo.submit()).status).toBe(200);
      expect((await veo.submit()).status).toBe(429);
      expect(await veo.ledger()).toMatchObject({ accepted_submits: 3 });
    });
  });

  it("holds for extensions too", async () => {
    await withVeo(async (veo) => {
      const uri = await veo.finish(await veo.submit());
      await veo.control("limits", { concurrent_clips: 1 });
      expect((await veo.extend(uri)).status).toBe(200);
      expect((await veo.extend(uri)).status).toBe(429);
    });
  });

  it("is none until it is set, when it is taken away, and after a reset", async () => {
    await withVeo(async (veo) => {
      const read = async () => await (await veo.ask("/control/limits")).json();
      expect(await read()).toEqual({ concurrent_clips: null });
      await veo.control("limits", { concurrent_clips: 0 });
      expect(await read()).toEqual({ concurrent_clips: 0 });
      expect((await veo.submit()).status).toBe(429);
      await veo.control("limits", { concurrent_clips: null });
      expect((await veo.submit()).status).toBe(200);
      await veo.control("limits", { concurrent_clips: 1 });
      await veo.ask("/control", { method: "DELETE" });
      expect(await read()).toEqual({ concurrent_clips: null });
    });
  });

  it.each([[{ concurrent_clips: -1 }], [{ concurrent_clips: 1.5 }], [{ clips: 3 }]])("cannot be %j", async (limits) => {
    await withVeo(async (veo) => {
      expect((await veo.post("/control/limits", limits)).status).toBe(400);
    });
  });
});
