/** Shows how a task goes on, on stderr: a line that is rewritten for a person, a line for each change in a log. */
import type { Estimate, Task } from "../client/index.ts";
import { choosePaint } from "./paint.ts";
import { logLine, terminalLine, timeStamp } from "./progress-line.ts";
import type { Surroundings } from "./surroundings.ts";

export interface Progress {
  show(task: Task): void;
  /** Leaves nothing of itself on a terminal. */
  stop(): void;
}

export interface ProgressOptions {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly usual: Estimate["time"];
  readonly quiet: boolean;
}

export function createProgress(surroundings: Surroundings, options: ProgressOptions): Progress {
  if (options.quiet) return { show: () => {}, stop: () => {} };
  return surroundings.stderr.isTerminal ? new TerminalProgress(surroundings, options) : new LogProgress(surroundings);
}

/** Often enough that it looks alive, seldom enough for a slow line. */
const frameMilliseconds = 125;

/** Back to the beginning of the line, and away with what is in it (ECMA-48, CR and EL). */
const cleared = "\r\u001b[2K";

class TerminalProgress implements Progress {
  readonly #surroundings: Surroundings;
  readonly #options: ProgressOptions;
  readonly #told = new Set<string>();
  #task: Task | null = null;
  #frame = 0;
  #stopTicking: (() => void) | null = null;

  constructor(surroundings: Surroundings, options: ProgressOptions) {
    this.#surroundings = surroundings;
    this.#options = options;
  }

  show(task: Task): void {
    this.#task = task;
    // The line has no room for whole sentences.
    const waiting = task.waiting ? [`Waits: ${task.waiting.message}`] : [];
    for (const line of news([...warningsOf(task), ...waiting], this.#told)) this.#write(`${cleared}${line}\n`);
    this.#draw();
    this.#stopTicking ??= this.#surroundings.every(frameMilliseconds, () => this.#draw());
  }

  stop(): void {
    if (this.#stopTicking) this.#write(cleared);
    this.#stopTicking?.();
    this.#stopTicking = null;
  }

  #draw(): void {
    if (!this.#task) return;
    const { stderr, environment, now } = this.#surroundings;
    const elapsedSeconds = (now() - this.#options.startedAt) / 1_000;
    const paint = choosePaint(true, environment);
    const moment = { task: this.#task, elapsedSeconds, usual: this.#options.usual };
    this.#write(`${cleared}${terminalLine(moment, this.#frame++, stderr.columns(), paint)}`);
  }

  #write(text: string): void {
    void this.#surroundings.stderr.write(text);
  }
}

class LogProgress implements Progress {
  readonly #surroundings: Surroundings;
  readonly #told = new Set<string>();
  #last = "";

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  show(task: Task): void {
    for (const line of news(warningsOf(task), this.#told)) this.#log(line);
    const line = logLine(task);
    if (line !== this.#last) this.#log(line);
    this.#last = line;
  }

  stop(): void {}

  #log(line: string): void {
    const { stderr, now } = this.#surroundings;
    void stderr.write(`${timeStamp(now())}  ${line}\n`);
  }
}

function warningsOf({ warnings }: Task): string[] {
  return warnings.map(({ message }) => `Warning: ${message}`);
}

/** @param told what was said before; what is new is noted there */
function news(lines: readonly string[], told: Set<string>): string[] {
  const fresh = lines.filter((line) => !told.has(line));
  for (const line of fresh) told.add(line);
  return fresh;
}
