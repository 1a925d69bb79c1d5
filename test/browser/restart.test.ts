/**
 * The server is killed while a task is in each of its states, and started again: the task goes on, ends well, and its clip
 * is paid for once.
 */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { TaskView } from "../../src/task/view.ts";
import { newStorage, type Server, startServer } from "./support/server.ts";
import { acceptedSubmits, misbehave, startTask, statusesUntilEnd, until } from "./support/task.ts";

let storage: string;
let server: Server;

beforeEach(async () => {
  storage = await newStorage();
  server = await startServer(storage);
});

afterEach(() => server.kill());

/** When to kill, for each state. A running clip is one whose submit was answered: before that nobody may ask again. */
const moments: [string, (task: TaskView) => boolean][] = [
  ["just started", () => true],
  ["analyzing", ({ status }) => status === "analyzing"],
  ["prompting", ({ status }) => status === "prompting"],
  ["generating", ({ step3_video_generation: made }) => made?.segments[0]?.status === "running"],
  ["finishing", ({ status }) => status === "finishing"],
];

test.each(moments)("a task goes on after the server was killed while it was %s", async (_, isThere) => {
  // A failed download keeps the task in `finishing` for long enough to be seen there.
  await misbehave(server.origin, { call: "download", fault: "status_500" });
  const { task_id } = await startTask(server.origin);
  await until(server.origin, task_id, isThere);
  await server.kill();
  server = await startServer(storage);
  const statuses = await statusesUntilEnd(server.origin, task_id);
  expect(statuses.at(-1)).toBe("succeeded");
  expect(await acceptedSubmits(server.origin)).toBe(1);
});
