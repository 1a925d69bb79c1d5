/** A stand-in of its own for each test, spoken to as its clients do. */
import { env } from "cloudflare:workers";
import { z } from "zod";

const callSchema = z.object({
  call: z.string(),
  model: z.string().nullable(),
  accepted: z.boolean(),
  fault: z.string().nullable(),
  status: z.number().nullable(),
  detail: z.unknown(),
});

const ledgerSchema = z.object({ accepted_submits: z.number(), calls: z.array(callSchema) });

/** Where the stand-in is in these tests; nothing listens there. */
export const sandboxOrigin = "http://sandbox.test";

export interface TestSandbox {
  /** @param path for example `/gemini/v1beta/models` */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** A POST of JSON with both keys. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  fail(
    ...faults: { call: string; fault: string; times?: number; probability?: number; seed?: number }[]
  ): Promise<void>;
  ledger(): Promise<z.infer<typeof ledgerSchema>>;
}

export const keys = { authorization: "Bearer key", "x-goog-api-key": "key" };

/** Opens a stand-in that takes no time at all. */
export async function openTestSandbox(latencies: Record<string, number> = {}): Promise<TestSandbox> {
  const stub = env.SANDBOX_UPSTREAMS.getByName(crypto.randomUUID());
  const ask = (path: string, init: RequestInit = {}) => stub.fetch(sandboxOrigin + path, init);
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    ask(path, {
      method: "POST",
      headers: { ...keys, "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  await post("/control/latencies", {
    ...{ image_analysis_ms: 0, prompt_ms: 0, video_analysis_ms: 0, file_processing_ms: 0, clip_ms: 0, hang_ms: 0 },
    ...latencies,
  });
  return {
    fetch: ask,
    post,
    async fail(...faults) {
      const response = await post("/control/faults", faults);
      if (!response.ok) throw new Error(await response.text());
      await response.body?.cancel();
    },
    async ledger() {
      return ledgerSchema.parse(await (await ask("/control/ledger")).json());
    },
  };
}
