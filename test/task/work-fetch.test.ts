/** Whose requests end when a task has ended, or is no more. */
import { expect, test } from "vitest";
import type { Action } from "../../src/task/actions.ts";
import { WorkFetch } from "../../src/task/work-fetch.ts";
import { taskState } from "../support/task-state.ts";

/** Begins a request that is never answered, and tells whether it was given up after each end of its task. */
function givenUp(action: Action): { afterEnd: boolean; afterRemoval: boolean } {
  const signals: (AbortSignal | null | undefined)[] = [];
  const fetch = new WorkFetch((_, init) => {
    signals.push(init?.signal);
    return new Promise(() => {});
  });
  void fetch.of(action, taskState())("https://upstream.example");
  const isGivenUp = () => signals.some((signal) => signal?.aborted === true);
  fetch.taskEnded();
  const afterEnd = isGivenUp();
  fetch.taskForgotten();
  return { afterEnd, afterRemoval: isGivenUp() };
}

test("an analysis is given up when its task has ended", () => {
  expect(givenUp({ kind: "analyse_image", index: 0 })).toEqual({ afterEnd: true, afterRemoval: true });
});

test("a webhook tells of the end, and nothing of a task that was deleted", () => {
  expect(givenUp({ kind: "deliver_webhook" })).toEqual({ afterEnd: false, afterRemoval: true });
});

test("what has to be removed at Google after all is never given up", () => {
  expect(givenUp({ kind: "remove_video_file" })).toEqual({ afterEnd: false, afterRemoval: false });
});
