/** The installed library, used by programs on each runtime. */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { origin, project } from "./support/provided.ts";
import { acceptedSubmits } from "../browser/support/task.ts";
import { type BadLine, openBadLine } from "./support/bad-line.ts";
import { run } from "./support/run.ts";
import { runtimes } from "./support/runtimes.ts";

let line: BadLine;

beforeEach(async () => {
  line = await openBadLine(origin);
  return () => line.close();
});

describe.each(runtimes)("$name", ({ command: [command, ...args] }) => {
  const runProgram = (name: string, ...more: string[]) =>
    run(command, [...args, name, ...more], project, { VEO31_URL: origin });

  test("the quick start saves a video", async () => {
    const said = await runProgram("quick-start.mjs");
    expect(said).toMatch(/^started \w{32}\nqueued\n[^]*\nsucceeded\n/);
    const [, id] = /^started (\w{32})/.exec(said) ?? [];
    const saved = join(project, `${id}.mp4`);
    expect((await readFile(saved)).toString("latin1", 4, 8)).toBe("ftyp");
    await rm(saved);
  });

  test("makes videos from references of every kind, and is told what goes wrong", async () => {
    const told = JSON.parse(await runProgram("tour.mjs", origin, line.pictureAddress));
    const made = "succeeded image/jpeg";
    expect(told.kinds).toEqual({
      ...{ path: made, file_url: made, bytes: made, buffer: made, blob: made, stream: made, address: made },
    });
    expect(told.whole).toMatchObject({
      request: { use_case: "luxury_brand", aspect_ratio: "9:16" },
      ...{ images: 2, resumed: true, whole: true, fileName: "luxury-brand-9x16-8s.mp4" },
    });
    expect(told.whole.seen.at(0)).toBe("queued");
    expect(told.whole.seen.at(-1)).toBe("succeeded");
    expect(told.whole.told).toEqual(told.whole.seen);
    expect(told.review).toMatchObject({ waiting: "awaiting_approval", approved: "generating", gone: "not_found" });
    expect(told.review.prompt).toContain("A ring turns slowly.");
    expect(told.abort).toBe(true);
    expect(told.refusal).toMatchObject({
      ...{ typed: true, fields: ["duration_seconds", "quality", "reference_image2"] },
      message: expect.stringContaining("referenceImages[1]: "),
      absent: "referenceImages[0]: The file no-such.jpg cannot be read: there is no such file.",
    });
    expect(told.offer).toMatchObject({ segments: 3, longest: 60 });
    expect(told.lost.typed).toBe(true);
    expect(told.failure).toEqual({ typed: true, code: "filtered_prompt", charged: "no", prompt: "string" });
  });

  test("an order whose answers are lost is sent again, and paid for once", async () => {
    const before = await acceptedSubmits(origin);
    const told = JSON.parse(await runProgram("bad-line.mjs", line.origin));
    expect(told.status).toBe("succeeded");
    expect(line.keys).toHaveLength(3);
    expect(new Set(line.keys).size).toBe(1);
    expect(await acceptedSubmits(origin)).toBe(before + 1);
  });
});
