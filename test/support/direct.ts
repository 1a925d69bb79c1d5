/** The library's direct way with the sandbox as its upstreams. Time stands still but for its sleeps, which move it. */
import { exports } from "cloudflare:workers";
import { vi } from "vitest";
import type { Clock } from "../../src/client/direct/clock.ts";
import { createDirectWay, type DirectDependencies } from "../../src/client/direct/direct-way.ts";
import type { DirectOptions } from "../../src/client/options.ts";
import type { Order } from "../../src/client/order.ts";
import type { Task } from "../../src/client/task.ts";
import type { Way } from "../../src/client/way.ts";
import { callsSeen } from "./sandboxed-service.ts";

export const never = new AbortController().signal;

export const sandboxOptions: DirectOptions = {
  geminiApiKey: "sandbox",
  openaiApiKey: "sandbox",
  geminiBaseUrl: "http://localhost/sandbox/gemini",
  openaiBaseUrl: "http://localhost/sandbox/openai/v1",
  fetch: (input, init) => exports.default.fetch(new Request(input, init)),
};

/** Whoever sleeps is at once where it wanted to be. */
export const movedClock: Clock = {
  now: () => Date.now(),
  async sleep(milliseconds, signal) {
    if (!signal.aborted) vi.setSystemTime(Date.now() + Math.max(0, milliseconds));
    // Others have their turn.
    await new Promise((resolve) => setTimeout(resolve, 0));
  },
};

export function directWay(options: DirectOptions = {}, dependencies: DirectDependencies = {}): Promise<Way> {
  return createDirectWay({ ...sandboxOptions, ...options }, { clock: movedClock, ...dependencies });
}

/** Starts the video and follows it until it is settled. */
export async function made(way: Way, order: Order): Promise<Task> {
  const { task_id } = await way.start(order, never);
  return await settled(way, task_id);
}

export async function settled(way: Way, taskId: string): Promise<Task> {
  let last: Task | null = null;
  for await (const task of way.follow(taskId, never)) last = task;
  if (!last) throw new Error("There was nothing to follow.");
  return last;
}

/** How many clips the video model took; each is paid for. */
export async function submitsSeen(): Promise<number> {
  return (await callsSeen()).filter(({ call, accepted }) => call === "submit" && accepted).length;
}
