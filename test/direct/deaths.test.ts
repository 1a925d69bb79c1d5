/** A process that dies while it makes a video: what is left in its store goes on elsewhere, and is not paid for twice. */
import { beforeEach, expect, test } from "vitest";
import type { DirectStore } from "../../src/client/direct/direct-store.ts";
import { createMemoryStore } from "../../src/client/direct/memory-store.ts";
import type { TaskState } from "../../src/task/state.ts";
import { directWay, never, sandboxOptions, settled, submitsSeen } from "../support/direct.ts";
import { jpeg } from "../support/pictures.ts";
import { freshSandbox } from "../support/sandboxed-service.ts";

const referenceImages = [jpeg({ width: 64, height: 48 })];
const sandboxFetch = sandboxOptions.fetch ?? fetch;

beforeEach(freshSandbox);

/** A process that dies at one of its requests: nothing of it gets any further, and nothing more is saved. */
function dyingAt(isTheOne: (url: string) => boolean, passesOn: boolean) {
  let die = () => {};
  const died = new Promise<void>((resolve) => die = resolve);
  let isDead = false;
  const kept = createMemoryStore();
  const store: DirectStore = { ...kept, save: (state) => isDead ? new Promise(() => {}) : kept.save(state) };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (!isTheOne(new Request(input, init).url)) return await sandboxFetch(input, init);
    isDead = true;
    if (passesOn) await sandboxFetch(input, init);
    die();
    return await new Promise<Response>(() => {});
  };
  return { kept, store, fetch, died };
}

test.each([[true, 1], [false, 0]])(
  "a submit whose answer never came is not sent again (it got through: %s)",
  async (passesOn, submits) => {
    const { kept, store, fetch, died } = dyingAt((url) => url.includes(":predictLongRunning"), passesOn);
    const { task_id } = await (await directWay({ fetch }, { store })).start({ referenceImages }, never);
    await died;
    const task = await settled(await directWay({}, { store: kept }), task_id);
    expect(task).toMatchObject({ status: "failed", error: { code: "submit_unknown", charged: "unknown" } });
    expect(await submitsSeen()).toBe(submits);
  },
);

test("a clip that was being made is fetched by the next process", async () => {
  const { kept, store, fetch, died } = dyingAt((url) => url.includes("/operations/"), false);
  const { task_id } = await (await directWay({ fetch }, { store })).start({ referenceImages }, never);
  await died;
  const way = await directWay({}, { store: kept });
  expect(await way.status(task_id)).toMatchObject({ status: "generating" });
  expect(await settled(way, task_id)).toMatchObject({ status: "succeeded" });
  expect(await submitsSeen()).toBe(1);
});

test("a task is saved as being asked for before it is", async () => {
  const kept = createMemoryStore();
  const atSubmits: (TaskState | null)[] = [];
  const started: { task_id?: string } = {};
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const isSubmit = new Request(input, init).url.includes(":predictLongRunning");
    if (isSubmit) atSubmits.push(await kept.load(started.task_id ?? ""));
    return await sandboxFetch(input, init);
  };
  const way = await directWay({ fetch }, { store: kept });
  started.task_id = (await way.start({ referenceImages }, never)).task_id;
  await settled(way, started.task_id);
  expect(atSubmits.map((state) => state?.segments[0]?.submit.started_at)).toEqual([expect.any(Number)]);
});

test("while nothing can be saved nothing is paid for", async () => {
  const kept = createMemoryStore();
  const isFull = ({ segments }: TaskState) => segments.some(({ submit }) => submit.started_at !== null);
  const save = (state: TaskState) => isFull(state) ? Promise.reject(new Error("no space left")) : kept.save(state);
  const way = await directWay({}, { store: { ...kept, save } });
  const { task_id } = await way.start({ referenceImages }, never);
  expect(await settled(way, task_id)).toMatchObject({ status: "failed", cost: { charged: "no" } });
  expect(await submitsSeen()).toBe(0);
});

test("who lost its task to another process stops, and sees what that one makes of it", async () => {
  const kept = createMemoryStore();
  let isLost = false;
  const lost: DirectStore = {
    ...kept,
    lock: () =>
      Promise.resolve(isLost ? null : { isHeld: () => Promise.resolve(!isLost), release: () => Promise.resolve() }),
  };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (new Request(input, init).url.includes("/operations/")) isLost = true;
    return await sandboxFetch(input, init);
  };
  const first = await directWay({ fetch }, { store: lost });
  const { task_id } = await first.start({ referenceImages }, never);
  const [seen, made] = await Promise.all([
    settled(first, task_id),
    (async () => {
      while (!isLost) await new Promise((resolve) => setTimeout(resolve, 0));
      return await settled(await directWay({}, { store: kept }), task_id);
    })(),
  ]);
  expect(seen).toEqual(made);
  expect(made).toMatchObject({ status: "succeeded" });
  expect(await submitsSeen()).toBe(1);
  await expect(first.remove(task_id)).rejects.toMatchObject({ code: "wrong_state" });
});
