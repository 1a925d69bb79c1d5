/** Veo 3.1 on Vertex AI, played: asking for a clip, or for seven seconds more of one. */
import { accept, answerCall, refuse } from "./answer-call.ts";
import { faultsOfAccepted, isOperationEnd } from "./calls.ts";
import { readElidedBody } from "./elide-long-strings.ts";
import { googleError } from "./google-errors.ts";
import { decodeSample } from "./sampled-bytes.ts";
import type { Sandbox } from "./sandbox.ts";
import { type ClipOrder, findStartProblem, startClip } from "./start-clip.ts";
import { summarisePicture, summariseVideo } from "./summarise-media.ts";
import { findVideoToExtend } from "./vertex-extension.ts";
import { type PublisherModel, publisherModelName } from "./vertex-model.ts";
import { picturesOf, type ReadVertexRequest, readVertexRequest } from "./vertex-request.ts";
import { durationOf, findVertexProblem } from "./vertex-rules.ts";

type VertexRequest = Extract<ReadVertexRequest, { ok: true }>;

/** `POST …/models/{model}:predictLongRunning`, for a model that is known. */
export async function startPrediction(sandbox: Sandbox, request: Request, asked: PublisherModel): Promise<Response> {
  const { model } = asked;
  const json = await readElidedBody(request);
  const read: ReadVertexRequest = json.ok
    ? readVertexRequest(json.value)
    : { ok: false, message: "Invalid JSON payload received. Parsing terminated before end of input." };
  const plan = read.ok ? planClip(sandbox, model, read) : googleError("INVALID_ARGUMENT", read.message);
  const call = {
    ...{ wire: "google", name: "submit", model } as const,
    prompt: read.ok ? read.instance.prompt?.head : undefined,
    immune: plan instanceof Response ? faultsOfAccepted : [],
    detail: { body_bytes: json.bytes, ...(read.ok && summarise(read)) },
  };
  return await answerCall(sandbox, call, (fault) => {
    if (plan instanceof Response) return refuse(plan);
    const id = startClip(sandbox, plan, isOperationEnd(fault) ? fault : null);
    return accept(Response.json({ name: `${publisherModelName(asked)}/operations/${id}` }));
  });
}

/** What the ledger keeps of a request. */
function summarise({ instance, parameters }: VertexRequest) {
  const { video } = instance;
  return {
    prompt: instance.prompt?.head,
    parameters,
    images: picturesOf(instance).map(({ bytesBase64Encoded, mimeType }) =>
      summarisePicture(bytesBase64Encoded, mimeType)
    ),
    ...(video && {
      extends: video.gcsUri ??
        summariseVideo(video.bytesBase64Encoded && decodeSample(video.bytesBase64Encoded), video.mimeType),
    }),
  };
}

/** @returns the clip to make, or the refusal */
function planClip(sandbox: Sandbox, model: string, { instance, parameters }: VertexRequest): ClipOrder | Response {
  const problem = findVertexProblem({ model, instance, parameters });
  if (problem !== null) return googleError("INVALID_ARGUMENT", problem);
  const { aspectRatio: aspect_ratio, resolution, storageUri, sampleCount: samples } = parameters;
  const video = instance.video ? findVideoToExtend(sandbox, instance.video, aspect_ratio) : null;
  if (video instanceof Response) return video;
  const shape = {
    aspect_ratio,
    resolution,
    seconds: durationOf(instance, parameters) + Math.round(video?.seconds ?? 0),
  };
  return findStartProblem(sandbox, shape) ?? {
    ...{ dialect: "vertex", model, shape, samples, prompt: instance.prompt?.head ?? "" },
    source: video?.operation ?? null,
    delivery: storageUri === undefined ? "inline" : "uri",
    storage_uri: storageUri?.replace(/\/+$/, "") ?? null,
  };
}
