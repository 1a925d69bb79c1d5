/** What this program needs of the machine it runs on, so that its behaviour can be tested without one. */
import type { GeneratorOptions, Veo31VideoGenerator } from "../client/index.ts";
import type { Environment } from "./choose-way.ts";

export interface Outlet {
  /**
   * Ends when it is handed over, so that a slow reader is waited for; one that went away early is no failure.
   *
   * @throws Error when it cannot be written: a full disk
   */
  write(content: string | Uint8Array): Promise<void>;
  /** Whether a person looks at it, on a screen whose lines can be rewritten. */
  readonly isTerminal: boolean;
  /** How many letters are in a line, now. */
  columns(): number;
}

export interface Files {
  readText(path: string): Promise<string>;
  /** Null when there is nothing. */
  kindOf(path: string): Promise<"file" | "folder" | null>;
  isWritable(folder: string): Promise<boolean>;
  /** @returns bytes written, which then are on the disk */
  write(path: string, body: ReadableStream<Uint8Array>): Promise<number>;
  /** @returns false when there is something already */
  moveIfFree(from: string, to: string): Promise<boolean>;
  replace(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  join(folder: string, name: string): string;
  folderOf(path: string): string;
  nameOf(path: string): string;
}

export interface Surroundings {
  readonly environment: Environment;
  readonly stdout: Outlet;
  readonly stderr: Outlet;
  readonly files: Files;
  /** Whether there is somebody to ask. */
  readonly canAsk: boolean;
  /** @returns a line, without its end; empty when there is none */
  ask(question: string): Promise<string>;
  /** Milliseconds since 1970. */
  now(): number;
  /** @returns how to end it */
  every(milliseconds: number, act: () => void): () => void;
  /** Ends after so long. */
  after(milliseconds: number): Promise<void>;
  /** Aborted by Ctrl-C and by a request to end, with an `Interruption`. */
  readonly signal: AbortSignal;
  createGenerator(options: GeneratorOptions): Veo31VideoGenerator;
}
