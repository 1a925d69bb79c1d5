/** The server of `npm start`, started and killed as a person or a machine would. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { temporaryFolder } from "./temporary-folder.ts";

export interface Server {
  readonly origin: string;
  /** Of the process that all its others descend from. */
  readonly processId: number;
  /** Where a debugger of the Worker connects to. */
  readonly inspectorPort: number;
  /** SIGKILL to the server and all its processes: nothing of it gets to say goodbye. */
  kill(): Promise<void>;
}

/** Where a server keeps what it stores; a second one with the same place goes on where the first was killed. */
export function newStorage(): Promise<string> {
  return temporaryFolder();
}

const startLimitMs = 60_000;
const lookEveryMs = 100;

export interface ServerOptions {
  /** Is told what the server writes. */
  readonly listen?: (output: string) => void;
  /** Settings that differ from those of `npm start`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Starts the sandboxed server and waits until it answers. */
export async function startServer(
  storage: string,
  { listen = () => {}, settings = {} }: ServerOptions = {},
): Promise<Server> {
  const [port, inspectorPort] = await freePorts(2);
  const origin = `http://localhost:${port}`;
  const args = ["--port", String(port), "--inspector-port", String(inspectorPort), "--persist-to", storage];
  args.push(...Object.entries(settings).flatMap(([name, value]) => ["--var", `${name}:${value}`]));
  const child = spawn(process.execPath, ["task", "sandbox", ...args], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output.push(String(chunk));
      listen(String(chunk));
    });
  }
  const deadline = Date.now() + startLimitMs;
  while (!(await answers(origin))) {
    if (Date.now() > deadline || child.exitCode !== null) {
      await killGroup(child);
      throw new Error(`The server did not start:\n${output.join("")}`);
    }
    await pause(lookEveryMs);
  }
  if (child.pid === undefined) throw new Error("The server has no process.");
  const { pid } = child;
  return { origin, processId: pid, inspectorPort: inspectorPort ?? 0, kill: () => killGroup(child) };
}

async function answers(origin: string): Promise<boolean> {
  return await fetch(`${origin}/health`).then((response) => response.ok, () => false);
}

async function killGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  process.kill(-child.pid, "SIGKILL");
  await gone;
}

/** Ports that nobody listens at. Held open together, so that they are different ones. */
async function freePorts(count: number): Promise<number[]> {
  const probes = Array.from({ length: count }, () => createServer().listen(0));
  await Promise.all(probes.map((probe) => once(probe, "listening")));
  const ports = probes.map((probe) => {
    const address = probe.address();
    if (!address || typeof address === "string") throw new Error("No free port was found.");
    return address.port;
  });
  await Promise.all(probes.map((probe) => once(probe.close(), "close")));
  return ports;
}
