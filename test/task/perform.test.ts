import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { ServiceError } from "../../src/errors.ts";
import { performAction } from "../../src/task/perform.ts";
import { begin, settle } from "../../src/task/settle.ts";
import { nextWakeAt } from "../../src/task/wake.ts";
import { until } from "../support/drive.ts";
import { mp4 } from "../support/movies.ts";
import { performDependencies } from "../support/perform-dependencies.ts";
import { plan, startedAt, storedVideo, taskState } from "../support/task-state.ts";

test("a key that was taken away while a task runs ends it as not configured, and not as perhaps paid", async () => {
  const submit = { kind: "submit_clip", index: 0 } as const;
  const state = begin(until("submit_clip", taskState(), nextWakeAt), submit, startedAt);
  const settings = () => {
    throw new ServiceError("not_configured", "GEMINI_API_KEY is not set.");
  };
  const event = await performAction(submit, state, performDependencies({ settings }));
  expect(settle(state, event, startedAt).error).toMatchObject({ code: "not_configured", charged: "no" });
});

test.each(["gemini", "vertex", "omni"] as const)(
  "a clip of %s that nobody wants any more when it is about to be asked for is not asked for",
  async (provider) => {
    const asked: string[] = [];
    const state = until("submit_clip", taskState({ plan: plan({}, provider) }), nextWakeAt);
    const fetch = (input: RequestInfo | URL) => {
      asked.push(String(input));
      return Promise.resolve(Response.json({ access_token: "token", expires_in: 3_600 }));
    };
    const dependencies = performDependencies({ fetch, isWanted: () => false });
    const event = await performAction({ kind: "submit_clip", index: 0 }, state, dependencies);
    expect(event).toMatchObject({ kind: "clip_submitted", outcome: { ok: false, fault: { kind: "unreachable" } } });
    // A token may have been asked for, which costs nothing.
    expect(asked.filter((url) => !url.endsWith("/token"))).toEqual([]);
  },
);

test("of a reference video in which nothing was told apart, excerpts show only what was watched", async () => {
  const submit = { kind: "submit_clip", index: 0 } as const;
  const movie = await mp4({ seconds: 70 });
  const video = storedVideo({ key: "media/1/video_reference.mp4", bytes: movie.byteLength, duration_seconds: 70 });
  await env.BUCKET.put(video.key, movie);
  const state = until("submit_clip", taskState({ plan: plan({}, "omni"), video }), nextWakeAt);
  const merged = state.merged &&
    { ...state.merged, motion: state.merged.motion && { ...state.merged.motion, beats: [] } };
  const event = await performAction(submit, { ...state, merged }, performDependencies());
  expect(event).toMatchObject({ kind: "clip_submitted", excerpts: 3 });
  const last = await env.BUCKET.get(`media/${state.media_secret}/excerpt-1-3.mp4`);
  const bytes = new Uint8Array(await last?.arrayBuffer() ?? new ArrayBuffer());
  // The test's movies have ten pictures a second, each filled with its number.
  expect(holdsPicture(bytes, 575)).toBe(true);
  expect(holdsPicture(bytes, 675)).toBe(false);
});

function holdsPicture(bytes: Uint8Array, number: number): boolean {
  const picture = new Uint8Array(20).fill(number);
  return bytes.some((_, at) => picture.every((byte, offset) => bytes[at + offset] === byte));
}
