/**
 * Veo 3.1 on the Gemini API, or on a gateway that speaks its dialect: `predictLongRunning`, operations, download.
 *
 * Plain `fetch`, because the SDK (from 3.0 on) refuses Veo with an API key.
 */
import { attachingFetch, piecewiseFetch, reserveSlot, type Slot } from "../upstream/attached-json.ts";
import type { Fetch } from "../upstream/fetch.ts";
import { failed, succeeded } from "../upstream/outcome.ts";
import { givenAddress } from "../upstream/stored-address.ts";
import { whileWanted } from "../upstream/wanted-fetch.ts";
import { clipAddress } from "./clip-address.ts";
import { openDownload } from "./download.ts";
import { clipStatus } from "./gemini-status.ts";
import { operationSchema, storedFileSchema, storedOperationSchema } from "./gemini-wire.ts";
import type { ClipFile, ClipRequest, VideoModel } from "./model.ts";
import { probeModel } from "./probe-model.ts";
import { ofContinuation } from "./of-continuation.ts";
import { requestJson } from "./request-json.ts";
import { operationPath, startedSchema } from "./veo-wire.ts";

export interface GeminiVeoOptions {
  readonly apiKey: string;
  /** Without a version: `https://generativelanguage.googleapis.com`. */
  readonly baseUrl: string;
  readonly fetch: Fetch;
}

/** Three pictures of 20 MB take a while to send; the answer comes at once. */
const submitTimeoutMs = 120_000;
const pollTimeoutMs = 20_000;

export function createGeminiVeo({ apiKey, baseUrl, fetch }: GeminiVeoOptions): VideoModel {
  const headers = { "x-goog-api-key": apiKey };
  return {
    probe(model) {
      const url = `${baseUrl}/v1beta/models/${encodeURIComponent(model)}`;
      return probeModel({ fetch, model, url, headers });
    },

    async start(request) {
      const slots = request.source.kind === "references" ? request.source.pictures.map(reserveSlot) : [];
      const asking = whileWanted(fetch, request.isWanted);
      const started = await requestJson(startedSchema, {
        fetch: slots.length > 0 ? attachingFetch(asking, slots) : piecewiseFetch(asking),
        url: `${baseUrl}/v1beta/models/${encodeURIComponent(request.model)}:predictLongRunning`,
        init: {
          method: "POST",
          headers: { ...headers, "Content-Type": "application/json" },
          body: JSON.stringify(submission(request, slots, baseUrl)),
        },
        timeoutMs: submitTimeoutMs,
        isPaid: true,
      });
      return request.source.kind === "clip" ? ofContinuation(started) : started;
    },

    async status(operation) {
      const { name } = storedOperationSchema.parse(operation);
      const read = await requestJson(operationSchema, {
        fetch,
        url: `${baseUrl}/v1beta/${operationPath(name)}`,
        init: { headers },
        timeoutMs: pollTimeoutMs,
      });
      if (!read.ok) return read;
      const status = clipStatus(read.value, baseUrl);
      return status ? succeeded(status) : failed("malformed", "done, with samples of which none has an address");
    },

    open(file) {
      const url = clipAddress(addressOf(file, baseUrl), baseUrl);
      return openDownload({ fetch, url, keyOrigin: baseUrl, headers });
    },
  };
}

/** What an extension asks for; the API takes no other number, though it adds 7 s. */
const extensionSeconds = 8;

/**
 * The body of the request. With reference pictures the model takes neither `image`, `lastFrame` nor `video`, and people
 * only as `allow_adult`. An extension takes the file as the API itself named it; what it takes of people depends on the
 * region (`allow_all`, in Europe `allow_adult`), so that is left to the API. Pictures go as `bytesBase64Encoded`: the
 * documented `inlineData` was answered with 400.
 */
function submission(
  { prompt, aspectRatio, resolution, source }: ClipRequest,
  pictures: readonly Slot[],
  baseUrl: string,
) {
  if (source.kind === "clip") {
    return {
      instances: [{ prompt, video: { uri: addressOf(source.file, baseUrl) } }],
      parameters: { aspectRatio, resolution, durationSeconds: extensionSeconds },
    };
  }
  return {
    instances: [{
      prompt,
      referenceImages: pictures.map(({ attachment, placeholder }) => ({
        image: { bytesBase64Encoded: placeholder, mimeType: attachment.contentType },
        referenceType: "asset",
      })),
    }],
    parameters: { aspectRatio, resolution, durationSeconds: source.seconds, personGeneration: "allow_adult" },
  };
}

function addressOf(file: ClipFile, baseUrl: string): string {
  return givenAddress(storedFileSchema.parse(file).uri, baseUrl);
}
