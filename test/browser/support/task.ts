/** A task, followed from outside as a client does. */
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { type TaskView, taskViewSchema } from "../../../src/task/view.ts";

const sample = new URL("../../../src/sandbox/samples/emerald-ring-front.jpg", import.meta.url);
const lookEveryMs = 50;
const patienceMs = 60_000;

/** Starts a task with a sample picture. */
export async function startTask(origin: string, fields: Record<string, string> = {}): Promise<TaskView> {
  const form = new FormData();
  form.set("reference_image1", new Blob([await readFile(sample)], { type: "image/jpeg" }), "ring.jpg");
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const response = await fetch(`${origin}/veo31/generate`, { method: "POST", body: form });
  if (response.status !== 202) throw new Error(`Not started: ${response.status} ${await response.text()}`);
  return taskViewSchema.parse(await response.json());
}

export async function read(origin: string, taskId: string): Promise<TaskView> {
  const response = await fetch(`${origin}/veo31/status/${taskId}`);
  return taskViewSchema.parse(await response.json());
}

/** Looks until the task is as wanted. */
export async function until(
  origin: string,
  taskId: string,
  isWanted: (task: TaskView) => boolean,
): Promise<TaskView> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const task = await read(origin, taskId);
    if (isWanted(task)) return task;
    if (Date.now() > deadline) throw new Error(`The task stays ${task.status}.`);
    await pause(lookEveryMs);
  }
}

/** Each status the task is seen in, until its end. */
export async function statusesUntilEnd(origin: string, taskId: string): Promise<string[]> {
  const seen: string[] = [];
  await until(origin, taskId, ({ status }) => {
    if (seen.at(-1) !== status) seen.push(status);
    return ["succeeded", "failed", "canceled"].includes(status);
  });
  return seen;
}

/** How many clips the sandbox would have charged for. */
export async function acceptedSubmits(origin: string): Promise<number> {
  const response = await fetch(`${origin}/sandbox/control/ledger`);
  const { accepted_submits } = await response.json();
  return accepted_submits;
}

/** Tells the sandbox what to do wrong next. */
export async function misbehave(origin: string, ...faults: { call: string; fault: string }[]): Promise<void> {
  const response = await fetch(`${origin}/sandbox/control/faults`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(faults),
  });
  if (!response.ok) throw new Error(`The sandbox does not know this fault: ${await response.text()}`);
}
