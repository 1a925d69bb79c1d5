/** The examples as a customer has them: copied into a project that has the library, with the service behind a key. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { readVideoFacts } from "../../../src/video/facts.ts";
import { project } from "./provided.ts";
import { isInstalled, runtimes } from "./runtimes.ts";

const root = new URL("../../../", import.meta.url);

/** Enough for several starts a minute each. */
export const keys = { shop: "key-of-the-shop", studio: "key-of-the-studio" };

export const pictures = ["front", "side", "stone"].map((view) =>
  fileURLToPath(new URL(`src/sandbox/samples/emerald-ring-${view}.jpg`, root))
);

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  /** Where it writes its files. */
  readonly folder: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** To be done before any is run. */
export async function copyExamples(): Promise<void> {
  await cp(new URL("examples/", root), join(project, "examples"), { recursive: true });
  // What the receiver's head says to install.
  for (const name of ["standardwebhooks", "@stablelib/base64", "fast-sha256"]) {
    const place = join("node_modules", name);
    await cp(new URL(place, root), join(project, place), { recursive: true });
  }
}

/** @param path inside `examples` */
export async function runExample(path: string, args: readonly string[], surroundings: Surroundings): Promise<Ended> {
  const child = startExample(path, args, surroundings);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code, stdout, stderr };
}

export function startExample(path: string, args: readonly string[], { folder, settings }: Surroundings) {
  const [command = "", ...before] = commandOf(path);
  // Only what is said here, whatever keys the machine has.
  const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], ...settings };
  const program = join(project, "examples", path);
  return spawn(command, [...before, program, ...args], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
}

/** Whether this machine has what an example is run with. */
export function isRunnable(path: string): boolean {
  if (path.endsWith(".sh")) return ["bash", "curl", "jq"].every(isInstalled);
  return !path.endsWith(".py") || isInstalled("python3");
}

function commandOf(path: string): readonly string[] {
  if (path.endsWith(".sh")) return ["bash"];
  if (path.endsWith(".py")) return ["python3"];
  if (path.endsWith(".mjs")) return ["node"];
  // With types checked, which is what a customer of them wants to see.
  return [...runtimes.find(({ name }) => name === "Deno")?.command ?? [], "--check", "--quiet"];
}

/** @returns the task's id, read from the name of the file that was saved; the file is a video of that length */
export async function expectVideo(folder: string, said: string, seconds: number): Promise<string> {
  const [, id = ""] = /^saved ([0-9a-f]{32})\.mp4/m.exec(said) ?? [];
  const content = await readFile(join(folder, `${id}.mp4`));
  expect(content.toString("latin1", 4, 8)).toBe("ftyp");
  const read = (start: number, end: number) => Promise.resolve(content.subarray(start, end));
  const inspected = await readVideoFacts({ bytes: content.length, read });
  if (!inspected.ok) throw new Error(inspected.message);
  expect(inspected.facts.duration_seconds).toBeCloseTo(seconds, 1);
  return id;
}
