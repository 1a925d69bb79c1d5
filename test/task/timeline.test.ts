import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { dueActions } from "../../src/task/actions.ts";
import { presentTask } from "../../src/task/present.ts";
import { approve } from "../../src/task/review.ts";
import { begin, settle } from "../../src/task/settle.ts";
import { startedTask } from "../../src/task/started-task.ts";
import type { TaskState } from "../../src/task/state.ts";
import type { TaskStatus } from "../../src/task/status.ts";
import { TaskStore } from "../../src/task/task-store.ts";
import { nextWakeAt } from "../../src/task/wake.ts";
import { wellEnded } from "../support/drive.ts";
import { startedAt, taskStart, taskState } from "../support/task-state.ts";

/** The timeline as a client sees it, in seconds since the start. */
function seen(state: TaskState | null | undefined): [TaskStatus, number][] {
  const { timeline } = presentTask(state ?? nobody(), "http://localhost");
  return timeline.map(({ status, at }) => [status, (Date.parse(at) - startedAt) / 1_000]);
}

function nobody(): never {
  throw new Error("There is no task.");
}

function as(status: TaskStatus) {
  return (state: TaskState): TaskState => ({ ...state, status });
}

function withStorage<Result>(name: string, use: (storage: DurableObjectStorage) => Result): Promise<Result> {
  return runInDurableObject(env.TASKS.getByName(name), (_, { storage }) => use(storage));
}

test("a task tells when it came into each status, from the first on", async () => {
  await withStorage("timeline", (storage) => {
    const store = new TaskStore(storage);
    store.create(taskState());
    expect(seen(store.load())).toEqual([["queued", 0]]);
    store.change(as("analyzing"), startedAt + 1_000);
    store.change((state) => ({ ...state, warnings: [{ code: "test", message: "Still at it." }] }), startedAt + 2_000);
    store.change(as("prompting"), startedAt + 3_000);
    expect(seen(store.load())).toEqual([["queued", 0], ["analyzing", 1], ["prompting", 3]]);
    expect(store.changesAfter(1)?.map((state) => seen(state).length)).toEqual([2, 2, 3]);
  });
});

test("a whole life with a review is told in order, and ends with its end", async () => {
  await withStorage("timeline of a life", (storage) => {
    const store = new TaskStore(storage);
    store.create(taskState({ request: { ...taskStart().request, review: true } }));
    let now = startedAt;
    const live = (until: TaskStatus) => {
      for (let rounds = 0; rounds < 20 && store.load()?.status !== until; rounds++) {
        now = Math.max(now + 1_000, nextWakeAt(store.load() ?? nobody()));
        for (const action of dueActions(store.load() ?? nobody(), now)) {
          store.change((state) => begin(state, action, now), now);
          store.change((state) => settle(state, wellEnded(action), now), now);
        }
      }
    };
    live("awaiting_approval");
    now += 3_600_000;
    store.change((state) => {
      const decided = approve(state, {}, now);
      return decided.kind === "done" ? decided.state : state;
    }, now);
    live("succeeded");
    const timeline = seen(store.load());
    expect(timeline.map(([status]) => status)).toEqual(
      ["queued", "analyzing", "prompting", "awaiting_approval", "generating", "finishing", "succeeded"],
    );
    expect(timeline.map(([, at]) => at)).toEqual(timeline.map(([, at]) => at).toSorted((one, other) => one - other));
    expect((timeline[4]?.[1] ?? 0) - (timeline[3]?.[1] ?? 0)).toBe(3_600);
  });
});

test("a task that ends in its first moment tells that", () => {
  expect(seen(startedTask(taskStart({ is_model_retired: true }), null, startedAt))).toEqual([["queued", 0], [
    "failed",
    0,
  ]]);
});

test("a row of a version without timelines tells its start, where it is, and what comes from now on", async () => {
  await withStorage("timeline of an old row", (storage) => {
    const store = new TaskStore(storage);
    store.create({ ...taskState(), status: "generating" });
    const { timeline: _, ...old } = store.load() ?? nobody();
    storage.kv.put("task", old);
    expect(seen(store.load())).toEqual([["queued", 0], ["generating", 0]]);
    store.change(as("finishing"), startedAt + 9_000);
    expect(seen(store.load())).toEqual([["queued", 0], ["finishing", 9]]);
  });
});
