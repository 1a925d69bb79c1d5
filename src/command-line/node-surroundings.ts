/** The machine, by the modules that Node, Deno and Bun share. */
import process from "node:process";
import { createInterface } from "node:readline";
import { Veo31VideoGenerator } from "../client/index.ts";
import { Interruption } from "./command-error.ts";
import { endings } from "./exit-codes.ts";
import { nodeFiles } from "./node-files.ts";
import type { Outlet, Surroundings } from "./surroundings.ts";

/** Where a terminal does not say how wide it is. */
const usualColumns = 80;

export function nodeSurroundings(): Surroundings {
  const signal = interruptions();
  const canRewrite = process.env["TERM"] !== "dumb";
  return {
    environment: process.env,
    stdout: outletOf(process.stdout, true),
    // What is told meanwhile is no result: a log that is full ends nothing.
    stderr: unfailing(outletOf(process.stderr, canRewrite)),
    files: nodeFiles,
    canAsk: Boolean(process.stdin.isTTY && process.stderr.isTTY),
    ask: (question) => ask(question, signal),
    now: Date.now,
    every: (milliseconds, act) => {
      const timer = setInterval(act, milliseconds);
      return () => clearInterval(timer);
    },
    after: async (milliseconds) => await new Promise((resolve) => setTimeout(resolve, milliseconds)),
    signal,
    createGenerator: (options) => new Veo31VideoGenerator(options),
  };
}

function outletOf(stream: NodeJS.WriteStream, canRewrite: boolean): Outlet {
  // Who reads may go away early (`| head`); nothing is to be told to them then.
  stream.on("error", () => {});
  return {
    isTerminal: Boolean(stream.isTTY) && canRewrite,
    columns: () => Number(process.env["COLUMNS"]) || stream.columns || usualColumns,
    write: async (content) =>
      await new Promise((resolve, reject) => {
        stream.write(content, (error) => error && !isReaderGone(error) ? reject(error) : resolve());
      }),
  };
}

function isReaderGone(error: Error): boolean {
  return "code" in error && (error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED");
}

function unfailing(outlet: Outlet): Outlet {
  return { ...outlet, write: async (content) => await outlet.write(content).catch(() => {}) };
}

/** The terminal stays as it is, so that Ctrl-C is a signal also while it is asked. */
async function ask(question: string, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, terminal: false });
  process.stderr.write(question);
  try {
    return await new Promise((resolve) => {
      lines.once("line", resolve);
      lines.once("close", () => resolve(""));
      signal.addEventListener("abort", () => resolve(""), { once: true });
    });
  } finally {
    // Without an answer the cursor is still behind the question.
    if (signal.aborted) process.stderr.write("\n");
    lines.close();
    process.stdin.pause();
  }
}

/** The first asks to end, the second ends at once. */
function interruptions(): AbortSignal {
  const controller = new AbortController();
  const onSignal = (ending: "interrupted" | "terminated") => {
    if (controller.signal.aborted) process.exit(endings[ending].code);
    controller.abort(new Interruption(ending));
  };
  process.on("SIGINT", () => onSignal("interrupted"));
  process.on("SIGTERM", () => onSignal("terminated"));
  return controller.signal;
}
