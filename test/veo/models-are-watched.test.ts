import { env } from "cloudflare:workers";
import { beforeEach, expect, test, vi } from "vitest";
import { readSettings } from "../../src/env.ts";
import type { Fetch } from "../../src/upstream/fetch.ts";
import { lastSeen, lookIntervalMs } from "../../src/veo/watch-models.ts";

const baseUrl = "https://gateway.example";
const settings = readSettings({ GEMINI_API_KEY: "secret-key", GEMINI_BASE_URL: baseUrl });
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

async function looked(fetch: Fetch, now: number) {
  const { look } = await lastSeen({ bucket: env.BUCKET, fetch, settings, now });
  await look?.();
  return (await lastSeen({ bucket: env.BUCKET, fetch, settings, now })).sightings;
}

test("what was seen is read at once; the look that is due is left to the caller", async () => {
  const { fetch, asked } = having("gemini-omni-1.1-flash");
  const first = await lastSeen({ bucket: env.BUCKET, fetch, settings, now: noon });
  expect(first.sightings).toEqual([]);
  expect(asked).toEqual([]);
  await first.look?.();
  expect(asked).toContain("veo-3.1-generate-preview");
  const { sightings } = await lastSeen({ bucket: env.BUCKET, fetch, settings, now: noon });
  expect(sightings.filter(({ is_there }) => is_there).map(({ model }) => model)).toEqual(["gemini-omni-1.1-flash"]);
  expect(sightings.find(({ model }) => model === "veo-3.1-generate-preview")).toMatchObject({ is_there: false });
});

test("the next look is due only some minutes later", async () => {
  const { fetch, asked } = having();
  await looked(fetch, noon);
  const looks = asked.length;
  await looked(fetch, noon + lookIntervalMs - 1);
  expect(asked).toHaveLength(looks);
  await looked(fetch, noon + lookIntervalMs);
  expect(asked).toHaveLength(2 * looks);
});

test("of those who find it due in the same moment one looks", async () => {
  const { fetch, asked } = having();
  const both = await Promise.all([1, 2].map(() => lastSeen({ bucket: env.BUCKET, fetch, settings, now: noon })));
  await Promise.all(both.map(({ look }) => look?.()));
  expect(new Set(asked).size).toBe(asked.length);
  const later = noon + lookIntervalMs;
  const again = await Promise.all([1, 2].map(() => lastSeen({ bucket: env.BUCKET, fetch, settings, now: later })));
  await Promise.all(again.map(({ look }) => look?.()));
  expect(asked).toHaveLength(2 * new Set(asked).size);
});

test("a look that brings no answer leaves what was known", async () => {
  await looked(having("gemini-omni-1.1-flash").fetch, noon);
  const broken: Fetch = () => Promise.resolve(new Response("<html>", { status: 404 }));
  const sightings = await looked(broken, noon + lookIntervalMs);
  expect(sightings.find(({ model }) => model === "gemini-omni-1.1-flash")).toMatchObject({
    is_there: true,
    seen_at: noon,
  });
});

test("a model that comes back is seen again", async () => {
  await looked(having().fetch, noon);
  const sightings = await looked(having("veo-3.1-generate-preview").fetch, noon + lookIntervalMs);
  expect(sightings.find(({ model }) => model === "veo-3.1-generate-preview")?.is_there).toBe(true);
});

test("nothing secret is kept", async () => {
  await looked(having().fetch, noon);
  const record = await (await env.BUCKET.get("service/models.json"))?.text();
  expect(record).toContain("gemini-omni-1.1-flash");
  expect(record).not.toContain("secret-key");
});
