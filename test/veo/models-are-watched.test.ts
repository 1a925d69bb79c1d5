import { env } from "cloudflare:workers";
import { beforeEach, expect, test, vi } from "vitest";
import { readSettings } from "../../src/env.ts";
import type { Fetch } from "../../src/upstream/fetch.ts";
import { doubtIntervalMs, lastSeen, lookIntervalMs } from "../../src/veo/watch-models.ts";

const baseUrl = "https://gateway.example";
const settings = readSettings({ GEMINI_API_KEY: "secret-key", GEMINI_BASE_URL: baseUrl });
const veo = "veo-3.1-generate-preview";
const noon = Date.parse("2026-11-23T12:00:00Z");

beforeEach(async () => {
  await env.BUCKET.delete("service/models.json");
  vi.spyOn(console, "log").mockImplementation(() => {});
});

/** A Google that has only these models. */
function having(...models: readonly string[]): { fetch: Fetch; asked: string[] } {
  const asked: string[] = [];
  const fetch: Fetch = (input) => {
    const model = String(input).split("/").at(-1) ?? "";
    asked.push(model);
    const missing = { error: { code: 404, status: "NOT_FOUND", message: `models/${model} is not found` } };
    const isThere = models.includes(model);
    return Promise.resolve(
      Response.json(isThere ? { name: `models/${model}` } : missing, { status: isThere ? 200 : 404 }),
    );
  };
  return { fetch, asked };
}

/** A look, if one is due. @returns what is known then */
async function looked(fetch: Fetch, now: number) {
  const { look } = await lastSeen({ bucket: env.BUCKET, fetch, settings, now });
  await look?.();
  return (await lastSeen({ bucket: env.BUCKET, fetch, settings, now })).sightings;
}

const allThere = ["gemini-omni-1.1-flash", "gemini-omni-1.2-flash", veo, "veo-3.1-fast-generate-preview"];

test("what was seen is read at once; the look that is due is left to the caller", async () => {
  const { fetch, asked } = having(...allThere);
  const first = await lastSeen({ bucket: env.BUCKET, fetch, settings, now: noon });
  expect(first.sightings).toEqual([]);
  expect(asked).toEqual([]);
  await first.look?.();
  expect(asked.toSorted()).toEqual(allThere.toSorted());
  const { sightings } = await lastSeen({ bucket: env.BUCKET, fetch, settings, now: noon });
  expect(sightings.map(({ model }) => model).toSorted()).toEqual(allThere.toSorted());
  expect(sightings.every(({ is_there, seen_at }) => is_there && seen_at === noon)).toBe(true);
});

test("the next look is due only some minutes later", async () => {
  const { fetch, asked } = having(...allThere);
  await looked(fetch, noon);
  await looked(fetch, noon + lookIntervalMs - 1);
  expect(asked).toHaveLength(allThere.length);
  await looked(fetch, noon + lookIntervalMs);
  expect(asked).toHaveLength(2 * allThere.length);
});

test("a model is gone when it is said twice in a row, and the second look comes soon", async () => {
  const { fetch } = having(...allThere.filter((model) => model !== veo));
  const known = async (now: number) => (await looked(fetch, now)).find(({ model }) => model === veo);
  expect(await known(noon)).toMatchObject({ is_there: true, absences: 1 });
  expect(await known(noon + doubtIntervalMs - 1)).toMatchObject({ absences: 1 });
  expect(await known(noon + doubtIntervalMs)).toMatchObject({ is_there: false, absences: 2 });
  await looked(having(...allThere).fetch, noon + doubtIntervalMs + lookIntervalMs);
  expect(await known(noon + doubtIntervalMs + lookIntervalMs)).toMatchObject({ is_there: true, absences: 0 });
});

test("of those who find it due in the same moment one looks", async () => {
  const { fetch, asked } = having(...allThere);
  for (const now of [noon, noon + lookIntervalMs]) {
    asked.length = 0;
    const both = await Promise.all([1, 2].map(() => lastSeen({ bucket: env.BUCKET, fetch, settings, now })));
    await Promise.all(both.map(({ look }) => look?.()));
    expect(asked).toHaveLength(allThere.length);
  }
});

test("a look that brings no answer leaves what was known", async () => {
  await looked(having(...allThere).fetch, noon);
  const broken: Fetch = () => Promise.resolve(new Response("<html>", { status: 404 }));
  const sightings = await looked(broken, noon + lookIntervalMs);
  expect(sightings).toHaveLength(allThere.length);
  expect(sightings.every(({ is_there, seen_at }) => is_there && seen_at === noon)).toBe(true);
});

test("a record that cannot be read is not written over", async () => {
  await looked(having(...allThere).fetch, noon);
  const reading = { ...env.BUCKET, get: () => Promise.reject(new Error("R2 is not there.")) };
  const bucket: R2Bucket = Object.assign(Object.create(env.BUCKET), reading);
  await expect(lastSeen({ bucket, fetch: having().fetch, settings, now: noon })).rejects.toThrow("R2 is not there.");
  expect(await looked(having().fetch, noon)).toHaveLength(allThere.length);
});

test("nothing secret is kept", async () => {
  await looked(having().fetch, noon);
  const record = await (await env.BUCKET.get("service/models.json"))?.text();
  expect(record).toContain("gemini-omni-1.1-flash");
  expect(record).not.toContain("secret-key");
});
