import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createSandboxApp } from "../../src/sandbox/app.ts";
import { openSandbox } from "../../src/sandbox/sandbox.ts";
import { keys, openTestSandbox, sandboxOrigin } from "../support/sandbox.ts";
import { clipRequest, highModel, readError, submitPath } from "../support/sandbox-requests.ts";

const doneSchema = z.object({
  done: z.literal(true),
  response: z.object({
    generateVideoResponse: z.object({
      generatedSamples: z.tuple([z.object({ video: z.object({ uri: z.url() }) })]).optional(),
      raiMediaFilteredCount: z.number().optional(),
      raiMediaFilteredReasons: z.array(z.string()).optional(),
    }),
  }),
});

const nameSchema = z.object({ name: z.string() });

async function submit(sandbox: Awaited<ReturnType<typeof openTestSandbox>>, parameters = {}) {
  const response = await sandbox.post(submitPath(), clipRequest({}, parameters));
  return nameSchema.parse(await response.json()).name;
}

async function poll(sandbox: Awaited<ReturnType<typeof openTestSandbox>>, name: string, headers = {}) {
  const response = await sandbox.fetch(`/gemini/v1beta/${name}`, { headers: { ...keys, ...headers } });
  return await response.json();
}

describe("an operation in the sandbox", () => {
  it("ends with a clip of the shape that was asked for, at the address the client came by", async () => {
    const sandbox = await openTestSandbox();
    const name = await submit(sandbox, { aspectRatio: "9:16", resolution: "1080p" });
    const { response } = doneSchema.parse(await poll(sandbox, name));
    const uri = response.generateVideoResponse.generatedSamples?.[0].video.uri ?? "";
    expect(uri).toMatch(/^http:\/\/sandbox\.test\/gemini\/v1beta\/files\/\w+:download\?alt=media$/);
    const video = await sandbox.fetch(uri.slice(sandboxOrigin.length), { headers: keys });
    const bytes = await video.bytes();
    expect(video.headers.get("content-type")).toBe("video/mp4");
    expect(video.headers.get("content-length")).toBe(String(bytes.byteLength));
    expect(new TextDecoder().decode(bytes.slice(4, 8))).toBe("ftyp");
  });

  it("gives addresses of the host that the client believes it talks to", async () => {
    const sandbox = await openTestSandbox();
    const name = await submit(sandbox);
    const done = doneSchema.parse(await poll(sandbox, name, { "x-sandbox-base": "https://gemini.sandbox.invalid" }));
    const [sample] = done.response.generateVideoResponse.generatedSamples ?? [];
    expect(sample?.video.uri).toMatch(/^https:\/\/gemini\.sandbox\.invalid\/v1beta\/files\/\w+:download\?alt=media$/);
  });

  it("gives its clip to nobody without a key", async () => {
    const sandbox = await openTestSandbox();
    const done = doneSchema.parse(await poll(sandbox, await submit(sandbox)));
    const [sample] = done.response.generateVideoResponse.generatedSamples ?? [];
    const response = await sandbox.fetch(sample?.video.uri.slice(sandboxOrigin.length) ?? "");
    expect(await readError(response)).toMatchObject({ http: 403 });
  });

  it("runs without `done` until its time has come", async () => {
    const sandbox = await openTestSandbox({ clip_ms: 3_600_000 });
    const name = await submit(sandbox);
    expect(await poll(sandbox, name)).toEqual({ name });
  });

  it("is not found under another name", async () => {
    const sandbox = await openTestSandbox();
    await submit(sandbox);
    const response = await sandbox.fetch(`/gemini/v1beta/models/${highModel}/operations/none`, { headers: keys });
    expect(await readError(response)).toMatchObject({ http: 404, status: "NOT_FOUND" });
  });

  it("outlives the process: it ends by the clock in an object that was opened anew, and is gone after two days", async () => {
    const stub = env.SANDBOX_UPSTREAMS.getByName(crypto.randomUUID());
    await runInDurableObject(stub, async (_, { storage }) => {
      let now = Date.UTC(2026, 10, 23);
      const open = () => createSandboxApp(openSandbox(storage.sql, { now: () => now, wait: () => Promise.resolve() }));
      const ask = (path: string, init: RequestInit = {}) =>
        open().fetch(new Request(sandboxOrigin + path, { headers: keys, ...init }));
      const submitted = await ask(submitPath(), { method: "POST", body: JSON.stringify(clipRequest()) });
      const { name } = nameSchema.parse(await submitted.json());

      now += 5_999;
      expect(await (await ask(`/gemini/v1beta/${name}`)).json()).toEqual({ name });
      now += 1;
      const done = doneSchema.parse(await (await ask(`/gemini/v1beta/${name}`)).json());
      const [sample] = done.response.generateVideoResponse.generatedSamples ?? [];
      const path = sample?.video.uri.slice(sandboxOrigin.length) ?? "";
      expect((await ask(path)).status).toBe(200);
      now += 48 * 60 * 60 * 1_000;
      expect((await ask(path)).status).toBe(404);
    });
  });

  it.each([
    ["filtered_prompt", /prompt/],
    ["filtered_output", /generated video was filtered/],
    ["filtered_audio", /issue with the audio/],
  ])("that was filtered is done without a sample and without an error: %s", async (fault, reason) => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call: "submit", fault });
    const done = doneSchema.parse(await poll(sandbox, await submit(sandbox)));
    expect(done.response.generateVideoResponse).toEqual({
      raiMediaFilteredCount: 1,
      raiMediaFilteredReasons: [expect.stringMatching(reason)],
    });
  });

  it("that failed has the number of google.rpc, not of HTTP", async () => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call: "submit", fault: "operation_error" });
    expect(await poll(sandbox, await submit(sandbox))).toMatchObject({ done: true, error: { code: 13 } });
  });
});
