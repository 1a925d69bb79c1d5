/** Every command there is: what it is called with. */
import type { FlagName } from "./flags.ts";

interface CommandShape {
  readonly summary: string;
  readonly operands: { readonly label: string; readonly minimum: number; readonly maximum: number };
  readonly flags: readonly FlagName[];
}

const wishes = ["use-case", "duration", "ratio", "quality", "structure", "prompt"] as const;
const saving = ["out", "force"] as const;
const oneTask = { label: "TASK_ID", minimum: 1, maximum: 1 } as const;
const nothing = { label: "", minimum: 0, maximum: 0 } as const;

export const commands = {
  generate: {
    summary: "make a video from one to three pictures (files or https addresses)",
    operands: { label: "PICTURE [PICTURE [PICTURE]]", minimum: 1, maximum: 3 },
    flags: [
      ...["video", ...wishes, "review", "callback-url", "idempotency-key", "detach", ...saving] as const,
      ...["max-cost", "yes"] as const,
    ],
  },
  status: {
    summary: "how a task is; with --follow wait for it, with --out save its video",
    operands: oneTask,
    flags: ["follow", ...saving],
  },
  estimate: {
    summary: "what a video would cost and how it would be made",
    operands: nothing,
    flags: [...wishes, "max-cost"],
  },
  approve: {
    summary: "let the prompts of a task go out, as they are or edited",
    operands: oneTask,
    flags: ["prompt", "prompts", "follow", ...saving],
  },
  cancel: { summary: "give a task up; what is paid for is kept", operands: oneTask, flags: [] },
  delete: { summary: "delete a task with its references and its video", operands: oneTask, flags: ["yes"] },
  capabilities: { summary: "what can be made now: models, lengths, prices", operands: nothing, flags: [] },
  help: {
    summary: "this, or help on one command",
    operands: { label: "[COMMAND]", minimum: 0, maximum: 1 },
    flags: [],
  },
} as const satisfies Record<string, CommandShape>;

/** Those that every command takes. */
export const commonFlags = [
  "url",
  "api-key-file",
  "direct",
  "directory",
  "json",
  "quiet",
  "help",
  "version",
] as const satisfies readonly FlagName[];

export type CommandName = keyof typeof commands;

export const commandNames = Object.keys(commands).filter(isCommandName);

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

export function shapeOf(name: CommandName): CommandShape {
  return commands[name];
}
