import { describe, expect, test } from "vitest";
import { dueActions } from "../../src/task/actions.ts";
import { cancel } from "../../src/task/cancel.ts";
import { approve, type Decided, lapsed } from "../../src/task/review.ts";
import type { TaskState } from "../../src/task/state.ts";
import { approvalDeadlineMs } from "../../src/task/timing.ts";
import { nextWakeAt } from "../../src/task/wake.ts";
import { round } from "../support/drive.ts";
import { plan, startedAt, taskStart, taskState } from "../support/task-state.ts";

function awaiting(durationSeconds = 20): TaskState {
  const request = { ...taskStart().request, review: true };
  let state = taskState({ request, plan: plan({ duration_seconds: durationSeconds }) });
  while (state.status !== "awaiting_approval") state = round(state, startedAt);
  return state;
}

function stateOf(decided: Decided): TaskState {
  if (decided.kind !== "done") throw new Error(`Not done: ${JSON.stringify(decided)}`);
  return decided.state;
}

const problemsOf = (decided: Decided) => decided.kind === "refused" ? decided.problems.map(({ field }) => field) : [];

describe("a task to be reviewed", () => {
  test("waits with its prompts and asks nothing of the video model", () => {
    const state = awaiting();
    expect(state.segments).toHaveLength(3);
    expect(dueActions(state, startedAt + 1e12)).toEqual([]);
    expect(state.segments.map(({ status }) => status)).toEqual(["pending", "pending", "pending"]);
    expect(nextWakeAt(state)).toBe(startedAt + approvalDeadlineMs);
  });

  test("goes on with the prompts as they were, or as they were edited", () => {
    const asTheyWere = stateOf(approve(awaiting(), {}, startedAt + 5_000));
    expect(asTheyWere.segments.map(({ prompt }) => prompt)).toEqual(awaiting().segments.map(({ prompt }) => prompt));
    const edited = stateOf(approve(awaiting(), { prompts: ["One.", " Two. ", "Three."] }, startedAt + 5_000));
    expect(edited.segments.map(({ prompt }) => prompt)).toEqual(["One.", "Two.", "Three."]);
    expect(edited).toMatchObject({ status: "generating", approve_by: null });
    expect(dueActions(edited, nextWakeAt(edited))).toHaveLength(3);
    expect(stateOf(approve(awaiting(8), { prompt: "Alone." }, startedAt)).segments[0]?.prompt).toBe("Alone.");
  });

  test("is not approved with prompts that cannot be sent, and says which", () => {
    const state = awaiting();
    expect(problemsOf(approve(state, { prompt: "One." }, startedAt))).toEqual(["prompt"]);
    expect(problemsOf(approve(state, { prompts: ["One."] }, startedAt))).toEqual(["prompts"]);
    expect(problemsOf(approve(state, { prompt: "One.", prompts: [] }, startedAt))).toEqual(["prompt"]);
    const long = "gold ".repeat(2_000);
    expect(problemsOf(approve(state, { prompts: ["One.", " ", long] }, startedAt))).toEqual([
      "prompts[1]",
      "prompts[2]",
    ]);
  });

  test("can be cancelled without a cost", () => {
    const state = stateOf(cancel(awaiting(), startedAt));
    expect(state).toMatchObject({ status: "canceled", error: { code: "canceled", charged: "no" } });
    expect(dueActions(state, startedAt + 1e12)).toEqual([]);
  });

  test("ends when nobody approves it in time, without a cost", () => {
    expect(lapsed(awaiting(), startedAt + approvalDeadlineMs - 1).status).toBe("awaiting_approval");
    expect(lapsed(awaiting(), startedAt + approvalDeadlineMs)).toMatchObject({
      status: "failed",
      error: { code: "deadline_exceeded", charged: "no" },
    });
  });
});

test("an approval that comes too late is not taken, however late the task is woken", () => {
  const late = startedAt + approvalDeadlineMs;
  expect(approve(awaiting(), {}, late).kind).toBe("wrong_state");
  expect(cancel(awaiting(), late).kind).toBe("wrong_state");
});

test("an edited prompt is sent without what nobody sees", () => {
  const blanks = `The ring\u00a0 \t turns.${" ".repeat(100_000)}\n\n\n\nIt glows.\ud800`;
  const state = stateOf(approve(awaiting(8), { prompt: blanks }, startedAt));
  expect(state.segments[0]?.prompt).toBe("The ring turns.\n\nIt glows.\ufffd");
});

test("approving is for what waits for it", () => {
  const generating = stateOf(approve(awaiting(), {}, startedAt));
  expect(approve(generating, {}, startedAt).kind).toBe("wrong_state");
  expect(approve(taskState(), {}, startedAt).kind).toBe("wrong_state");
});
