/** A call of this program, once it is understood. */
import type { Order, PromptEdits, Wishes } from "../client/index.ts";
import type { CommandName } from "./commands.ts";

/** Which way the caller wants, by flags; the rest is in the environment. */
export interface WayFlags {
  readonly url: string | null;
  readonly apiKeyFile: string | null;
  readonly direct: boolean;
  readonly directory: string | null;
}

/** Where the video goes. */
export interface Saving {
  /** A file; a folder, for the service's own name in it; `-` for stdout. */
  readonly out: string;
  readonly force: boolean;
}

export interface Following {
  readonly follow: boolean;
  /** Null where the video is not asked for. */
  readonly saving: Saving | null;
}

export interface GenerateCommand {
  readonly name: "generate";
  readonly wishes: Wishes;
  /** The wishes among it. */
  readonly order: Omit<Order, "referenceImages" | "videoReference"> & {
    readonly referenceImages: readonly string[];
    readonly videoReference?: string;
  };
  readonly detach: boolean;
  readonly saving: Saving;
  readonly maxCostUsd: number | null;
  readonly yes: boolean;
}

/** Edits as they were given; a file is still to be read. */
export type GivenEdits = PromptEdits | { readonly file: string } | null;

export type TaskCommand =
  | ({ readonly name: "status"; readonly taskId: string } & Following)
  | ({ readonly name: "approve"; readonly taskId: string; readonly edits: GivenEdits } & Following)
  | { readonly name: "cancel"; readonly taskId: string }
  | { readonly name: "delete"; readonly taskId: string; readonly yes: boolean };

/** What needs somebody who makes videos. */
export type WorkCommand =
  | GenerateCommand
  | TaskCommand
  | { readonly name: "estimate"; readonly wishes: Wishes; readonly maxCostUsd: number | null }
  | { readonly name: "capabilities" };

export type Command =
  | WorkCommand
  | { readonly name: "help"; readonly topic: CommandName | null }
  | { readonly name: "version" };

export interface Manner {
  readonly json: boolean;
  readonly quiet: boolean;
}

export interface Call {
  readonly command: Command;
  readonly way: WayFlags;
  readonly manner: Manner;
}
