import { describe, expect, test } from "vitest";
import { presentTask } from "../../src/task/present.ts";
import { begin, settle } from "../../src/task/settle.ts";
import { startedTask } from "../../src/task/started-task.ts";
import type { TaskStart, TaskState } from "../../src/task/state.ts";
import { nextWakeAt } from "../../src/task/wake.ts";
import { badlyEnded, until, wellEnded } from "../support/drive.ts";
import { plan, startedAt, taskStart, taskState } from "../support/task-state.ts";

const wish = { duration_seconds: 20 };
const twoPlans = { plan: plan(wish, "vertex"), successors: [plan(wish, "omni")] };

function asking(start: Partial<TaskStart> = {}): TaskState {
  return until("submit_clip", taskState({ ...twoPlans, ...start }), nextWakeAt);
}

function submitted(state: TaskState, index: number, isRetired: boolean): TaskState {
  const action = { kind: "submit_clip", index } as const;
  const event = isRetired ? badlyEnded(action, "not_found") : wellEnded(action);
  return settle(begin(state, action, startedAt), event, startedAt);
}

/** Every clip is asked for at once, and each answer is that there is no such model. */
function bothAnswered(state: TaskState): TaskState {
  const actions = state.segments.map((_, index) => ({ kind: "submit_clip", index }) as const);
  const begun = actions.reduce((current, action) => begin(current, action, startedAt), state);
  return actions.reduce((current, action) => settle(current, badlyEnded(action, "not_found"), startedAt), begun);
}

describe("a model that turns out to be retired when the first clip is asked for", () => {
  test("is replaced: the video is planned and its prompts are written anew, and the customer is told", () => {
    const state = submitted(asking(), 0, true);
    expect(state).toMatchObject({ status: "prompting", segments: [], successors: [] });
    const view = presentTask(state, "http://localhost");
    expect(view.plan).toMatchObject({ provider: "omni", model: "gemini-omni-1.1-flash", wasted_seconds: 0 });
    expect(view.cost).toMatchObject({ estimate_usd: 3, charged: "no" });
    expect(view.warnings.map(({ code }) => code)).toContain("model_replaced");
    const again = until("submit_clip", state, nextWakeAt);
    expect(again.segments.map(({ seconds }) => seconds)).toEqual([10, 10]);
  });

  test("is replaced once for all clips that were asked for side by side", () => {
    const [first, second] = [0, 1].map((index) => ({ kind: "submit_clip", index }) as const);
    if (!first || !second) throw new Error("Two clips are needed.");
    const both = begin(begin(asking(), first, startedAt), second, startedAt);
    const one = settle(both, badlyEnded(first, "not_found"), startedAt);
    const end = settle(one, badlyEnded(second, "not_found"), startedAt);
    expect(end).toMatchObject({ status: "prompting", plan: { provider: "omni" } });
    expect(end.warnings.filter(({ code }) => code === "model_replaced")).toHaveLength(1);
  });

  test("has its prompts approved anew where its owner wants to read them", () => {
    const request = { ...taskStart().request, review: true };
    const waiting = until("write_prompt", taskState({ ...twoPlans, request }), nextWakeAt);
    const written = settle(
      begin(waiting, { kind: "write_prompt" }, startedAt),
      wellEnded({ kind: "write_prompt" }),
      startedAt,
    );
    const approved: TaskState = { ...written, status: "generating", approve_by: null };
    const replanned = submitted(approved, 0, true);
    const rewritten = settle(
      begin(replanned, { kind: "write_prompt" }, startedAt),
      wellEnded({ kind: "write_prompt" }),
      startedAt,
    );
    expect(rewritten).toMatchObject({ status: "awaiting_approval", plan: { provider: "omni" } });
  });

  test("has the next successor stand in when the first one is gone, too", () => {
    const chain = asking({ successors: [plan(wish, "gemini"), plan(wish, "omni")] });
    const second = until("submit_clip", bothAnswered(chain), nextWakeAt);
    expect(bothAnswered(second)).toMatchObject({ plan: { provider: "omni" }, successors: [] });
  });

  test("takes the warnings of its plan with it", () => {
    const take = { duration_seconds: 10, structure: "single_take" } as const;
    const reduced = { code: "resolution_reduced", message: "" };
    const start = { plan: plan(take, "vertex"), successors: [plan(take, "omni")], warnings: [reduced] };
    const replaced = submitted(asking(start), 0, true);
    expect(replaced.plan).toMatchObject({ provider: "omni", resolution: "1080p" });
    expect(replaced.warnings.map(({ code }) => code)).toEqual(["model_replaced"]);
  });

  test("does not keep a clip waiting whose answer turned out to be the exception", () => {
    const [first, second] = [0, 1].map((index) => ({ kind: "submit_clip", index }) as const);
    if (!first || !second) throw new Error("Two clips are needed.");
    const both = begin(begin(asking(), first, startedAt), second, startedAt);
    const one = settle(both, badlyEnded(first, "not_found"), startedAt);
    expect(one.segments[0]?.submit.not_before).toBeGreaterThan(startedAt + 60_000);
    const other = settle(one, wellEnded(second), startedAt);
    expect(other.segments[0]?.submit.not_before).toBe(startedAt);
  });

  test("is not replaced once a clip may be paid for", () => {
    const state = submitted(submitted(asking(), 0, false), 1, true);
    expect(state).toMatchObject({ plan: { provider: "vertex" }, ending: { code: "model_retired" } });
  });

  test("ends the task where nothing can stand in for it, free of charge, and says what to set", () => {
    const state = submitted(asking({ successors: [] }), 0, true);
    expect(state).toMatchObject({ status: "failed", error: { code: "model_retired", charged: "no" } });
    expect(state.error?.message).toContain("VEO_MODEL_HIGH");
  });
});

test("a model that is known to be retired ends the task before anything is asked", () => {
  const state = startedTask(taskStart({ is_model_retired: true }), null, startedAt);
  expect(state).toMatchObject({ status: "failed", error: { code: "model_retired", charged: "no" } });
  expect(nextWakeAt(state)).toBe(state.expires_at);
});
