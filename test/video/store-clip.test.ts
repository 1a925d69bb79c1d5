import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { failed, type Outcome, succeeded } from "../../src/upstream/outcome.ts";
import type { OpenedClip } from "../../src/veo/model.ts";
import { storeClip } from "../../src/video/store-clip.ts";
import { mp4 } from "../support/movies.ts";

const key = "media/secret/clip-1.mp4";
let movie: Uint8Array;

beforeAll(async () => {
  movie = await mp4();
});

beforeEach(() => env.BUCKET.delete(key));

/** Stores what `open` gives; tells how often it was opened. */
async function stored(open: () => Outcome<OpenedClip>) {
  let opened = 0;
  const outcome = await storeClip({
    open: () => {
      opened++;
      return Promise.resolve(open());
    },
    bucket: env.BUCKET,
    key,
    fileName: "clip.mp4",
    taskId: "task",
  });
  return { outcome, opened };
}

const bodyOf = (bytes: Uint8Array, announced: number | null = bytes.length) =>
  succeeded({ body: new Response(bytes).body ?? new ReadableStream(), bytes: announced });

describe("a clip that is stored already, because the process died before that was noted", () => {
  test("is taken as it is, and not fetched again", async () => {
    await stored(() => bodyOf(movie));
    const again = await stored(() => failed("not_found", "Google has forgotten it."));
    expect(again.opened).toBe(0);
    expect(again.outcome).toMatchObject({ ok: true, value: { key, bytes: movie.length } });
  });

  test("but not whole, is fetched again", async () => {
    await env.BUCKET.put(key, movie.slice(0, movie.length / 2));
    const again = await stored(() => bodyOf(movie));
    expect(again.opened).toBe(1);
    expect((await env.BUCKET.head(key))?.size).toBe(movie.length);
  });
});

test.each([
  ["shorter than announced", () => bodyOf(movie.slice(0, 1_000), movie.length), "interrupted"],
  ["longer than announced", () => bodyOf(movie, 1_000), "interrupted"],
  ["cut, and nothing was announced", () => bodyOf(movie.slice(0, movie.length - 1_000), null), "malformed"],
  ["something else", () => bodyOf(new TextEncoder().encode("<!doctype html>")), "malformed"],
])("a clip that is %s is refused, and nothing of it stays", async (_, open, kind) => {
  const { outcome } = await stored(open);
  expect(outcome).toMatchObject({ ok: false, fault: { kind } });
  expect(await env.BUCKET.head(key)).toBeNull();
});

test("a clip whose source breaks off is refused, and says so in the log", async () => {
  const told = vi.spyOn(console, "error").mockImplementation(() => {});
  const breaking = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.error(new Error("gone"));
    },
  });
  const { outcome } = await stored(() => succeeded({ body: breaking, bytes: null }));
  expect(outcome).toMatchObject({ ok: false, fault: { kind: "interrupted" } });
  expect(JSON.parse(String(told.mock.calls[0]?.[0]))).toMatchObject({ event: "clip_not_stored", task_id: "task" });
});
