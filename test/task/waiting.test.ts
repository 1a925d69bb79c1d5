import { describe, expect, test } from "vitest";
import { type Action, dueActions } from "../../src/task/actions.ts";
import { presentTask } from "../../src/task/present.ts";
import { begin, settle } from "../../src/task/settle.ts";
import type { TaskState } from "../../src/task/state.ts";
import { nextWakeAt } from "../../src/task/wake.ts";
import type { FaultKind } from "../../src/upstream/outcome.ts";
import { badlyEnded, round, until, wellEnded } from "../support/drive.ts";
import { plan, startedAt, taskState } from "../support/task-state.ts";

const submit = (index: number): Action => ({ kind: "submit_clip", index });
const waitingOf = (state: TaskState) => presentTask(state, "http://localhost").waiting;

/** As many tasks as there are in a busy deployment, each about to ask for its clip. */
function manyTasks(count: number): TaskState[] {
  return Array.from({ length: count }, (_, number) => {
    const id = (number * 2_654_435_761 % 2 ** 32).toString(16).padStart(32, "0");
    return until("submit_clip", taskState({ task_id: id }), nextWakeAt);
  });
}

/** How many of the times fall into the fullest second. */
function fullestSecond(times: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const time of times) counts.set(Math.floor(time / 1_000), (counts.get(Math.floor(time / 1_000)) ?? 0) + 1);
  return Math.max(...counts.values());
}

describe("many tasks that were stopped at the same moment", () => {
  test.each([["rate_limited", 1_000], ["rate_limited", 60_000], ["rate_limited", null]] as const)(
    "by %s and told %j come back after that, spread over time, and wider each time",
    (kind, told) => {
      const tasks = manyTasks(300);
      const spans: number[] = [];
      for (let tries = 0; tries < 3; tries++) {
        const pauses = tasks.map((state, at) => {
          const now = nextWakeAt(state);
          const next = settle(begin(state, submit(0), now), badlyEnded(submit(0), kind, told), now);
          tasks[at] = next;
          return nextWakeAt(next) - now;
        });
        expect(Math.min(...pauses)).toBeGreaterThanOrEqual(told ?? 30_000);
        spans.push(Math.max(...pauses) - Math.min(...pauses));
      }
      expect(spans[0]).toBeGreaterThan(9_000);
      expect(spans).toEqual([...spans].sort((one, other) => one - other));
      expect(fullestSecond(tasks.map(nextWakeAt))).toBeLessThan(25);
    },
  );

  test("by an upstream that was down do not come back in one second either", () => {
    const times = manyTasks(300).map((state) => {
      let current = state;
      for (let tries = 0; tries < 3; tries++) {
        const now = nextWakeAt(current);
        current = settle(begin(current, submit(0), now), badlyEnded(submit(0), "unavailable"), now);
      }
      return nextWakeAt(current);
    });
    expect(fullestSecond(times)).toBeLessThan(75);
  });
});

describe("the clips of one task", () => {
  const shots = () => until("submit_clip", taskState({ plan: plan({ duration_seconds: 24 }) }), nextWakeAt);
  const refused = (state: TaskState, index: number, now: number) =>
    settle(begin(state, submit(index), now), badlyEnded(submit(index), "rate_limited", 60_000), now);

  test("wait behind the one that the quota refused", () => {
    const state = refused(shots(), 0, startedAt);
    expect(dueActions(state, startedAt + 59_000)).toEqual([]);
    expect(nextWakeAt(state)).toBeGreaterThanOrEqual(startedAt + 60_000);
  });

  test("that continue another do not wait for its quota", () => {
    const take = plan({ duration_seconds: 29, structure: "single_take" });
    const state = refused(until("submit_clip", taskState({ plan: take }), nextWakeAt), 0, startedAt);
    expect(state.segments.map(({ submit: { waits_for } }) => waits_for)).toEqual(["quota", null, null, null]);
  });

  test("try one after the other when one gets in", () => {
    const waiting = refused(shots(), 0, startedAt);
    const now = nextWakeAt(waiting);
    let state = settle(begin(waiting, submit(0), now), wellEnded(submit(0)), now);
    expect(dueActions(state, now)).toEqual([submit(1)]);
    state = settle(begin(state, submit(1), now), wellEnded(submit(1)), now);
    expect(dueActions(state, now)).toEqual([submit(2)]);
  });
});

