/**
 * The whole service over HTTP, with the sandbox as its upstreams. Time stands still until a test moves it: a task's alarm
 * runs only when {@link wake} is called, and then the clock is where the task wanted to be woken.
 */
import { env, exports } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { vi } from "vitest";
import { deletePrefix } from "../../src/storage/task-files.ts";
import { type TaskView, taskViewSchema } from "../../src/task/view.ts";
import { type FormPart, formRequest } from "./multipart.ts";
import { formBody } from "./multipart.ts";

const origin = "http://localhost";

/** Ahead of the real clock, so that no alarm comes by itself. */
const startOfTime = Date.now() + 3_600_000;

const instantly = {
  image_analysis_ms: 0,
  prompt_ms: 0,
  video_analysis_ms: 0,
  file_processing_ms: 0,
  clip_ms: 6_000,
  hang_ms: 0,
};

export interface LedgerRow {
  readonly call: string;
  readonly accepted: boolean;
  readonly model: string | null;
  /** What was asked for, without the files. */
  readonly detail: unknown;
}

/** Stops the clock, resets the sandbox, empties R2, and with it what is known of the models. For `beforeEach`. */
export async function freshSandbox(): Promise<void> {
  await deletePrefix(env.BUCKET, "");
  vi.useFakeTimers({ toFake: ["Date"], now: startOfTime });
  await control("DELETE", "");
  await control("POST", "/latencies", instantly);
}

/** Settings that a test gave other values, with those they had. */
const changedSettings = new Map<string, unknown>();

/** Gives the service other settings, until {@link usualSettings}. */
export function withSettings(settings: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(settings)) {
    if (!changedSettings.has(name)) changedSettings.set(name, Reflect.get(env, name));
    Reflect.set(env, name, value);
  }
}

/** The key that requests go out with. */
let sentKey: string | null = null;

/** Sends requests with a key of the service from now on, until {@link usualSettings}. */
export function withKey(key: string | null): void {
  sentKey = key;
}

/** Strangers are counted by their addresses, so each test that has keys asks from another one. */
let address = 0;

export function anotherAddress(): Record<string, string> {
  return { "CF-Connecting-IP": `2001:db8:0:${(++address).toString(16)}::1` };
}

function keyHeader(): Record<string, string> {
  if (sentKey !== null) return { Authorization: `Bearer ${sentKey}` };
  return changedSettings.has("API_KEYS") ? anotherAddress() : {};
}

/** For `afterEach`. */
export function usualSettings(): void {
  sentKey = null;
  for (const [name, value] of changedSettings) Reflect.set(env, name, value);
  changedSettings.clear();
}

/** Which models the sandbox no longer has. */
export async function retire(...models: string[]): Promise<void> {
  await control("POST", "/models", { retired: models });
}

/** Tells the sandbox what to do wrong next. */
export async function misbehave(
  ...faults: { call: string; fault: string; times?: number; after?: number; prompt_contains?: string }[]
): Promise<void> {
  await control("POST", "/faults", faults);
}

/** How long clips are in the making, from now on. */
export async function clipsTake(milliseconds: number): Promise<void> {
  await control("POST", "/latencies", { clip_ms: milliseconds });
}

/** Lets the sandbox take only so many clips at once; more are answered 429. */
export async function limitClips(concurrent: number): Promise<void> {
  await control("POST", "/limits", { concurrent_clips: concurrent });
}

/** Every call that reached an upstream, in order; without the looks whether the models are still there. */
export async function callsSeen(): Promise<LedgerRow[]> {
  const { calls } = await control<{ calls: LedgerRow[] }>("GET", "/ledger");
  return calls.filter(({ call }) => call !== "models" && call !== "token");
}

export interface OperationRow {
  /** How the clip ended; null when a video was made. */
  readonly ending: string | null;
  /** When its client had it forgotten; null when not. */
  readonly forgotten_at: number | null;
}

/** Every clip that was accepted. */
export async function operationsSeen(): Promise<OperationRow[]> {
  return await control("GET", "/operations");
}

async function control<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await exports.default.fetch(
    new Request(`${origin}/sandbox/control${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
    }),
  );
  if (!response.ok) throw new Error(`The sandbox's control answered ${response.status}: ${await response.text()}`);
  return response.status === 204 ? undefined as Answer : await response.json<Answer>();
}

export function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return exports.default.fetch(new Request(new URL(path, origin), { headers: { ...keyHeader(), ...headers } }));
}

export function postForm(parts: readonly FormPart[], headers: Record<string, string> = {}): Promise<Response> {
  const request = formRequest(formBody(parts));
  for (const [name, value] of Object.entries({ ...keyHeader(), ...headers })) request.headers.set(name, value);
  return exports.default.fetch(request);
}

export function postUrls(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return postJson("/veo31/generate-from-urls", body, headers);
}

/** @param body none for an empty request */
export function postJson(path: string, body?: unknown, others: Record<string, string> = {}): Promise<Response> {
  const headers = { ...keyHeader(), ...(body !== undefined && { "Content-Type": "application/json" }), ...others };
  const json = body !== undefined && { body: JSON.stringify(body) };
  return exports.default.fetch(new Request(new URL(path, origin), { method: "POST", headers, ...json }));
}

export function remove(taskId: string): Promise<Response> {
  const request = new Request(`${origin}/veo31/tasks/${taskId}`, { method: "DELETE", headers: keyHeader() });
  return exports.default.fetch(request);
}

export async function started(response: Response): Promise<TaskView> {
  if (response.status !== 202) throw new Error(`Not started: ${response.status} ${await response.text()}`);
  return taskViewSchema.parse(await response.json());
}

export async function statusOf(taskId: string): Promise<TaskView> {
  const response = await get(`/veo31/status/${taskId}`);
  return taskViewSchema.parse(await response.json());
}

/** Moves the clock to the task's next alarm, or past it, and runs it. */
export async function wake(taskId: string, lateMs = 0): Promise<TaskView | null> {
  const stub = env.TASKS.getByName(taskId);
  const alarm = await runInDurableObject(stub, (_, state) => state.storage.getAlarm());
  if (alarm === null) return null;
  vi.setSystemTime(Math.max(alarm, Date.now()) + lateMs);
  await runDurableObjectAlarm(stub);
  const response = await get(`/veo31/status/${taskId}`);
  if (response.status === 404) return null;
  return taskViewSchema.parse(await response.json());
}

const ends = ["succeeded", "failed", "canceled"] as const;

/** Wakes the task until it has ended. */
export async function ended(taskId: string): Promise<TaskView> {
  return await wokenUntil(taskId, ends);
}

/** {@link ended}, each alarm late by a share of the time since now: what goes on for days takes some dozen alarms. */
export async function endedByLateAlarms(taskId: string, share: number): Promise<TaskView> {
  const start = Date.now();
  return await wokenUntil(taskId, ends, () => (Date.now() - start) * share);
}

/** Wakes the task until it is in one of the states. */
export async function wokenUntil(
  taskId: string,
  statuses: readonly TaskView["status"][],
  lateMs: () => number = () => 0,
): Promise<TaskView> {
  for (let alarms = 0; alarms < 500; alarms++) {
    const task = await wake(taskId, Math.round(lateMs()));
    if (!task) throw new Error("The task is gone.");
    if (statuses.includes(task.status)) return task;
  }
  throw new Error(`The task does not come to ${statuses.join(" or ")}.`);
}

/** Keys of all files of tasks in R2. */
export async function keysInBucket(): Promise<string[]> {
  return (await env.BUCKET.list({ prefix: "media/" })).objects.map(({ key }) => key);
}
