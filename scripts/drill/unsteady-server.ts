/** The server of a drill: killed and started again on the same storage, and asked meanwhile. */
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Server, startServer } from "../../test/browser/support/server.ts";

/** An answer that came whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

type Settings = Readonly<Record<string, string>>;

/** No answer of the service takes as long; longer than that, and it never comes. */
const answerLimitMs = 60_000;
const askAgainMs = 300;

export class UnsteadyServer {
  readonly #storage: string;
  readonly #settings: Settings;
  #running: Promise<Server>;
  /** Answers that nobody should get, `GET /veo31/status 500` for example, and how often. */
  readonly surprises = new Map<string, number>();

  private constructor(storage: string, settings: Settings, server: Server) {
    this.#storage = storage;
    this.#settings = settings;
    this.#running = Promise.resolve(server);
  }

  /** Starts the server. What it writes is kept beside its storage. */
  static async start(storage: string, settings: Settings): Promise<UnsteadyServer> {
    return new UnsteadyServer(storage, settings, await startOn(storage, settings));
  }

  /** SIGKILL, and a new start on the same storage; ends when that answers. Whoever asks meanwhile waits for it. */
  async killAndRestart(): Promise<void> {
    const { kill } = await this.#running;
    this.#running = kill().then(() => startOn(this.#storage, this.#settings));
    await this.#running;
  }

  async stop(): Promise<void> {
    await (await this.#running).kill();
  }

  /** Asks once. @returns null when no whole answer came: nobody knows then whether the request was heard */
  async ask(path: string, init: RequestInit = {}): Promise<Answer | null> {
    const { origin } = await this.#running;
    try {
      const response = await fetch(new URL(path, origin), { ...init, signal: AbortSignal.timeout(answerLimitMs) });
      const answer = { status: response.status, headers: response.headers, bytes: await response.bytes() };
      if (answer.status >= 500) this.beSurprised(`${init.method ?? "GET"} ${kindOf(path)} ${answer.status}`);
      return answer;
    } catch {
      return null;
    }
  }

  /** Asks until there is an answer of the service; for requests that do no harm when they are repeated. */
  async insist(path: string, init: RequestInit = {}): Promise<Answer> {
    for (;;) {
      const answer = await this.ask(path, init);
      if (answer && answer.status < 500) return answer;
      await pause(askAgainMs);
    }
  }

  beSurprised(by: string): void {
    this.surprises.set(by, (this.surprises.get(by) ?? 0) + 1);
  }
}

export function jsonOf({ bytes }: Answer): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** `/veo31/status/0123…` → `/veo31/status` */
function kindOf(path: string): string {
  return path.split("/").filter((part) => !/^[0-9a-f]{32}$/.test(part)).join("/");
}

function startOn(storage: string, settings: Settings): Promise<Server> {
  const listen = (output: string) => void appendFile(join(storage, "server.log"), output);
  return startServer(storage, { listen, settings });
}
