/** What runs programs: Node and Deno always, Bun where it is installed. */
import { accessSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Runtime {
  readonly name: string;
  /** Followed by the program's path. */
  readonly command: readonly [string, ...string[]];
}

const deno = fileURLToPath(new URL("../../../node_modules/deno/bin.cjs", import.meta.url));

export const runtimes: readonly Runtime[] = [
  { name: "Node", command: ["node"] },
  { name: "Deno", command: ["node", deno, "run", "--allow-all"] },
  ...isInstalled("bun") ? [{ name: "Bun", command: ["bun"] } as const] : [],
];

/** Whether the machine has a program of this name. */
export function isInstalled(command: string): boolean {
  return (Deno.env.get("PATH") ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command));
      return true;
    } catch {
      return false;
    }
  });
}
