import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createSandboxApp } from "../../src/sandbox/app.ts";
import { openSandbox } from "../../src/sandbox/sandbox.ts";
import { keys, sandboxOrigin } from "../support/sandbox.ts";
import { clipRequest, imageQuestion, reference, submitPath } from "../support/sandbox-requests.ts";

type Ask = (path: string, body?: unknown) => Promise<Response>;

/** A stand-in whose latencies end when the test ends them. */
async function withWaits(test: (ask: Ask, waits: (() => void)[]) => Promise<void>): Promise<void> {
  const stub = env.SANDBOX_UPSTREAMS.getByName(crypto.randomUUID());
  await runInDurableObject(stub, async (_, { storage }) => {
    const waits: (() => void)[] = [];
    const clock = { now: () => 0, wait: () => new Promise<void>((resolve) => waits.push(resolve)) };
    const app = createSandboxApp(openSandbox(storage.sql, clock));
    await test(async (path, body) => {
      const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
      const headers = { ...keys, "content-type": "application/json" };
      return await app.fetch(new Request(sandboxOrigin + path, { ...init, headers }));
    }, waits);
  });
}

describe("calls side by side in the sandbox", () => {
  it("wait at the same time, and hold up no clip", async () => {
    await withWaits(async (ask, waits) => {
      const analyses = Array.from({ length: 8 }, () => ask("/openai/v1/responses", imageQuestion()));
      const three = { referenceImages: [reference(), reference(), reference()] };
      const submits = await Promise.all(Array.from({ length: 8 }, () => ask(submitPath(), clipRequest(three))));
      const names = await Promise.all(submits.map(async (one) => (await one.json<{ name: string }>()).name));
      const polls = await Promise.all(names.map((name) => ask(`/gemini/v1beta/${name}`)));
      expect(polls.map(({ status }) => status)).toEqual(Array(8).fill(200));
      expect(new Set(names).size).toBe(8);
      expect(waits).toHaveLength(8);
      for (const end of waits) end();
      const answers = await Promise.all(analyses);
      expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    });
  });
});
