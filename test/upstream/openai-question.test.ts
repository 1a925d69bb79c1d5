import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Fetch } from "../../src/upstream/fetch.ts";
import { askOpenai } from "../../src/upstream/openai-question.ts";

function askWith(fetch: Fetch) {
  return askOpenai({ apiKey: "sk-1", baseUrl: "https://openai.example/v1", model: "gpt-x", fetch }, {
    name: "colour",
    schema: z.object({ colour: z.string() }),
    instructions: "Name a colour.",
    content: [{ type: "input_text", text: "Now." }],
    slots: [],
    timeoutMs: 1,
  });
}

function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
}

describe("waiting for an answer", () => {
  it("ends when the headers do not come in time", async () => {
    const outcome = await askWith((_input, init) => aborted(init?.signal));
    expect(outcome).toMatchObject({ ok: false, fault: { kind: "interrupted" } });
  });

  it("ends when the body does not come in time", async () => {
    const outcome = await askWith((_input, init) => {
      const body = new ReadableStream({ pull: () => aborted(init?.signal) });
      return Promise.resolve(new Response(body, { headers: { "content-type": "application/json" } }));
    });
    expect(outcome).toMatchObject({ ok: false, fault: { kind: "interrupted" } });
  });
});
