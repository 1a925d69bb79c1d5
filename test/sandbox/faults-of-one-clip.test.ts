import { describe, expect, it } from "vitest";
import { clipMilliseconds, operationOf, type VeoClient, withVeo } from "./veo-client.ts";

async function submitFour(veo: VeoClient): Promise<number[]> {
  const statuses = [];
  for (const prompt of ["Shot one.", "Shot two.", "Shot three.", "Shot four."]) {
    statuses.push((await veo.submit({ prompt })).status);
  }
  return statuses;
}

async function pollText(veo: VeoClient, operation: string): Promise<string> {
  return await (await veo.poll(operation)).text();
}

describe("a fault of one clip among several", () => {
  it("lets as many calls pass first as it is told to", async () => {
    await withVeo(async (veo) => {
      await veo.control("faults", [{ call: "submit", fault: "status_503", after: 2 }]);
      expect(await submitFour(veo)).toEqual([200, 200, 503, 200]);
    });
  });

  it("counts the calls that another fault hit", async () => {
    await withVeo(async (veo) => {
      const faults = [{ call: "submit", fault: "status_503" }, {
        call: "submit",
        fault: "status_429",
        after: 2,
        times: 9,
      }];
      await veo.control("faults", faults);
      expect(await submitFour(veo)).toEqual([503, 200, 429, 429]);
    });
  });

  it("hits the clip whose prompt has the words", async () => {
    await withVeo(async (veo) => {
      await veo.control("faults", [{ call: "submit", fault: "status_500", prompt_contains: "three" }]);
      expect(await submitFour(veo)).toEqual([200, 200, 500, 200]);
    });
  });

  it("counts only the clips whose prompt has the words", async () => {
    await withVeo(async (veo) => {
      await veo.control("faults", [{ call: "submit", fault: "status_500", prompt_contains: "o", after: 1 }]);
      expect(await submitFour(veo)).toEqual([200, 500, 200, 200]);
    });
  });

  it("can hit that clip's polls and downloads", async () => {
    await withVeo(async (veo) => {
      await veo.control("faults", [
        { call: "poll", fault: "filtered_output", prompt_contains: "two" },
        { call: "download", fault: "status_500", prompt_contains: "one" },
      ]);
      const first = await veo.finish(await veo.submit({ prompt: "Shot one." }));
      const second = await operationOf(await veo.submit({ prompt: "Shot two." }));
      const third = await veo.finish(await veo.submit({ prompt: "Shot three." }));
      expect(await pollText(veo, second)).toContain("raiMediaFilteredCount");
      expect((await veo.ask(third)).status).toBe(200);
      expect((await veo.ask(first)).status).toBe(500);
    });
  });

  it.each(["foreign_uri", "filtered_output", "operation_error", "no_samples", "still_running"])(
    "waits for the operation's end when it can only happen then: %s",
    async (fault) => {
      await withVeo(async (veo) => {
        await veo.control("faults", [{ call: "poll", fault }]);
        const operation = await operationOf(await veo.submit());
        expect(JSON.parse(await pollText(veo, operation))).toEqual({ name: operation });
        veo.pass(clipMilliseconds);
        const hit = await pollText(veo, operation);
        const healthy = await pollText(veo, operation);
        expect(hit).not.toBe(healthy);
        expect((await veo.ledger()).calls.map((call) => call.fault)).toEqual([null, null, fault, null]);
      });
    },
  );

  it("hits a poll of a running operation when it can", async () => {
    await withVeo(async (veo) => {
      await veo.control("faults", [{ call: "poll", fault: "status_503" }]);
      const operation = await operationOf(await veo.submit());
      expect((await veo.poll(operation)).status).toBe(503);
      expect((await veo.poll(operation)).status).toBe(200);
    });
  });

  it.each(["filtered_output", "reset_after", "empty"])(
    "is not spent on a submit that is refused: %s",
    async (fault) => {
      await withVeo(async (veo) => {
        await veo.control("faults", [{ call: "submit", fault }]);
        expect((await veo.submit({}, { durationSeconds: 5 })).status).toBe(400);
        await veo.submit().catch(() => null);
        expect((await veo.ledger()).calls.map((call) => call.fault)).toEqual([null, fault]);
      });
    },
  );

  it.each([{ after: -1 }, { after: 0.5 }, { prompt_contains: "" }])("cannot be written as %j", async (part) => {
    await withVeo(async (veo) => {
      expect((await veo.post("/control/faults", [{ call: "submit", fault: "hang", ...part }])).status).toBe(400);
    });
  });
});
