import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { faultsByCall } from "../../src/sandbox/calls.ts";
import type { TaskView } from "../../src/task/view.ts";
import { mp4 } from "../support/movies.ts";
import { file } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import {
  callsSeen,
  ended,
  endedByLateAlarms,
  freshSandbox,
  misbehave,
  postForm,
  started,
} from "../support/sandboxed-service.ts";
import { type ExpectedEnd, type FaultRow, faultTable } from "./fault-table.ts";

/** More than any task makes of one call before it ends. */
const always = 100_000;

/** By how much of its age a task's alarms are late, so that days pass in some forty of them. */
const lateness = 1 / 6;

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** The words of the table → from when to when a task ends, with late alarms. Milliseconds. */
const spans: Readonly<Record<string, readonly [number, number]>> = {
  "seconds": [0, 30 * second],
  "minutes": [30 * second, 10 * minute],
  "10 min": [10 * minute, 20 * minute],
  // Given up when the next try, which the upstream wants two seconds later, would be too late.
  "30 min": [30 * minute - 2 * second, 60 * minute],
  "2 h": [2 * hour - 2 * second, 4 * hour],
  "24 h": [24 * hour, 40 * hour],
  "44 h": [44 * hour, 72 * hour],
};

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));
let smallVideo: Uint8Array;
/** Too large to be sent to Gemini inside the question. */
let largeVideo: Uint8Array;

beforeAll(async () => {
  smallVideo = await mp4();
  largeVideo = await mp4({ frameBytes: 710_000 });
});

beforeEach(async () => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  await freshSandbox();
});

async function start({ call, fault }: FaultRow, times: number): Promise<string> {
  // A connection is refused by the address alone, and the picture's analysis was at the same one before the prompt.
  const after = call === "prompt" && fault === "refused" ? 1 : 0;
  await misbehave({ call, fault, times, after });
  const video = call.startsWith("file_") ? largeVideo : smallVideo;
  const { task_id } = await started(await postForm([picture, file("video_reference", video)]));
  return task_id;
}

async function endOf({ status, error, cost }: TaskView): Promise<ExpectedEnd> {
  const submits = (await callsSeen()).filter(({ call, accepted }) => call === "submit" && accepted).length;
  return { end: error?.code ?? status, submits, charged: cost.charged };
}

/** What every error tells: a sentence, whether to try again, and the same about money as the cost. */
function expectWholeError({ error, cost }: TaskView): void {
  if (!error) return;
  expect(error).toEqual({
    code: expect.any(String),
    message: expect.stringMatching(/^[A-Z].+\.$/),
    retryable: expect.any(Boolean),
    charged: cost.charged,
  });
}

test.each(["image_analysis", "video_analysis", "prompt", "submit", "poll", "download"])(
  "the table has every fault of the wire for %s",
  (call) => {
    const faults = faultTable.filter((row) => row.call === call).map(({ fault }) => fault);
    // What can happen to the list of models is what can happen to any call.
    expect(faults).toEqual(expect.arrayContaining([...faultsByCall.models]));
  },
);

describe("when a fault strikes once", () => {
  test.each(faultTable)("$call: $fault → $once.end, $once.submits taken, charged $once.charged", async (row) => {
    const task = await ended(await start(row, 1));
    expect(await endOf(task)).toEqual(row.once);
    expectWholeError(task);
  });
});

describe("when a fault never stops", () => {
  test.each(faultTable)("$call: $fault → $always.end, $always.submits taken, charged $always.charged", async (row) => {
    const startedAt = Date.now();
    const task = await endedByLateAlarms(await start(row, always), lateness);
    expect(await endOf(task)).toEqual(row.always);
    expectWholeError(task);
    const [from = 0, to = 0] = spans[row.endsAfter] ?? [];
    const lived = Date.parse(task.updated_at) - startedAt;
    expect(lived).toBeGreaterThanOrEqual(from);
    expect(lived).toBeLessThanOrEqual(to);
  });
});
