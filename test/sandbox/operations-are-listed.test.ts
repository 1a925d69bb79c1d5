import { describe, expect, it } from "vitest";
import { z } from "zod";
import { clipMilliseconds, withVeo } from "./veo-client.ts";

const operationsSchema = z.array(z.object({
  prompt: z.string(),
  ending: z.string().nullable(),
  extensions: z.number(),
  seconds: z.number(),
  done_at: z.number(),
}));

describe("the list of accepted clips", () => {
  it("has each with its prompt, and how it ends", async () => {
    await withVeo(async (veo) => {
      await veo.control("faults", [{ call: "submit", fault: "filtered_output", prompt_contains: "two" }]);
      await veo.submit({ prompt: "Shot one." });
      veo.pass(1);
      await veo.submit({ prompt: "Shot two." });
      expect(await listed(await veo.ask("/control/operations"))).toEqual([
        expect.objectContaining({ prompt: "Shot one.", ending: null, extensions: 0, seconds: 8 }),
        expect.objectContaining({ prompt: "Shot two.", ending: "filtered_output" }),
      ]);
    });
  });

  it("has one whose answer never arrived, and none that was refused", async () => {
    await withVeo(async (veo) => {
      await veo.control("faults", [{ call: "submit", fault: "reset_after" }, { call: "submit", fault: "status_503" }]);
      await veo.submit({ prompt: "Accepted." }).catch(() => null);
      await veo.submit({ prompt: "Refused." });
      expect(await listed(await veo.ask("/control/operations"))).toEqual([
        expect.objectContaining({ prompt: "Accepted." }),
      ]);
    });
  });

  it("says of an extension how often the video was extended, and how long it is then", async () => {
    await withVeo(async (veo) => {
      const uri = await veo.finish(await veo.submit());
      await veo.extend(uri, {}, { prompt: "It goes on." });
      expect(await listed(await veo.ask("/control/operations"))).toEqual([
        expect.objectContaining({ extensions: 0, seconds: 8 }),
        expect.objectContaining({ prompt: "It goes on.", extensions: 1, seconds: 15 }),
      ]);
    });
  });

  it("says when each is done, milliseconds since 1970, in that order", async () => {
    await withVeo(async (veo) => {
      await veo.submit({ prompt: "Shot one." });
      veo.pass(clipMilliseconds);
      await veo.submit({ prompt: "Shot two." });
      const [first, second] = await listed(await veo.ask("/control/operations"));
      expect([first?.prompt, second?.prompt]).toEqual(["Shot one.", "Shot two."]);
      expect(second?.done_at).toBe((first?.done_at ?? 0) + clipMilliseconds);
    });
  });
});

async function listed(response: Response): Promise<z.infer<typeof operationsSchema>> {
  return operationsSchema.parse(await response.json());
}
