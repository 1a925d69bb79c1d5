/** How much memory a server's workerd has, as Linux counts it. */
import { readdir, readFile } from "node:fs/promises";

interface Process {
  readonly id: number;
  readonly parent: number;
  readonly name: string;
  readonly residentBytes: number;
}

/**
 * The resident memory of each workerd under a process, bytes, the largest first. `wrangler dev` runs two: the Worker with
 * the stand-ins of its bindings, and the proxy before it.
 */
export async function workerdMemory(processId: number): Promise<number[]> {
  const processes = await allProcesses();
  const parents = new Map(processes.map(({ id, parent }) => [id, parent]));
  const isUnder = (id: number): boolean => id === processId || (id > 1 && isUnder(parents.get(id) ?? 0));
  return processes.filter(({ id, name }) => name === "workerd" && isUnder(id))
    .map(({ residentBytes }) => residentBytes)
    .sort((one, other) => other - one);
}

async function allProcesses(): Promise<Process[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(ids.map(async (id) => {
    // Some end while they are looked at.
    const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
    const field = (name: string) => new RegExp(`^${name}:\\s*(\\S+)`, "m").exec(status)?.[1] ?? "";
    const residentBytes = Number(field("VmRSS") || 0) * 1_024;
    return { id: Number(id), parent: Number(field("PPid") || 0), name: field("Name"), residentBytes };
  }));
  return found.filter(({ name }) => name !== "");
}
