/**
 * Each program of `examples` that asks for a video, run as its head says. The page is in `test/browser/examples.test.ts`.
 */
import { readdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newStorage, type Server, startServer } from "../browser/support/server.ts";
import { acceptedSubmits, misbehave, resetSandbox, setLatencies } from "../browser/support/task.ts";
import { temporaryFolder } from "../browser/support/temporary-folder.ts";
import { openBadLine } from "./support/bad-line.ts";
import { copyExamples, expectVideo, isRunnable, keys, pictures, runExample } from "./support/examples.ts";

let server: Server;

beforeAll(async () => {
  const settings = { API_KEYS: Object.entries(keys).map((pair) => pair.join(":")).join(",") };
  [server] = await Promise.all([startServer(await newStorage(), { settings }), copyExamples()]);
  return () => server.kill();
});

/** Every describe begins with a sandbox that does nothing wrong; its tests run side by side. */
async function forgetFaults(): Promise<void> {
  await resetSandbox(server.origin);
  await setLatencies(server.origin, { image_analysis_ms: 100, prompt_ms: 100, clip_ms: 300 });
}

const addressOf = (view: string) => `${server.origin}/sandbox/samples/emerald-ring-${view}.jpg`;
const addresses = () => ["front", "side"].map(addressOf);

const deployment = (key: string, origin = server.origin) => ({ VEO31_URL: origin, VEO31_API_KEY: key });
const shop = () => deployment(keys.shop);
const studio = () => deployment(keys.studio);
const upstreams = () => ({
  ...{ GEMINI_API_KEY: "sandbox-gemini-key", GEMINI_BASE_URL: `${server.origin}/sandbox/gemini` },
  ...{ OPENAI_API_KEY: "sandbox-openai-key", OPENAI_BASE_URL: `${server.origin}/sandbox/openai/v1` },
});

const fromDisk = { inputs: () => pictures, absent: () => "no-such.jpg", blamed: "no-such.jpg" };
const byAddress = { inputs: addresses, absent: () => addressOf("no-such"), blamed: "reference_image_urls[1]: " };
const oneClip = { seconds: 8, usd: 3.2 };
const twoClips = { seconds: 10, usd: 6.4 };

/** Of all that stand below, those whose programs this machine has; `.ci/run` installs what is missing. */
const examples = [
  { path: "curl/generate.sh", settings: shop, ...fromDisk, ...oneClip },
  { path: "curl/generate-from-urls.sh", settings: shop, ...byAddress, ...oneClip },
  { path: "python/generate.py", settings: shop, ...fromDisk, ...oneClip },
  { path: "node/generate.mjs", settings: studio, ...fromDisk, ...oneClip },
  { path: "node/direct.mjs", settings: upstreams, ...fromDisk, ...twoClips },
  { path: "deno/generate.ts", settings: studio, ...fromDisk, ...twoClips },
  { path: "hono/generate.ts", settings: studio, ...byAddress, ...oneClip },
].filter(({ path }) => isRunnable(path));

describe("makes a video, and says which task it was and what it cost", () => {
  beforeAll(forgetFaults);

  test.concurrent.each(examples)("$path", async ({ path, settings, inputs, seconds, usd }) => {
    const folder = await temporaryFolder();
    const { code, stdout, stderr } = await runExample(path, inputs(), { folder, settings: settings() });
    expect([code, stderr]).toEqual([0, ""]);
    const id = await expectVideo(folder, stdout, seconds);
    for (const part of [`task ${id}`, `about $${usd}`, "succeeded", `cost $${usd}, charged: yes`]) {
      expect(stdout).toContain(part);
    }
  });
});

describe("names what is wrong with its references, and makes nothing", () => {
  beforeAll(forgetFaults);

  test.concurrent.each(examples)("$path", async ({ path, settings, inputs, absent, blamed }) => {
    const surroundings = { folder: await temporaryFolder(), settings: settings() };
    const [good = ""] = inputs();
    const one = await runExample(path, [good, absent()], surroundings);
    expect([one.code, one.stderr]).toEqual([1, expect.stringContaining(blamed)]);
    const text = await runExample(path, [new URL(import.meta.url).pathname], surroundings);
    expect(text.code).toBe(1);
    expect(text.stderr).toMatch(/(reference_image1|reference_image_urls\[0\]|referenceImages\[0\]): /);
    expect(await acceptedSubmits(server.origin)).toBe(0);
  });
});

describe("says why a task failed, and whether it was charged", () => {
  beforeAll(async () => {
    await forgetFaults();
    await misbehave(server.origin, { call: "submit", fault: "filtered_prompt", times: 100 });
  });

  test.concurrent.each(examples)("$path", async ({ path, settings, inputs }) => {
    const folder = await temporaryFolder();
    const { code, stdout, stderr } = await runExample(path, inputs(), { folder, settings: settings() });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/declined|prompt/i)]);
    expect(stdout + stderr).toMatch(/charged: no/i);
    expect(await readdir(folder)).not.toContainEqual(expect.stringMatching(/\.mp4$/));
  });
});

describe("sends an order whose answers were lost again, and pays once", () => {
  const paths = ["curl/generate.sh", "python/generate.py", "node/generate.mjs"].filter(isRunnable);
  beforeAll(forgetFaults);
  afterAll(async () => expect(await acceptedSubmits(server.origin)).toBe(paths.length));

  test.concurrent.each(paths)("%s", async (path) => {
    const [folder, line] = await Promise.all([temporaryFolder(), openBadLine(server.origin)]);
    const settings = deployment(keys.studio, line.origin);
    const { code, stdout } = await runExample(path, pictures, { folder, settings });
    line.close();
    expect(code).toBe(0);
    await expectVideo(folder, stdout, 8);
    expect(line.keys).toHaveLength(3);
    expect(new Set(line.keys).size).toBe(1);
  });
});

describe("takes up a task that was started before", () => {
  beforeAll(forgetFaults);

  test.concurrent.each(examples.filter(({ path }) => path.startsWith("node/")))(
    "$path",
    async ({ path, settings, ...example }) => {
      const folder = await temporaryFolder();
      const { stdout } = await runExample(path, example.inputs(), { folder, settings: settings() });
      const id = await expectVideo(folder, stdout, example.seconds);
      const again = await runExample(path, [], { folder, settings: { ...settings(), TASK: id } });
      expect([again.code, again.stdout]).toEqual([0, expect.stringContaining(`saved ${id}.mp4`)]);
    },
  );
});
