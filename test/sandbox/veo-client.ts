/** A client of Veo in the sandbox, with a clock that only moves when it is told to. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { z } from "zod";
import { createSandboxApp } from "../../src/sandbox/app.ts";
import { openSandbox } from "../../src/sandbox/sandbox.ts";
import { keys, sandboxOrigin } from "../support/sandbox.ts";
import { clipRequest, highModel, submitPath } from "../support/sandbox-requests.ts";

/** What a clip takes when nobody says otherwise. */
export const clipMilliseconds = 6_000;

const nameSchema = z.object({ name: z.string() });

const doneSchema = z.object({
  done: z.literal(true),
  response: z.object({
    generateVideoResponse: z.object({
      generatedSamples: z.tuple([z.object({ video: z.object({ uri: z.string() }) })]),
    }),
  }),
});

const ledgerSchema = z.object({
  accepted_submits: z.number(),
  calls: z.array(
    z.object({ call: z.string(), accepted: z.boolean(), fault: z.string().nullable(), detail: z.unknown() }),
  ),
});

export class VeoClient {
  readonly #storage: DurableObjectStorage;
  #now = Date.UTC(2026, 10, 23);

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Each call is to a stand-in that was opened anew: all it knows is in its database. */
  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const clock = { now: () => this.#now, wait: () => Promise.resolve() };
    const app = createSandboxApp(openSandbox(this.#storage.sql, clock));
    return await app.fetch(new Request(new URL(path, sandboxOrigin), { headers: keys, ...init }));
  }

  post(path: string, body: unknown): Promise<Response> {
    const headers = { ...keys, "content-type": "application/json" };
    return this.ask(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  submit(instance: object = {}, parameters: object = {}, model: string = highModel): Promise<Response> {
    return this.post(submitPath(model), clipRequest(instance, parameters));
  }

  /** Asks for seven seconds more of the video at an address. */
  extend(uri: string, parameters: object = {}, instance: object = {}): Promise<Response> {
    return this.submit({ referenceImages: undefined, video: { uri }, ...instance }, parameters);
  }

  poll(name: string): Promise<Response> {
    return this.ask(`/gemini/v1beta/${name}`);
  }

  /** Waits until what was asked for is made. @returns the video's address */
  async finish(submitted: Response): Promise<string> {
    const { name } = nameSchema.parse(await submitted.json());
    this.pass(clipMilliseconds);
    const { response } = doneSchema.parse(await (await this.poll(name)).json());
    return response.generateVideoResponse.generatedSamples[0].video.uri;
  }

  async control(path: string, body: unknown): Promise<void> {
    const response = await this.post(`/control/${path}`, body);
    if (!response.ok) throw new Error(await response.text());
  }

  async ledger() {
    return ledgerSchema.parse(await (await this.ask("/control/ledger")).json());
  }
}

/** Runs a test with a stand-in of its own. */
export async function withVeo(test: (veo: VeoClient) => Promise<void>): Promise<void> {
  const stub = env.SANDBOX_UPSTREAMS.getByName(crypto.randomUUID());
  await runInDurableObject(stub, (_, { storage }) => test(new VeoClient(storage)));
}

/** @returns the name of the operation that a submit started */
export async function operationOf(submitted: Response): Promise<string> {
  return nameSchema.parse(await submitted.json()).name;
}
