import { describe, expect, it } from "vitest";
import { clipMilliseconds, operationOf, type VeoClient, withVeo } from "./veo-client.ts";

/** Lets a clip be made, then sets the fault. @returns the clip's address */
async function addressOfClip(veo: VeoClient, fault: string): Promise<string> {
  const address = await veo.finish(await veo.submit());
  await veo.control("faults", [{ call: "download", fault }]);
  return address;
}

describe("an answer in another form", () => {
  it("to a submit is JSON without an operation, for a clip that is being made all the same", async () => {
    await withVeo(async (veo) => {
      await veo.control("faults", [{ call: "submit", fault: "other_json" }]);
      const response = await veo.submit();
      expect(response.status).toBe(200);
      expect(await response.json()).not.toHaveProperty("name");
      expect((await veo.ledger()).accepted_submits).toBe(1);
    });
  });

  it("to a download is JSON and no clip", async () => {
    await withVeo(async (veo) => {
      const response = await veo.ask(await addressOfClip(veo, "other_json"));
      expect(response.headers.get("content-type")).toBe("application/json");
      expect(response.status).toBe(200);
    });
  });

  it("to a download announces another length than the clip has", async () => {
    await withVeo(async (veo) => {
      const address = await addressOfClip(veo, "miscounted_download");
      const response = await veo.ask(address);
      const announced = Number(response.headers.get("content-length"));
      const bytes = await response.bytes();
      expect(bytes).toEqual(await (await veo.ask(address)).bytes());
      expect(announced).not.toBe(bytes.byteLength);
    });
  });

  it("to a download leads to another path of the same host, where the clip is", async () => {
    await withVeo(async (veo) => {
      const address = await addressOfClip(veo, "redirected_download");
      const response = await veo.ask(address);
      expect(response.status).toBe(302);
      const location = new URL(response.headers.get("location") ?? "");
      expect(location.origin).toBe(new URL(address).origin);
      expect(location.pathname).not.toBe(new URL(address).pathname);
      const moved = await veo.ask(location.href);
      expect(await moved.bytes()).toEqual(await (await veo.ask(address)).bytes());
    });
  });

  it.each([
    ["filtered_flat", ["raiMediaFilteredCount", "raiMediaFilteredReasons"]],
    ["filtered_with_code", ["generateVideoResponse"]],
  ])("to a poll tells of the filter elsewhere or otherwise: %s", async (fault, fields) => {
    await withVeo(async (veo) => {
      const operation = await operationOf(await veo.submit());
      await veo.control("faults", [{ call: "poll", fault }]);
      veo.pass(clipMilliseconds);
      const { done, response } = await (await veo.poll(operation)).json<{ done: boolean; response: object }>();
      expect(done).toBe(true);
      expect(Object.keys(response)).toEqual(["@type", ...fields]);
      expect(JSON.stringify(response).includes("Support codes: 42237218")).toBe(fault === "filtered_with_code");
    });
  });
});
