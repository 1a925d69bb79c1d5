/**
 * Veo 3.1 on Vertex AI (Google's "Gemini Enterprise Agent Platform"), asked in the name of a service account. A
 * finished clip lies in Cloud Storage where `VERTEX_STORAGE_URI` names a place for it, else in the answer itself, tens
 * of MB of base64 that are never held.
 */
import { attachingFetch, piecewiseFetch } from "../upstream/attached-json.ts";
import { bearerFetch } from "../upstream/bearer-fetch.ts";
import type { Fetch } from "../upstream/fetch.ts";
import { failed, type Outcome, succeeded } from "../upstream/outcome.ts";
import { FaultError } from "../upstream/read-fault.ts";
import { type AccessTokenCache, createAccessTokens } from "../upstream/service-account.ts";
import { whileWanted } from "../upstream/wanted-fetch.ts";
import type { ServiceAccount } from "../service-account-key.ts";
import { openDownload } from "./download.ts";
import type { OpenedClip, VideoModel } from "./model.ts";
import { isGoogle } from "./model-state.ts";
import { ofContinuation } from "./of-continuation.ts";
import { probeModel } from "./probe-model.ts";
import { requestJson } from "./request-json.ts";
import { startedSchema } from "./veo-wire.ts";
import { openInlineClip, type OperationQuestion, operationTimeoutMs } from "./vertex-inline.ts";
import { submissionOf } from "./vertex-request.ts";
import { clipStatus } from "./vertex-status.ts";
import {
  type InlineFile,
  modelPath,
  objectPath,
  operationOwnerPath,
  operationSchema,
  storedFileSchema,
  type StoredOperation,
  storedOperationSchema,
} from "./vertex-wire.ts";

export interface VertexVeoOptions {
  readonly account: ServiceAccount;
  readonly project: string;
  /** Veo is in `us-central1` only (2026). */
  readonly location: string;
  /** Where in Cloud Storage the clips are put, `gs://bucket/folder`; null for clips in the answers. */
  readonly storageUri: string | null;
  /** Without a version: `https://us-central1-aiplatform.googleapis.com`. */
  readonly baseUrl: string;
  readonly fetch: Fetch;
  /** By default one for the whole isolate. */
  readonly tokens?: AccessTokenCache;
  /** Milliseconds since 1970; by default the clock. */
  readonly now?: () => number;
}

/** Three pictures of 20 MB, or a clip to be extended, take a while to send; the answer comes at once. */
const submitTimeoutMs = 120_000;

const tokensOfIsolate: AccessTokenCache = new Map();

export function createVertexVeo(options: VertexVeoOptions): VideoModel {
  const { account, baseUrl, storageUri, fetch, tokens: cache = tokensOfIsolate, now = Date.now } = options;
  const tokens = createAccessTokens({ account, fetch, cache, now });
  const storageBaseUrl = storageBaseUrlOf(baseUrl);

  return {
    probe(model) {
      // Publishers' models belong to no project: with one in the address they are not found.
      const url = `${baseUrl}/v1/publishers/google/models/${encodeURIComponent(model)}`;
      return probeModel({ fetch: bearerFetch(fetch, tokens, baseUrl), model, url, headers: {} });
    },

    async start(request) {
      const { model } = request;
      const { body, slots } = submissionOf(request, { storageUri, openInline: openOrThrow });
      const asking = whileWanted(fetch, request.isWanted);
      const sending = slots.length > 0 ? attachingFetch(asking, slots) : piecewiseFetch(asking);
      const started = await requestJson(startedSchema, {
        fetch: bearerFetch(sending, tokens, baseUrl),
        url: `${baseUrl}/v1/${modelPath(model, options)}:predictLongRunning`,
        init: jsonPost(body),
        timeoutMs: submitTimeoutMs,
        isPaid: true,
      });
      if (started.ok) return succeeded({ name: started.value.name, model });
      return request.source.kind === "clip" ? ofContinuation(started) : started;
    },

    async status(operation) {
      const stored = storedOperationSchema.parse(operation);
      const request = { ...questionOf(stored), timeoutMs: operationTimeoutMs, mayBeLong: true };
      const read = await requestJson(operationSchema, request);
      if (!read.ok) return read;
      const status = clipStatus(read.value, stored, storageUri);
      return status ? succeeded(status) : failed("malformed", "done, with videos of which none can be read");
    },

    open(file) {
      const stored = storedFileSchema.parse(file);
      return "gcs_uri" in stored ? openObject(stored.gcs_uri) : openInlineClip(questionOf(stored.operation), stored);
    },
  };

  function questionOf(operation: StoredOperation): OperationQuestion {
    return {
      fetch: bearerFetch(fetch, tokens, baseUrl),
      url: `${baseUrl}/v1/${operationOwnerPath(operation, options)}:fetchPredictOperation`,
      init: jsonPost({ operationName: operation.name }),
    };
  }

  async function openOrThrow(file: InlineFile): Promise<ReadableStream<Uint8Array>> {
    const opened = await openInlineClip(questionOf(file.operation), file);
    if (opened.ok) return opened.value.body;
    throw new FaultError(opened.fault);
  }

  async function openObject(uri: string): Promise<Outcome<OpenedClip>> {
    const path = objectPath(uri);
    if (path === null) return failed("malformed", "the clip's address is not one of Cloud Storage");
    // The token is put in by the fetch, which knows where it may go.
    const url = new URL(`${storageBaseUrl}/${path}`);
    return await openDownload({
      fetch: bearerFetch(fetch, tokens, storageBaseUrl),
      url,
      keyOrigin: storageBaseUrl,
      headers: {},
    });
  }
}

function jsonPost(body: object): RequestInit {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

/** A gateway or a test double plays Cloud Storage, too: Google would not know its tokens. */
function storageBaseUrlOf(baseUrl: string): string {
  return isGoogle(baseUrl) ? "https://storage.googleapis.com" : baseUrl;
}
