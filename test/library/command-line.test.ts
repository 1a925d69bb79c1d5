/** `veo31` as it is installed, by its arguments, output, signals and exit codes. */
import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { stripVTControlCharacters } from "node:util";
import { beforeEach, describe, expect, test } from "vitest";
import packageFile from "../../package.json" with { type: "json" };
import { acceptedSubmits, misbehave, setLatencies } from "../browser/support/task.ts";
import { temporaryFolder } from "../browser/support/temporary-folder.ts";
import { origin, project } from "./support/provided.ts";
import { ownKeys, veo31, veo31OnTerminal } from "./support/veo31.ts";

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  await copyFile(join(project, "ring.jpg"), join(folder, "ring.jpg"));
});

const isVideo = async (name: string) => (await readFile(join(folder, name))).toString("latin1", 4, 8) === "ftyp";

describe("a call that cannot be meant is refused", () => {
  test("with all that is wrong at once, and what may have been meant", async () => {
    const args = ["generate", "--durration", "9", "--ratio", "4:3", "--max-cost", "much", "--api-key", "k", "--out"];
    const { code, stdout, stderr } = await veo31(args);
    expect([code, stdout]).toEqual([2, ""]);
    for (const part of ["Did you mean --duration?", "16:9, 9:16, 1:1", "US dollars", "--api-key-file", "--out FILE"]) {
      expect(stderr).toContain(part);
    }
  });

  test.each([
    [["generat"], "Did you mean generate?"],
    [["generate"], "generate needs PICTURE"],
    [["generate", "a", "b", "c", "d"], "at most 3 besides flags, not: d"],
    [["status", "x", "--duration", "8"], "status takes no --duration."],
    [["status", "x", "--out", "--json"], "--out=--json"],
    [["status", "x", "-f", "-f"], "given twice"],
    [["generate", "a", "--out", "-", "--json"], "both want stdout"],
    [["approve", "x", "--prompt", "a", "--prompts", "b"], "not both"],
    [["generate", "nothing.jpg", "node_modules"], "There is no file nothing.jpg"],
    [["generate", "ring.jpg", "--duration", "99"], "--duration: "],
    [["generate", "deno.json"], "picture 1: "],
  ])("%j", async (args, part) => {
    const { code, stderr } = await veo31(args);
    expect(stderr).toContain(part);
    expect(code).toBe(2);
  });

  test("with a document, where one is asked for", async () => {
    const { code, stdout } = await veo31(["estimate", "--json"], { settings: {} });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "usage", exit_code: 2 }, task_id: null });
  });
});

test("help and version need nobody who makes videos", async () => {
  expect((await veo31(["--version"], { settings: {} })).stdout).toBe(`${packageFile.version}\n`);
  expect((await veo31([], { settings: {} })).stdout).toContain("Exit codes");
  expect((await veo31(["approve", "--help"], { settings: {} })).stdout).toContain("--prompts FILE");
});

describe("generate", () => {
  test("saves the video, writes its name to stdout and a line for each change to a log", async () => {
    const args = ["generate", "ring.jpg", "--duration", "10", "--ratio", "9:16", "--use-case", "product_video"];
    const { code, stdout, stderr } = await veo31(args, { folder });
    expect([code, stdout]).toEqual([0, "product-video-9x16-10s.mp4\n"]);
    expect(await isVideo("product-video-9x16-10s.mp4")).toBe(true);
    expect(stderr).toMatch(/^About \$6\.40.*\nTask \w{32}, at http/s);
    expect(stderr).toMatch(/\n\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}generating {2}Making the clips: .*\n/);
    expect(stderr).not.toContain("\u001b");
    expect(await readdir(folder)).toHaveLength(2);
  });

  test("writes one document with --json, and nothing but it with --quiet", async () => {
    const args = ["generate", "ring.jpg", "--json", "--quiet", "--out", "ring.mp4"];
    const { code, stdout, stderr } = await veo31(args, { folder, runtime: "Deno" });
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({ status: "succeeded", saved_as: "ring.mp4" });
    expect(await isVideo("ring.mp4")).toBe(true);
  });

  test("starts nothing when the file is there or the price is too high", async () => {
    const before = await acceptedSubmits(origin);
    await writeFile(join(folder, "ring.mp4"), "old");
    expect((await veo31(["generate", "ring.jpg", "--out", "ring.mp4"], { folder })).code).toBe(2);
    expect((await veo31(["generate", "ring.jpg", "--max-cost", "0.50"], { folder })).code).toBe(3);
    expect(await readFile(join(folder, "ring.mp4"), "utf8")).toBe("old");
    expect(await acceptedSubmits(origin)).toBe(before);
  });

  test("ends with 1 when the task fails, and says what it cost", async () => {
    await misbehave(origin, { call: "poll", fault: "filtered_prompt" });
    const { code, stdout, stderr } = await veo31(["generate", "ring.jpg"], { folder });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("(filtered_prompt)");
    expect(stderr).toContain("Nothing was paid.");
  });
});

