/** One video on its way, wanted by several parts of a program at once. */
import { expect, test } from "vitest";
import { GenerationFailedError, RequestRefusedError } from "../../src/client/errors.ts";
import { Generation } from "../../src/client/generation.ts";
import type { Task } from "../../src/client/task.ts";
import { view } from "./support/answers.ts";
import { statusesOf } from "./support/gathered.ts";

/** A way that tells these states and counts who follows. */
function wayOf(...states: Task[]) {
  const counts = { begun: 0, left: 0 };
  async function* follow() {
    counts.begun++;
    let told = 0;
    try {
      for (const state of states) {
        await Promise.resolve();
        told++;
        yield state;
      }
    } finally {
      if (told < states.length) counts.left++;
    }
  }
  return { counts, follow, cancel: () => Promise.resolve(view("canceled")) };
}

const states = [view("queued"), view("analyzing"), view("succeeded")];
const start = () => Promise.resolve(view("queued"));

test("who awaits and who iterates share one following, and each sees every state once", async () => {
  const way = wayOf(...states);
  const told: string[] = [];
  const generation = new Generation(way, start, { onProgress: ({ status }) => told.push(status) });
  const [task, seen, seenToo] = await Promise.all([generation, statusesOf(generation), statusesOf(generation)]);
  expect(task.status).toBe("succeeded");
  expect(seen).toEqual(["queued", "analyzing", "succeeded"]);
  expect(seenToo).toEqual(seen);
  expect(told).toEqual(seen);
  expect(await statusesOf(generation)).toEqual(seen);
  expect(way.counts).toEqual({ begun: 1, left: 0 });
});

test("nobody follows a task that nobody waits for", async () => {
  const way = wayOf(...states);
  const generation = new Generation(way, start);
  expect(await generation.taskId).toBe(view().task_id);
  expect(way.counts.begun).toBe(0);
});

test("who leaves the loop stops following, and may come back for the rest", async () => {
  const way = wayOf(...states);
  const generation = new Generation(way, start);
  for await (const { status } of generation) if (status === "analyzing") break;
  expect(way.counts).toEqual({ begun: 1, left: 1 });
  expect((await generation).status).toBe("succeeded");
});

test("a failed start is told to everybody, and ends no process by itself", async () => {
  const refused = new RequestRefusedError("invalid_input", "referenceImages: none");
  const generation = new Generation(wayOf(), () => Promise.reject(refused));
  await expect(generation).rejects.toBe(refused);
  await expect(statusesOf(generation)).rejects.toBe(refused);
  await expect(generation.taskId).rejects.toBe(refused);
  await expect(generation.cancel()).rejects.toBe(refused);
});

test("a task that failed is the last one of the loop, and thrown to who awaits it", async () => {
  const error = { code: "filtered_prompt", message: "Refused.", retryable: false, charged: "no" } as const;
  const generation = new Generation(wayOf(view("failed", { error })), start);
  expect(await statusesOf(generation)).toEqual(["queued", "failed"]);
  const thrown = await generation.catch((reason: unknown) => reason);
  expect(thrown).toBeInstanceOf(GenerationFailedError);
  expect(thrown).toMatchObject({
    code: "filtered_prompt",
    retryable: false,
    charged: "no",
    task: { status: "failed" },
  });
});

test("a task that waits to be approved is what awaiting it gives", async () => {
  const generation = new Generation(wayOf(view("awaiting_approval")), start);
  expect((await generation).status).toBe("awaiting_approval");
});

test("a listener that fails ends the following, and is told of", async () => {
  const way = wayOf(...states);
  const failure = new Error("The listener failed.");
  const generation = new Generation(way, start, {
    onProgress: ({ status }) => {
      if (status === "analyzing") throw failure;
    },
  });
  await expect(generation).rejects.toBe(failure);
  expect(way.counts.left).toBe(1);
});
