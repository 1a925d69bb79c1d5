/** A machine that stands still at 12:00:42 and keeps what is written. */
import { Veo31VideoGenerator } from "../../src/client/index.ts";
import type { Environment } from "../../src/command-line/choose-way.ts";
import type { Outlet, Surroundings } from "../../src/command-line/surroundings.ts";
import { FolderInMemory } from "./folder-in-memory.ts";

interface Wishes {
  readonly isTerminal: boolean;
  readonly environment?: Environment;
}

export function recordedTerminal({ isTerminal, environment = {} }: Wishes) {
  const [stdout, stderr] = [new RecordedOutlet(isTerminal), new RecordedOutlet(isTerminal)];
  const ticking = new Set<() => void>();
  const surroundings: Surroundings = {
    environment,
    stdout,
    stderr,
    files: new FolderInMemory(),
    canAsk: false,
    ask: () => Promise.resolve(""),
    now: () => Date.parse("2026-11-23T12:00:42Z"),
    every: (_, act) => {
      ticking.add(act);
      return () => void ticking.delete(act);
    },
    after: () => new Promise(() => {}),
    signal: new AbortController().signal,
    createGenerator: (options) => new Veo31VideoGenerator(options),
  };
  const tick = () => ticking.forEach((act) => act());
  return { surroundings, stdout: () => stdout.written, stderr: () => stderr.written, tick };
}

class RecordedOutlet implements Outlet {
  written = "";
  readonly isTerminal: boolean;

  constructor(isTerminal: boolean) {
    this.isTerminal = isTerminal;
  }

  columns(): number {
    return 80;
  }

  write(content: string | Uint8Array): Promise<void> {
    this.written += typeof content === "string" ? content : new TextDecoder().decode(content);
    return Promise.resolve();
  }
}
