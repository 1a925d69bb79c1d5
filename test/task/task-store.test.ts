import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { TaskStore } from "../../src/task/task-store.ts";
import { startedAt, taskState } from "../support/task-state.ts";

/** Runs on the storage of an object that has no task. */
function withStore<Result>(name: string, use: (store: TaskStore) => Result): Promise<Result> {
  return runInDurableObject(env.TASKS.getByName(name), (_, { storage }) => use(new TaskStore(storage)));
}

const warned = (number: number) => ({ code: "test", message: `Change ${number}.` });

test("only what a client sees counts as a change, and is kept for listeners", async () => {
  await withStore("changes", (store) => {
    store.create(taskState());
    const hidden = store.change(
      (state) => ({ ...state, write_prompt: { ...state.write_prompt, faults: 1 } }),
      startedAt + 1,
    );
    expect(hidden).toMatchObject({ isVisible: false, state: { revision: 1, updated_at: startedAt } });
    const seen = store.change((state) => ({ ...state, warnings: [warned(1)] }), startedAt + 2);
    expect(seen).toMatchObject({ isVisible: true, state: { revision: 2, updated_at: startedAt + 2 } });
    expect(store.change((state) => state, startedAt + 3)).toMatchObject({ isVisible: false });
    expect(store.changesAfter(1)).toEqual([seen?.state]);
    expect(store.changesAfter(2)).toEqual([]);
  });
});

test("of a long history the last part is kept, and what lies before it is not told as whole", async () => {
  await withStore("history", (store) => {
    store.create(taskState());
    for (let number = 2; number <= 500; number++) {
      store.change((state) => ({ ...state, warnings: [warned(number)] }), startedAt + number);
    }
    expect(store.changesAfter(1)).toBeNull();
    expect(store.changesAfter(300)).toBeNull();
    expect(store.changesAfter(301)?.map(({ revision }) => revision)).toEqual(
      Array.from({ length: 199 }, (_, index) => 302 + index),
    );
    expect(store.changesAfter(1_000)).toBeNull();
  });
});

test("a forgotten task cannot be changed", async () => {
  await withStore("forgotten", (store) => {
    store.create(taskState());
    store.forget();
    expect(store.change((state) => ({ ...state, warnings: [warned(1)] }), startedAt)).toBeNull();
    expect(store.load()).toBeNull();
    expect(store.identity()).toBeNull();
  });
});

test("a row of another version still says what is needed to remove it", async () => {
  const name = "unreadable";
  await withStore(name, (store) => store.create(taskState()));
  await runInDurableObject(env.TASKS.getByName(name), (_, { storage }) => {
    storage.kv.put("task", { ...storage.kv.get<object>("task"), version: 1_000, video_reference: "other" });
  });
  await withStore(name, (store) => {
    expect(() => store.load()).toThrow();
    expect(store.identity()).toMatchObject({
      task_id: "0".repeat(32),
      media_secret: "1".repeat(32),
      video_reference: null,
    });
  });
});
