/** What a person at a terminal and a reader of a log see of a task in the making. */
import { describe, expect, test } from "vitest";
import { choosePaint } from "../../src/command-line/paint.ts";
import { createProgress } from "../../src/command-line/progress.ts";
import { logLine, terminalLine } from "../../src/command-line/progress-line.ts";
import { recordedTerminal } from "./recorded-terminal.ts";
import { clipsThatAre, taskView } from "./task-view.ts";

const plain = choosePaint(false, {});
const usual = { typical_seconds: 125, slow_seconds: 200, videos: 9 };
const waiting = {
  reason: "quota",
  upstream: "Vertex AI",
  message: "The quota is used up.",
  until: "2026-11-23T12:03:00.000Z",
} as const;

describe("a line", () => {
  test("says what is there and what is being made, since when, and how long it usually takes", () => {
    const task = taskView({ step3_video_generation: clipsThatAre("succeeded", "running") });
    expect(terminalLine({ task, elapsedSeconds: 42.9, usual }, 0, 100, plain))
      .toBe("⠋ 0:42  Making the clips: 1 of 2 shots ready, 1 being made · usually 2:05 in all");
  });

  test("says what the task waits for, and until when", () => {
    expect(logLine(taskView({ waiting })))
      .toBe("generating  Making the clips: 0 of 2 shots ready  Waits: The quota is used up. Next try at 12:03:00Z.");
  });

  test("says so shortly where it is one line of a terminal", () => {
    expect(terminalLine({ task: taskView({ waiting }), elapsedSeconds: 1, usual }, 0, 100, plain))
      .toBe("⠋ 0:01  Making the clips: 0 of 2 shots ready · waits for Vertex AI, next try at 12:03:00Z");
  });

  test.each([20, 40, 60, 200])("stays within %d columns", (columns) => {
    const line = terminalLine({ task: taskView({ waiting }), elapsedSeconds: 4_000, usual }, 3, columns, plain);
    expect([...line].length).toBeLessThan(columns);
  });

  test("has colours on a terminal, unless NO_COLOR is set", () => {
    expect(choosePaint(true, {}).bad("x")).toBe("\u001b[31mx\u001b[0m");
    expect(choosePaint(true, { NO_COLOR: "1" }).bad("x")).toBe("x");
    expect(choosePaint(true, { NO_COLOR: "" }).bad("x")).not.toBe("x");
  });
});

describe("a log", () => {
  test("has a line for each change that can be seen, and each warning once", () => {
    const { surroundings, stderr } = recordedTerminal({ isTerminal: false });
    const progress = createProgress(surroundings, { startedAt: 0, usual: null, quiet: false });
    const warnings = [{ code: "w", message: "Mind this." }];
    for (const status of ["queued", "queued", "prompting"] as const) progress.show(taskView({ status, warnings }));
    progress.stop();
    expect(stderr()).toBe(
      "2026-11-23T12:00:42Z  Warning: Mind this.\n" +
        "2026-11-23T12:00:42Z  queued  In the queue\n" +
        "2026-11-23T12:00:42Z  prompting  Writing the prompt\n",
    );
  });
});

describe("a terminal", () => {
  test("has one line that is rewritten while time passes, and is empty again at the end", () => {
    const { surroundings, stderr, tick } = recordedTerminal({ isTerminal: true, environment: { NO_COLOR: "1" } });
    const startedAt = Date.parse("2026-11-23T12:00:00Z");
    const progress = createProgress(surroundings, { startedAt, usual: null, quiet: false });
    progress.show(taskView({ status: "prompting" }));
    tick();
    progress.stop();
    tick();
    const cleared = "\r\u001b[2K";
    expect(stderr()).toBe(`${cleared}⠋ 0:42  Writing the prompt${cleared}⠙ 0:42  Writing the prompt${cleared}`);
  });

  test("has nothing when quiet", () => {
    const { surroundings, stderr } = recordedTerminal({ isTerminal: true });
    const progress = createProgress(surroundings, { startedAt: 0, usual: null, quiet: true });
    progress.show(taskView());
    progress.stop();
    expect(stderr()).toBe("");
  });
});
