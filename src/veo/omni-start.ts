/** Asks Gemini Omni for one clip: what is too large for the request goes before it, what stays behind in vain is removed. */
import { attachingFetch, piecewiseFetch, type Slot } from "../upstream/attached-json.ts";
import type { FilesOptions, UploadedFile } from "../upstream/google-files.ts";
import { removeLent, type Wait } from "../upstream/lent-files.ts";
import { failed, type Fault, type Outcome, succeeded } from "../upstream/outcome.ts";
import type { ClipRequest, ClipSource, Excerpt, Operation, ReferenceMotion } from "./model.ts";
import { attach, excerptLimits } from "./omni-attachments.ts";
import { codedFetch } from "./omni-errors.ts";
import { continuation, creation } from "./omni-request.ts";
import { startedSchema, storedFileSchema } from "./omni-wire.ts";
import { requestJson } from "./request-json.ts";

export interface Starting {
  readonly files: FilesOptions;
  readonly wait: Wait;
}

/** Up to 20 MB take a while to send; in the background the answer comes at once. */
const submitTimeoutMs = 120_000;

type References = ClipSource & { kind: "references" };

/** @returns the operation as it is stored */
export async function startClip(starting: Starting, request: ClipRequest): Promise<Outcome<Operation>> {
  const { source } = request;
  if (source.kind === "references") return await startFromReferences(starting, request, source);
  const { interaction } = storedFileSchema.parse(source.file);
  const started = await post(starting.files, continuation(request, source.seconds, interaction), []);
  if (started.ok) return succeeded({ id: started.value.id, files: [] });
  // Of the two that may be gone it is rather the clip; a successor of the model would not find it either.
  return started.fault.kind === "not_found" ? failed("invalid_request", "what it continues is gone") : started;
}

async function startFromReferences(
  { files, wait }: Starting,
  request: ClipRequest,
  { pictures, motion, seconds }: References,
): Promise<Outcome<Operation>> {
  const excerpts = await cut(motion);
  if (!excerpts.ok) return excerpts;
  const uploads: UploadedFile[] = [];
  const lending = { options: files, wait, lent: (file: UploadedFile) => void uploads.push(file) };
  const attached = await attach(lending, pictures, excerpts.value.map(({ attachment }) => attachment));
  const started = attached.ok
    ? await post(files, creation(request, seconds, attached.value.parts), attached.value.slots)
    : attached;
  if (started.ok) return succeeded({ id: started.value.id, files: uploads.map(({ name }) => name) });
  // A request that may have been taken needs them still; Google forgets them in two days.
  if (!mayBeTaken(started.fault)) await removeLent(files, uploads);
  return started;
}

/** What goes wrong here is not the model's, and nothing was asked for yet. */
async function cut(motion: ReferenceMotion | null): Promise<Outcome<readonly Excerpt[]>> {
  try {
    return succeeded(await motion?.cut(excerptLimits) ?? []);
  } catch {
    return failed("unreachable", "the reference video could not be cut");
  }
}

async function post({ fetch, baseUrl, apiKey }: FilesOptions, body: unknown, slots: readonly Slot[]) {
  return await requestJson(startedSchema, {
    fetch: codedFetch(slots.length > 0 ? attachingFetch(fetch, slots) : piecewiseFetch(fetch)),
    url: `${baseUrl}/v1beta/interactions`,
    init: {
      method: "POST",
      headers: { "x-goog-api-key": apiKey, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    },
    timeoutMs: submitTimeoutMs,
    isPaid: true,
    // The answer may echo what was sent.
    mayBeLong: true,
  });
}

function mayBeTaken({ kind }: Fault): boolean {
  return kind === "interrupted" || kind === "malformed";
}