test("a detached task is asked about, waited for, fetched to stdout and deleted", async () => {
  const { stdout } = await veo31(["generate", "ring.jpg", "--detach", "--quiet"], { folder });
  const id = stdout.trim();
  expect((await veo31(["status", id], { folder })).stdout).toMatch(new RegExp(`^task +${id} \\(sandbox\\)\nstate `));
  expect((await veo31(["status", id, "--follow", "--json", "--quiet"], { folder })).code).toBe(0);
  expect((await veo31(["status", id, "--out", "-"], { folder })).stdout).toContain("ftyp");
  expect((await veo31(["delete", id], { folder })).code).toBe(2);
  expect((await veo31(["delete", id, "--yes"], { folder })).code).toBe(0);
  expect((await veo31(["status", id], { folder })).code).toBe(2);
});

test("prompts wait to be approved, and go out as they were edited", async () => {
  const waiting = await veo31(["generate", "ring.jpg", "--review", "--json"], { folder });
  expect(waiting.code).toBe(5);
  const { task_id } = JSON.parse(waiting.stdout);
  await writeFile(join(folder, "prompts.json"), JSON.stringify(["A ring turns in the rain."]));
  const args = ["approve", task_id, "--prompts", "prompts.json", "--out", "rain.mp4"];
  expect(await veo31(args, { folder })).toMatchObject({ code: 0, stdout: "rain.mp4\n" });
  expect((await veo31(["status", task_id, "--json"], { folder })).stdout).toContain("A ring turns in the rain.");
  expect((await veo31(["approve", task_id], { folder })).code).toBe(2);
});

test("a deployment that is not there ends with 4", async () => {
  expect((await veo31(["capabilities"], { settings: { VEO31_URL: "http://localhost:1" } })).code).toBe(4);
});

describe("Ctrl-C", () => {
  beforeEach(async () => {
    await setLatencies(origin, { clip_ms: 4_000 });
    return () => setLatencies(origin, { clip_ms: 500 });
  });
  const interrupt = { at: / being made/, signal: "SIGINT" } as const;

  test("leaves a deployment's task as it is, and says how to come back", async () => {
    const { code, stderr } = await veo31(["generate", "ring.jpg"], { folder, interrupt });
    expect(code).toBe(130);
    const [, id = ""] = /veo31 status (\w{32}) --follow --out \.\n/.exec(stderr) ?? [];
    expect((await veo31(["cancel", id, "--json"], { folder })).code).toBe(0);
  });

  test("leaves a task of this process in its folder, where it goes on and is paid for once", async () => {
    const before = await acceptedSubmits(origin);
    const stopped = await veo31(["generate", "ring.jpg", "--out", "ring.mp4"], {
      folder,
      settings: ownKeys,
      interrupt,
    });
    expect(stopped.code).toBe(130);
    const [, id = ""] = /veo31 status (\w{32}) --follow --out ring\.mp4\n/.exec(stopped.stderr) ?? [];
    const resumed = await veo31(["status", id, "--follow", "--out", "ring.mp4"], { folder, settings: ownKeys });
    expect(resumed).toMatchObject({ code: 0, stdout: "ring.mp4\n" });
    expect(await isVideo("ring.mp4")).toBe(true);
    expect(await acceptedSubmits(origin)).toBe(before + 1);
  });

  test("may be a request to end, too", async () => {
    const termination = { at: interrupt.at, signal: "SIGTERM" } as const;
    expect((await veo31(["generate", "ring.jpg"], { folder, interrupt: termination })).code).toBe(143);
  });
});

test("makes a video without a deployment", async () => {
  const { code, stdout, stderr } = await veo31(["generate", "ring.jpg"], { folder, settings: ownKeys });
  expect([code, stdout]).toEqual([0, "general-16x9-8s.mp4\n"]);
  expect(stderr).toMatch(/Task \w{32}, kept in \.veo31\n/);
});

describe.runIf(process.platform === "linux")("on a terminal", () => {
  test("it asks before it costs something, and rewrites one line that stays within the terminal", async () => {
    const { code, stdout } = await veo31OnTerminal(["generate", "ring.jpg", "--out", "ring.mp4"], "y\n", { folder });
    expect(code).toBe(0);
    expect(stdout).toContain("Start it for about $3.20? [y/N] ");
    const lines = stdout.split("\r\u001b[2K").slice(1, -1);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) {
      const visible = stripVTControlCharacters(line);
      expect(visible).toMatch(/^[⠀-⣿] 0:\d\d {2}/);
      expect([...visible].length).toBeLessThan(72);
    }
    expect(stdout.trimEnd()).toMatch(/Saved as:\r\nring\.mp4$/);
  });

  test("it starts nothing without a yes", async () => {
    const { code, stdout } = await veo31OnTerminal(["generate", "ring.jpg"], "\n", { folder });
    expect(code).toBe(3);
    expect(stdout).toContain("Declined; nothing was started.");
    expect(await readdir(folder)).toEqual(["ring.jpg"]);
  });
});