describe("a wait is shown", () => {
  const afterFaults = (kind: FaultKind, count: number, action: Action, from: TaskState, told: number | null = null) => {
    let state = from;
    for (let faults = 0; faults < count; faults++) {
      const now = nextWakeAt(state);
      state = settle(begin(state, action, now), badlyEnded(action, kind, told), now);
    }
    return state;
  };

  test("with its reason and its end, while a quota is waited for", () => {
    const state = afterFaults("rate_limited", 1, submit(0), until("submit_clip", taskState(), nextWakeAt));
    expect(waitingOf(state)).toMatchObject({
      reason: "quota",
      message: expect.stringContaining("Veo"),
      until: new Date(nextWakeAt(state)).toISOString(),
    });
    expect(waitingOf(round(state, nextWakeAt(state)))).toBeNull();
  });

  test("with how many clips wait, of those that are not asked for yet", () => {
    const shots = until("submit_clip", taskState({ plan: plan({ duration_seconds: 24 }) }), nextWakeAt);
    const making = settle(begin(shots, submit(2), startedAt), wellEnded(submit(2)), startedAt);
    expect(waitingOf(afterFaults("rate_limited", 1, submit(0), making))?.message).toContain(
      "2 of 3 clips are asked for again",
    );
  });

  test("when an upstream fails for the second time, not for a first hiccup", () => {
    const analyse: Action = { kind: "analyse_image", index: 0 };
    expect(waitingOf(afterFaults("unavailable", 1, analyse, taskState()))).toBeNull();
    expect(waitingOf(afterFaults("unavailable", 2, analyse, taskState()))).toMatchObject({
      reason: "upstream_unavailable",
      message: expect.stringContaining("OpenAI"),
    });
  });

  test("also for the first time when it will be long", () => {
    const analyse: Action = { kind: "analyse_image", index: 0 };
    expect(waitingOf(afterFaults("unavailable", 1, analyse, taskState(), 600_000))).not.toBeNull();
  });

  test("while a clip in the making cannot be looked for, and no longer than that", () => {
    const making = round(until("submit_clip", taskState(), nextWakeAt), startedAt);
    const poll: Action = { kind: "poll_clip", index: 0 };
    const silent = afterFaults("unavailable", 3, poll, making);
    expect(waitingOf(silent)).toMatchObject({ reason: "upstream_unavailable" });
    const pending = { kind: "clip_polled", index: 0, outcome: { ok: true, value: { state: "pending" } } } as const;
    const now = nextWakeAt(silent);
    expect(waitingOf(settle(begin(silent, poll, now), pending, now))).toBeNull();
  });

  test.each(
    [["unauthorized", "upstream_unavailable", null], ["quota_exhausted", "quota", expect.any(String)]] as const,
  )(
    "also where a clip cannot be looked for because of %s",
    (kind, reason, untilWhen) => {
      const making = round(until("submit_clip", taskState(), nextWakeAt), startedAt);
      const state = afterFaults(kind, 2, { kind: "poll_clip", index: 0 }, making);
      expect(state.error).toBeNull();
      expect(waitingOf(state)).toMatchObject({ reason, upstream: "Veo", until: untilWhen });
    },
  );

  test("not at all once the task has ended", () => {
    const state = afterFaults("rate_limited", 200, { kind: "analyse_image", index: 0 }, taskState());
    expect(state.status).toBe("failed");
    expect(waitingOf(state)).toBeNull();
  });
});
