/** A client of Gemini Omni Flash in the sandbox, with a clock that only moves when it is told to. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { z } from "zod";
import { interactionsPath, omniRequest } from "../support/sandbox-requests.ts";
import { clipMilliseconds, VeoClient } from "./veo-client.ts";

const interactionSchema = z.object({
  id: z.string().startsWith("v1_"),
  object: z.literal("interaction"),
  status: z.string(),
  model: z.string(),
  steps: z.array(z.object({
    type: z.string(),
    content: z.array(z.object({
      type: z.string(),
      text: z.string().optional(),
      uri: z.string().optional(),
      data: z.string().optional(),
    })).optional(),
  })).optional(),
  errors: z.array(z.object({ code: z.string(), message: z.string() })).optional(),
  usage: z.object({
    output_tokens_by_modality: z.array(z.object({ modality: z.string(), tokens: z.number() })),
  }).optional(),
});

/** How long a file is processed when nobody says otherwise. */
export const processingMilliseconds = 1_000;

export class OmniClient extends VeoClient {
  create(parts: object = {}, format: object = {}, task?: string): Promise<Response> {
    return this.post(interactionsPath, omniRequest(parts, format, task));
  }

  /** Asks for more of an earlier interaction's video. */
  extendInteraction(previous_interaction_id: string, duration: string, parts: object = {}, format: object = {}) {
    const input = "The ring goes on turning.";
    const unsaid = { generation_config: undefined };
    return this.create(
      { input, previous_interaction_id, ...unsaid, ...parts },
      { duration, aspect_ratio: undefined, ...format },
    );
  }

  async read(id: string) {
    return interactionSchema.parse(await (await this.ask(`${interactionsPath}/${id}`)).json());
  }

  /** Waits until what was asked for is made. @returns the interaction and what it gave */
  async finishInteraction(created: Response) {
    const { id } = interactionSchema.parse(await created.json());
    this.pass(clipMilliseconds);
    const interaction = await this.read(id);
    return { ...interaction, output: interaction.steps?.at(-1)?.content?.[0] };
  }

  cancel(id: string): Promise<Response> {
    return this.ask(`${interactionsPath}/${id}/cancel`, { method: "POST" });
  }

  forget(id: string): Promise<Response> {
    return this.ask(`${interactionsPath}/${id}`, { method: "DELETE" });
  }

  /** Puts a file into the Files API. @returns its address */
  async upload(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<string> {
    const start = await this.ask("/gemini/upload/v1beta/files", {
      method: "POST",
      headers: {
        "x-goog-api-key": "key",
        "x-goog-upload-protocol": "resumable",
        "x-goog-upload-command": "start",
        "x-goog-upload-header-content-length": String(bytes.byteLength),
        "x-goog-upload-header-content-type": contentType,
      },
      body: "{}",
    });
    const headers = { "x-goog-upload-command": "upload, finalize", "x-goog-upload-offset": "0" };
    const url = start.headers.get("x-goog-upload-url") ?? "";
    const sent = await this.ask(url, { method: "POST", headers, body: bytes });
    return z.object({ file: z.object({ uri: z.string() }) }).parse(await sent.json()).file.uri;
  }
}

/** @returns the id of a new interaction */
export async function idOf(created: Response): Promise<string> {
  return interactionSchema.parse(await created.json()).id;
}

/** Runs a test with a stand-in of its own. */
export async function withOmni(test: (omni: OmniClient) => Promise<void>): Promise<void> {
  const stub = env.SANDBOX_UPSTREAMS.getByName(crypto.randomUUID());
  await runInDurableObject(stub, (_, { storage }) => test(new OmniClient(storage)));
}
