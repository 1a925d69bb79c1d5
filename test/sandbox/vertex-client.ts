/** A client of Veo on Vertex AI in the sandbox, with a clock that only moves when it is told to. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { z } from "zod";
import { bearer, vertexModel, vertexPath, vertexRequest } from "../support/sandbox-requests.ts";
import { clipMilliseconds, operationOf, VeoClient } from "./veo-client.ts";

const answerSchema = z.object({
  name: z.string(),
  done: z.boolean().optional(),
  error: z.object({ code: z.number() }).optional(),
  response: z.object({
    raiMediaFilteredCount: z.number(),
    raiMediaFilteredReasons: z.array(z.string()).optional(),
    videos: z.array(z.strictObject({
      gcsUri: z.string().optional(),
      bytesBase64Encoded: z.string().optional(),
      mimeType: z.literal("video/mp4"),
    })).optional(),
  }).optional(),
});

export class VertexClient extends VeoClient {
  override post(path: string, body: unknown): Promise<Response> {
    const headers = { "content-type": "application/json", ...bearer };
    return this.ask(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  override submit(instance: object = {}, parameters: object = {}, model: string = vertexModel): Promise<Response> {
    return this.post(vertexPath("predictLongRunning", model), vertexRequest(instance, parameters));
  }

  /** Asks for seven seconds more of a video. */
  extendVideo(video: object, parameters: object = {}, instance: object = {}): Promise<Response> {
    const extension = { durationSeconds: undefined, ...parameters };
    return this.submit(
      { referenceImages: undefined, video: { mimeType: "video/mp4", ...video }, ...instance },
      extension,
    );
  }

  override poll(operationName: string): Promise<Response> {
    return this.post(vertexPath("fetchPredictOperation"), { operationName });
  }

  async read(operationName: string) {
    return answerSchema.parse(await (await this.poll(operationName)).json());
  }

  /** Waits until what was asked for is made. @returns the videos */
  async finishVideos(submitted: Response) {
    const name = await operationOf(submitted);
    this.pass(clipMilliseconds);
    const { response } = await this.read(name);
    return response?.videos ?? [];
  }

  /** Waits until what was asked for is made. @returns the first video's address in Cloud Storage */
  override async finish(submitted: Response): Promise<string> {
    return (await this.finishVideos(submitted))[0]?.gcsUri ?? "";
  }

  download(gcsUri: string): Promise<Response> {
    return this.ask(`${objectPath(gcsUri)}?alt=media`, { headers: bearer });
  }
}

/** @returns the path of an object's address in Cloud Storage */
export function objectPath(gcsUri: string): string {
  const [, bucket = "", object = ""] = /^gs:\/\/([^/]+)\/(.+)$/.exec(gcsUri) ?? [];
  return `/vertex/storage/v1/b/${bucket}/o/${encodeURIComponent(object)}`;
}

/** Runs a test with a stand-in of its own. */
export async function withVertex(test: (vertex: VertexClient) => Promise<void>): Promise<void> {
  const stub = env.SANDBOX_UPSTREAMS.getByName(crypto.randomUUID());
  await runInDurableObject(stub, (_, { storage }) => test(new VertexClient(storage)));
}
