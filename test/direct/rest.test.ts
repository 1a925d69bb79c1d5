/** A process that makes videos itself and is told to end: what was paid for is not left unknown. */
import { beforeEach, expect, test } from "vitest";
import { createMemoryStore } from "../../src/client/direct/memory-store.ts";
import { directWay, made, never, sandboxOptions, settled, submitsSeen } from "../support/direct.ts";
import { jpeg } from "../support/pictures.ts";
import { freshSandbox } from "../support/sandboxed-service.ts";

const referenceImages = [jpeg({ width: 64, height: 48 })];
const sandboxFetch = sandboxOptions.fetch ?? fetch;

beforeEach(freshSandbox);

/** The clip is taken at once, and the word of it is on its way until it is let through. */
function slowSubmit() {
  const { promise: sent, resolve: isSent } = Promise.withResolvers<void>();
  const { promise: letThrough, resolve: answer } = Promise.withResolvers<void>();
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const isSubmit = new Request(input, init).url.includes(":predictLongRunning");
    const response = await sandboxFetch(input, init);
    if (isSubmit) {
      isSent();
      await letThrough;
    }
    return response;
  };
  return { fetch, sent, answer };
}

test("it waits for the answer to an order for a clip, and the next process goes on with it, paid for once", async () => {
  const store = createMemoryStore();
  const { fetch, sent, answer } = slowSubmit();
  const way = await directWay({ fetch }, { store });
  const { task_id } = await way.start({ referenceImages }, never);
  await sent;
  const seen: string[] = [];
  const resting = way.rest().then(() => seen.push("at rest"));
  seen.push("answered");
  answer();
  await resting;
  expect(seen).toEqual(["answered", "at rest"]);
  expect(await settled(await directWay({}, { store }), task_id)).toMatchObject({ status: "succeeded" });
  expect(await submitsSeen()).toBe(1);
});

test("nothing more is begun meanwhile", async () => {
  const store = createMemoryStore();
  const { fetch, sent, answer } = slowSubmit();
  const way = await directWay({ fetch }, { store });
  const { task_id } = await way.start({ referenceImages }, never);
  await sent;
  answer();
  await way.rest();
  const left = await store.load(task_id);
  expect(left).toMatchObject({ status: "generating", segments: [{ poll: { started_at: null }, clip: null }] });
});

test("who asks for the task again afterwards takes it up again", async () => {
  const way = await directWay();
  const { task_id } = await made(way, { referenceImages });
  await way.rest();
  expect(await way.status(task_id)).toMatchObject({ status: "succeeded" });
});
