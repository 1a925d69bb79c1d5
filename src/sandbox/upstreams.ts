/**
 * A stand-in for OpenAI, the Gemini API and Vertex AI, in their own wire formats, so that the whole service can be tried without an
 * account: it refuses what they refuse, takes a realistic but short time, and hands out real, playable clips that say
 * that they are not Veo's. It can be told to misbehave (`/control/faults`), and it keeps a ledger of what it was asked.
 *
 * One object plays for all tasks. All it knows is in its SQLite: when the process is killed and started again, uploads,
 * operations, faults and ledger are as they were. Nothing runs in it between two requests; what takes time ends by the
 * clock, when somebody looks.
 */
import { DurableObject } from "cloudflare:workers";
import { createSandboxApp } from "./app.ts";
import { openSandbox } from "./sandbox.ts";

export class SandboxUpstreams extends DurableObject {
  readonly #app;

  constructor(context: DurableObjectState, env: Cloudflare.Env) {
    super(context, env);
    this.#app = createSandboxApp(openSandbox(context.storage.sql, { now: () => Date.now(), wait }));
  }

  override async fetch(request: Request): Promise<Response> {
    return await this.#app.fetch(request);
  }
}

/** Without a latency there is no timer at all, so that tests can move time. */
function wait(milliseconds: number): Promise<void> {
  if (milliseconds === 0) return Promise.resolve();
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
