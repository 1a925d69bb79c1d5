/** Every flag there is: how it is written, and what the help says of it. */
import { useCases } from "../use-case.ts";
import { aspectRatios, qualities, structures } from "../video-wish.ts";

interface SwitchFlag {
  readonly type: "boolean";
  readonly short?: string;
  readonly help: string;
}

interface TextFlag {
  readonly type: "string";
  readonly short?: string;
  /** How the help writes the value. */
  readonly value: string;
  readonly help: string;
}

export const flags = {
  "video": { type: "string", value: "FILE|URL", help: "a video whose motion the new one follows" },
  "use-case": { type: "string", value: "NAME", help: `${useCases.join(", ")} (general)` },
  "duration": { type: "string", value: "SECONDS", help: "whole seconds, 5 to 60 (8)" },
  "ratio": { type: "string", value: "RATIO", help: `${aspectRatios.join(", ")} (16:9)` },
  "quality": { type: "string", value: "NAME", help: `${qualities.join(", ")} (high)` },
  "structure": { type: "string", value: "NAME", help: `${structures.join(", ")} (shots)` },
  "prompt": { type: "string", value: "TEXT", help: "your own words; of approve: the edited prompt" },
  "prompts": { type: "string", value: "FILE", help: 'edited prompts, one a shot: a JSON file with ["…", "…"]' },
  "review": { type: "boolean", help: "stop before any clip is paid for, to read and edit the prompts" },
  "callback-url": {
    type: "string",
    value: "URL",
    help: "is told of the end by a signed webhook; only with a deployment",
  },
  "idempotency-key": { type: "string", value: "KEY", help: "the same key and the same request give the same task" },
  "detach": { type: "boolean", help: "do not wait: print the task's id and end; only with a deployment" },
  "follow": { type: "boolean", short: "f", help: "wait until the task is over" },
  "out": {
    type: "string",
    short: "o",
    value: "FILE",
    help: "where the video is saved: a file, a folder, or - for stdout",
  },
  "force": { type: "boolean", help: "overwrite the file" },
  "max-cost": { type: "string", value: "USD", help: "start nothing that is estimated to cost more" },
  "yes": { type: "boolean", short: "y", help: "do not ask" },
  "url": { type: "string", value: "URL", help: "the deployment that makes the video (VEO31_URL)" },
  "api-key-file": { type: "string", value: "FILE", help: "holds the deployment's key (else VEO31_API_KEY)" },
  "direct": { type: "boolean", help: "no deployment: this process makes the video, with your own upstream keys" },
  "directory": { type: "string", value: "DIR", help: "like --direct; keeps tasks and files there (.veo31)" },
  "json": { type: "boolean", help: "one JSON document on stdout" },
  "quiet": { type: "boolean", short: "q", help: "no progress; what is wrong is still said" },
  "help": { type: "boolean", short: "h", help: "help on the command" },
  "version": { type: "boolean", help: "the version" },
} as const satisfies Record<string, SwitchFlag | TextFlag>;

export type FlagName = keyof typeof flags;
export type TextFlagName = {
  [Name in FlagName]: (typeof flags)[Name]["type"] extends "string" ? Name : never;
}[FlagName];
export type SwitchFlagName = Exclude<FlagName, TextFlagName>;

export const flagNames = Object.keys(flags).filter(isFlagName);

export function isFlagName(name: string): name is FlagName {
  return Object.hasOwn(flags, name);
}

export function isSwitch(name: FlagName): name is SwitchFlagName {
  return flags[name].type === "boolean";
}
