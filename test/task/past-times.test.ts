import { describe, expect, test } from "vitest";
import { kindOf, noPastTimes, type PastTimes, sampleOf, timeFor, withSample } from "../../src/task/past-times.ts";
import type { TaskState } from "../../src/task/state.ts";
import type { TaskStatus } from "../../src/task/status.ts";
import { dayMs } from "../../src/task/timing.ts";
import { plan, startedAt, taskState } from "../support/task-state.ts";

const noon = startedAt;
const kind = kindOf(plan(), false);

/** The times after videos of these lengths, the last now and each a minute after the one before. */
function after(seconds: readonly number[], times: PastTimes = noPastTimes): PastTimes {
  return seconds.reduce(
    (before, took, index) =>
      withSample(before, kind, { at: noon - (seconds.length - 1 - index) * 60_000, seconds: took }),
    times,
  );
}

/** A task that came into these statuses, each so many seconds after its start. */
function lived(...timeline: [TaskStatus, number][]): TaskState {
  return {
    ...taskState(),
    status: timeline.at(-1)?.[0] ?? "queued",
    timeline: timeline.map(([status, seconds]) => ({ status, at: startedAt + seconds * 1_000 })),
  };
}

describe("what a task teaches of its time", () => {
  test("is from its start to its end", () => {
    const state = lived(["analyzing", 1], ["prompting", 9], ["generating", 12], ["finishing", 70], ["succeeded", 74.6]);
    expect(sampleOf(state)).toEqual({ at: startedAt + 74_600, seconds: 75 });
  });

  test("leaves out what a person took to approve, each time", () => {
    const first: [TaskStatus, number][] = [["analyzing", 1], ["awaiting_approval", 10], ["generating", 3_610]];
    const again: [TaskStatus, number][] = [["prompting", 3_990], ["awaiting_approval", 4_000], ["generating", 9_000]];
    const state = lived(...first, ...again, ["succeeded", 9_050]);
    expect(sampleOf(state)?.seconds).toBe(9_050 - 3_600 - 5_000);
  });

  test.each(["failed", "canceled"] as const)("is nothing when it %s", (status) => {
    expect(sampleOf(lived(["analyzing", 1], ["generating", 12], [status, 50]))).toBeNull();
  });

  test("is nothing while it runs, and when an older version began it", () => {
    expect(sampleOf(lived(["analyzing", 1], ["finishing", 50]))).toBeNull();
    expect(sampleOf(lived(["generating", 900], ["succeeded", 1_000]))).toBeNull();
  });
});

describe("the time a video may take", () => {
  test("is the median and the ninetieth percentile of those before", () => {
    expect(timeFor(after([50, 10, 40, 20, 30]), kind, noon)).toEqual({
      typical_seconds: 30,
      slow_seconds: 46,
      videos: 5,
    });
    expect(timeFor(after([90, 60, 70, 80]), kind, noon)?.typical_seconds).toBe(75);
  });

  test("is not told from fewer than three", () => {
    expect(timeFor(noPastTimes, kind, noon)).toBeNull();
    expect(timeFor(after([60, 70]), kind, noon)).toBeNull();
    expect(timeFor(after([60, 70, 80]), kind, noon)).toEqual({ typical_seconds: 70, slow_seconds: 78, videos: 3 });
  });

  test("is told from nothing older than thirty days, also where nothing came after it", () => {
    const times = after([60, 70, 80]);
    expect(timeFor(times, kind, noon + 30 * dayMs - 120_001)?.videos).toBe(3);
    expect(timeFor(times, kind, noon + 30 * dayMs - 120_000)).toBeNull();
    const later = withSample(times, kind, { at: noon + 30 * dayMs, seconds: 5 });
    expect(later.kinds[0]?.samples).toEqual([{ at: noon + 30 * dayMs, seconds: 5 }]);
  });

  test("is told from the newest fifty, in whatever order they came", () => {
    const old = { at: noon - dayMs, seconds: 9_999 };
    const times = withSample(after(Array.from({ length: 50 }, () => 60)), kind, old);
    expect(timeFor(times, kind, noon)).toEqual({ typical_seconds: 60, slow_seconds: 60, videos: 50 });
    expect(times.kinds[0]?.samples).toHaveLength(50);
  });
});

describe("videos are compared", () => {
  const shots = kindOf(plan({ duration_seconds: 60 }), false);
  const take = kindOf(plan({ duration_seconds: 20, structure: "single_take" }), false);

  test("whatever the number of shots", () => {
    expect(shots).toEqual(kind);
    expect(kindOf(plan({ structure: "single_take" }), false)).toEqual(kind);
  });

  test.each([
    ["of one take of several clips", take],
    ["of a take of more clips", kindOf(plan({ duration_seconds: 30, structure: "single_take" }), false)],
    ["of another model", kindOf({ ...plan(), model: "veo-3.1-fast-generate-preview" }, false)],
    ["of another provider", kindOf(plan({}, "vertex"), false)],
    ["of the sandbox", kindOf(plan(), true)],
  ])("not with those %s", (_, other) => {
    const times = after([60, 70, 80]);
    expect(timeFor(times, other, noon)).toBeNull();
    const both = [1, 2, 3].reduce((before, seconds) => withSample(before, other, { at: noon, seconds }), times);
    expect(timeFor(both, kind, noon)?.typical_seconds).toBe(70);
    expect(timeFor(both, other, noon)?.typical_seconds).toBe(2);
  });

  test("a kind of which nothing is left is forgotten", () => {
    const later = withSample(after([60]), take, { at: noon + 31 * dayMs, seconds: 5 });
    expect(later.kinds.map(({ clips_in_a_row }) => clips_in_a_row)).toEqual([take.clips_in_a_row]);
  });
});
