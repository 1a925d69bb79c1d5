/** A task, followed from outside as a client does. */
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { type TaskView, taskViewSchema } from "../../../src/task/view.ts";

const sample = new URL("../../../src/sandbox/samples/emerald-ring-front.jpg", import.meta.url);
const lookEveryMs = 50;
const patienceMs = 60_000;

/**
 * Starts a task with a sample picture.
 *
 * @param key of a service that asks for one
 */
export async function startTask(origin: string, fields: Record<string, string> = {}, key = ""): Promise<TaskView> {
  const form = new FormData();
  form.set("reference_image1", new Blob([await readFile(sample)], { type: "image/jpeg" }), "ring.jpg");
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const headers = new Headers(key === "" ? {} : { Authorization: `Bearer ${key}` });
  const response = await fetch(`${origin}/veo31/generate`, { method: "POST", headers, body: form });
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
  return (await readLedger(origin)).accepted_submits;
}

/** How many calls reached the sandbox in an upstream's place. */
export async function upstreamCalls(origin: string): Promise<number> {
  return (await readLedger(origin)).calls.length;
}

async function readLedger(origin: string): Promise<{ accepted_submits: number; calls: unknown[] }> {
  const response = await fetch(`${origin}/sandbox/control/ledger`);
  return await response.json();
}

/** Makes the sandbox forget its calls and its misbehaviour. */
export async function resetSandbox(origin: string): Promise<void> {
  const response = await fetch(`${origin}/sandbox/control`, { method: "DELETE" });
  if (!response.ok) throw new Error(`The sandbox was not reset: ${response.status}`);
}

/** Makes the sandbox take its time, so that every stage lasts longer than the pause between two looks of the form. */
export async function takeTime(origin: string): Promise<void> {
  await setLatencies(origin, { image_analysis_ms: 3_000, prompt_ms: 3_000 });
}

/** Tells the sandbox how long to take, in milliseconds; what is not named takes as long as before. */
export async function setLatencies(origin: string, latencies: Record<string, number>): Promise<void> {
  await post(`${origin}/sandbox/control/latencies`, latencies);
}

/** Tells the sandbox what to do wrong next. */
export async function misbehave(
  origin: string,
  ...faults: { call: string; fault: string; times?: number; after?: number }[]
): Promise<void> {
  await post(`${origin}/sandbox/control/faults`, faults);
}

async function post(address: string, body: unknown): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`The sandbox does not take this: ${await response.text()}`);
}
