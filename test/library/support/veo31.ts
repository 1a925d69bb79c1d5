/** The installed command, called as a shell would. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { origin, project } from "./provided.ts";
import { runtimes } from "./runtimes.ts";

const program = join(project, "node_modules/veo31-reference-video/dist/library/command-line/veo31.js");

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CallOptions {
  readonly folder?: string;
  /** Settings instead of the sandboxed server's address. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly runtime?: "Node" | "Deno";
  /** Once something like this is written to stderr, it gets the signal. */
  readonly interrupt?: { readonly at: RegExp; readonly signal: NodeJS.Signals };
}

/** The upstreams' own keys, at the sandbox. */
export const ownKeys = {
  GEMINI_API_KEY: "sandbox-gemini-key",
  OPENAI_API_KEY: "sandbox-openai-key",
  GEMINI_BASE_URL: `${origin}/sandbox/gemini`,
  OPENAI_BASE_URL: `${origin}/sandbox/openai/v1`,
  VIDEO_PROVIDER: "gemini",
};

export async function veo31(args: readonly string[], options: CallOptions = {}): Promise<Ended> {
  const { runtime = "Node", interrupt } = options;
  const [command = "node", ...before] = runtimes.find(({ name }) => name === runtime)?.command ?? [];
  const child = spawn(command, [...before, program, ...args], surroundings(options));
  child.stdin.end();
  let written = "";
  child.stderr.on("data", (chunk) => {
    const before = written;
    written += chunk;
    if (interrupt?.at.test(written) && !interrupt.at.test(before)) sendSignal(child.pid, interrupt.signal);
  });
  const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  return { code, stdout, stderr: written };
}

/** Deno takes whom it signaled itself for killed by the signal, however it ended; so it is not done by `child.kill`. */
function sendSignal(processId: number | undefined, signal: NodeJS.Signals): void {
  if (processId !== undefined) process.kill(processId, signal);
}

/** On a terminal of its own, by `script` of util-linux. @param typed what a person types at the first question */
export async function veo31OnTerminal(args: readonly string[], typed: string, options: CallOptions): Promise<Ended> {
  const command = ["node", program, ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], surroundings(options));
  let written = "";
  child.stdout.on("data", (chunk) => {
    if (!written.includes("[y/N]") && `${written}${chunk}`.includes("[y/N]")) child.stdin.write(typed);
    written += chunk;
  });
  const [code] = await once(child, "close");
  return { code, stdout: written, stderr: "" };
}

function surroundings({ folder = project, settings = { VEO31_URL: origin } }: CallOptions) {
  // Only what is said here, whatever keys the machine has.
  const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], TERM: "xterm", COLUMNS: "72", ...settings };
  return { cwd: folder, env, stdio: ["pipe", "pipe", "pipe"] as ["pipe", "pipe", "pipe"] };
}
