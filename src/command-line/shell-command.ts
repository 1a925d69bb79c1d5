/** Commands that a person copies. Pure. */
import type { Saving } from "./command.ts";
import type { ChosenWay } from "./choose-way.ts";

/** @returns one line, quoted for a POSIX shell where it must be */
export function shellCommand(words: readonly string[]): string {
  return ["veo31", ...words].map(quoted).join(" ");
}

/** How to come back to a task. */
export function commandToFollow(way: ChosenWay, taskId: string, saving: Saving | null): string {
  return shellCommand(["status", taskId, "--follow", ...savingFlags(saving), ...way.flags]);
}

/** How to let the prompts go out, and have the video then. */
export function commandToApprove(way: ChosenWay, taskId: string, saving: Saving | null): string {
  return shellCommand(["approve", taskId, ...savingFlags(saving ?? { out: ".", force: false }), ...way.flags]);
}

/** How to do something else with a task. */
export function commandFor(name: "cancel" | "status", way: ChosenWay, taskId: string): string {
  return shellCommand([name, taskId, ...way.flags]);
}

function savingFlags(saving: Saving | null): string[] {
  return saving === null ? [] : ["--out", saving.out, ...(saving.force ? ["--force"] : [])];
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
