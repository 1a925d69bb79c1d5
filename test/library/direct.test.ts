/** The installed library without a server of its own, on each runtime; the sandbox plays the upstreams. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { temporaryFolder } from "../browser/support/temporary-folder.ts";
import { acceptedSubmits, setLatencies } from "../browser/support/task.ts";
import { origin, project } from "./support/provided.ts";
import { run } from "./support/run.ts";
import { type Runtime, runtimes } from "./support/runtimes.ts";

const lookEveryMs = 50;

afterEach(async () => {
  await control("DELETE", "/faults");
  await setLatencies(origin, { clip_ms: 500 });
});

const ledgerSchema = z.object({ calls: z.array(z.object({ call: z.string() })) });

async function control(method: string, path: string, body?: unknown): Promise<void> {
  const json = body !== undefined && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(`${origin}/sandbox/control${path}`, { method, ...json });
  if (!response.ok) throw new Error(`The sandbox's control answered ${response.status}.`);
}

async function submitsAsked(): Promise<number> {
  const { calls } = ledgerSchema.parse(await (await fetch(`${origin}/sandbox/control/ledger`)).json());
  return calls.filter(({ call }) => call === "submit").length;
}

/** Whether it is noted how to find both clips. */
async function areClipsUnderWay(folder: string): Promise<boolean> {
  const tasks = join(folder, "tasks");
  const [name = ""] = (await readdir(tasks)).filter((file) => file.endsWith(".json"));
  const { segments } = JSON.parse(await readFile(join(tasks, name), "utf8"));
  return segments.length === 2 && segments.every(({ operation }: { operation: unknown }) => operation !== null);
}

/** Starts a video in a process that is killed, with all it started, once the condition holds. @returns the task's id */
async function killedWhen({ command: [command, ...args] }: Runtime, folder: string, holds: () => Promise<boolean>) {
  const child = spawn(command, [...args, "direct.mjs", origin, folder], { cwd: project, detached: true });
  const exited = once(child, "exit");
  const [said] = await once(child.stdout, "data");
  while (!await holds()) await pause(lookEveryMs);
  process.kill(-(child.pid ?? 0), "SIGKILL");
  await exited;
  return String(said).trim();
}

describe.each(runtimes)("$name", (runtime) => {
  const [command, ...args] = runtime.command;
  const make = async (...more: string[]) => {
    const [taskId, result] = (await run(command, [...args, "direct.mjs", origin, ...more], project)).trim().split("\n");
    return { taskId, ...JSON.parse(result ?? "null") };
  };
  const whole = { duration_seconds: 10, fileName: "general-16x9-10s.mp4", isWhole: true };

  test("makes a video in memory", async () => {
    expect(await make("-")).toMatchObject({ ...whole, video_url: expect.stringMatching(/^memory:/) });
  });

  test("makes a video in a folder, where it is a file beside its task", async () => {
    const folder = await temporaryFolder();
    const { taskId, video_url, ...made } = await make(folder);
    expect(made).toEqual(whole);
    expect((await stat(new URL(video_url))).size).toBeGreaterThan(10_000);
    expect(await readdir(join(folder, "tasks"))).toEqual([`${taskId}.json`]);
  });

  test("killed while the clips are made, goes on, and pays for nothing twice", async () => {
    await setLatencies(origin, { clip_ms: 3_000 });
    const [folder, before] = [await temporaryFolder(), await acceptedSubmits(origin)];
    const taskId = await killedWhen(runtime, folder, () => areClipsUnderWay(folder));
    expect(await make(folder, taskId)).toMatchObject({ ...whole, taskId });
    expect(await acceptedSubmits(origin)).toBe(before + 2);
  });

  test("a second process that asks for the task only looks at it, and sees its end", async () => {
    const [folder, before] = [await temporaryFolder(), await acceptedSubmits(origin)];
    const first = spawn(command, [...args, "direct.mjs", origin, folder], { cwd: project });
    const [said] = await once(first.stdout, "data");
    const [second, end] = await Promise.all([make(folder, String(said).trim()), once(first.stdout, "data")]);
    expect(second).toMatchObject(whole);
    expect(JSON.parse(String(end[0]))).toMatchObject(whole);
    expect(await acceptedSubmits(origin)).toBe(before + 2);
  });

  test("killed while it asks for a clip, does not ask again", async () => {
    await control("POST", "/faults", [{ call: "submit", fault: "hang", times: 2 }]);
    const [folder, before] = [await temporaryFolder(), await submitsAsked()];
    const taskId = await killedWhen(runtime, folder, async () => await submitsAsked() === before + 2);
    const failure = { name: "GenerationFailedError", code: "submit_unknown", charged: "unknown" };
    expect(await make(folder, taskId)).toEqual({ taskId, ...failure });
    expect(await submitsAsked()).toBe(before + 2);
  });
});
