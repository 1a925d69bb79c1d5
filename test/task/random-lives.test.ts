import { describe, expect, test } from "vitest";
import { actualUsd, chargedOf } from "../../src/task/cost.ts";
import { presentTask } from "../../src/task/present.ts";
import { taskStateSchema } from "../../src/task/state.ts";
import { hasEnded } from "../../src/task/status.ts";
import { clipTriesMaximum } from "../../src/task/timing.ts";
import { taskViewSchema } from "../../src/task/view.ts";
import { nextWakeAt } from "../../src/task/wake.ts";
import { type Life, liveAtRandom } from "../support/random-life.ts";

const lives = Array.from({ length: 1_500 }, (_, index) => ({ seed: index + 1, life: liveAtRandom(index + 1) }));

/** The seeds of the lives in which it is not so. */
function exceptions(isSo: (life: Life) => boolean): number[] {
  return lives.filter(({ life }) => !isSo(life)).map(({ seed }) => seed);
}

describe("whatever happens to a task", () => {
  test("it ends, and then waits for nothing but its expiry", () => {
    expect(exceptions(({ end }) => hasEnded(end) && nextWakeAt(end) === end.expires_at)).toEqual([]);
  });

  test("nothing is done twice at once, asked for before its time or slept through", () => {
    expect(lives.filter(({ life }) => life.wrongs.length > 0).map(({ seed, life }) => [seed, life.wrongs])).toEqual([]);
  });

  test("no clip is paid for more often than it may be tried", () => {
    expect(exceptions(({ accepted }) => accepted.every((count) => count <= clipTriesMaximum))).toEqual([]);
  });

  test("what was accepted is never told as free, unless the filter's word says so", () => {
    const isTold = ({ end, maybeCharged }: Life) =>
      chargedOf(end.segments) !== "no" || maybeCharged.every((count) => count === 0);
    expect(exceptions(isTold)).toEqual([]);
  });

  test("a clip that was made is charged, and kept unless it could not be fetched", () => {
    const isKept = ({ end }: Life) =>
      end.segments.every(({ clip_file, charged, clip, status }) =>
        clip_file === null ||
        (charged === "yes" && (clip !== null || status === "failed" || end.status === "succeeded"))
      );
    expect(exceptions(isKept)).toEqual([]);
  });

  test("what is told as failed was asked for, and what is told as pending at the end never was", () => {
    const isHonest = ({ end, accepted }: Life) =>
      end.segments.every(({ status, submit, lost_tries }, index) => {
        if (status === "failed") return submit.first_started_at !== null || lost_tries.length > 0;
        return status === "succeeded" || (status === "pending" && accepted[index] === 0);
      });
    expect(exceptions(isHonest)).toEqual([]);
  });

  test("a success costs what its clips cost, and is known to", () => {
    const isPriced = ({ end }: Life) =>
      end.status !== "succeeded" || chargedOf(end.segments) === "yes" &&
        (actualUsd(end) ?? end.plan.estimate_usd) >= end.plan.estimate_usd;
    expect(exceptions(isPriced)).toEqual([]);
  });

  test("its row and its view stay readable", () => {
    const isReadable = ({ end }: Life) =>
      taskStateSchema.safeParse(end).success &&
      taskViewSchema.safeParse(presentTask(end, "http://localhost")).success;
    expect(exceptions(isReadable)).toEqual([]);
  });

  test("chance has been everywhere", () => {
    const ends = new Set(lives.map(({ life: { end } }) => end.error?.code ?? end.status));
    expect([...ends].sort()).toEqual(expect.arrayContaining([
      "analysis_failed",
      "canceled",
      "deadline_exceeded",
      "download_failed",
      "filtered_output",
      "filtered_prompt",
      "model_retired",
      "prompt_failed",
      "provider_error",
      "quota_exhausted",
      "submit_unknown",
      "succeeded",
    ]));
    const warned = new Set(lives.flatMap(({ life: { end } }) => end.warnings.map(({ code }) => code)));
    expect([...warned]).toEqual(expect.arrayContaining(["model_replaced", "clip_made_again", "clip_failed"]));
  });
});
