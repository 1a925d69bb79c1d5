/** Asks Gemini Omni for one clip: what is too large for the request goes before it, what stays behind in vain is removed. */
import { attachingFetch, piecewiseFetch, type Slot } from "../upstream/attached-json.ts";
import { endingFetch } from "../upstream/ending-fetch.ts";
import type { FilesOptions, UploadedFile } from "../upstream/google-files.ts";
import { removeLent, type Wait } from "../upstream/lent-files.ts";
import { failed, type Fault, type Outcome, succeeded } from "../upstream/outcome.ts";
import { whileWanted } from "../upstream/wanted-fetch.ts";
import type { ClipRequest, ClipSource, Excerpt, Operation, ReferenceMotion } from "./model.ts";
import { ofContinuation } from "./of-continuation.ts";
import { attach, excerptLimits } from "./omni-attachments.ts";
import { codedFetch } from "./omni-errors.ts";
import { continuation, creation } from "./omni-request.ts";
import { startedSchema, storedFileSchema } from "./omni-wire.ts";
import { requestJson } from "./request-json.ts";

export interface Starting {
  readonly files: FilesOptions;
  readonly wait: Wait;
}

/**
 * For cutting the reference video and uploading what is too large, together: 60 MB at 2 Mbit/s. With the request behind it
 * that is as long as a submit may take (`task/timing.ts`).
 */
const preparationMs = 240_000;

/** Up to 20 MB take a while to send; in the background the answer comes at once. */
const submitTimeoutMs = 120_000;

type References = ClipSource & { kind: "references" };

/** @returns the operation as it is stored */
export async function startClip(starting: Starting, request: ClipRequest): Promise<Outcome<Operation>> {
  const { source } = request;
  if (source.kind === "references") return await startFromReferences(starting, request, source);
  const { interaction } = storedFileSchema.parse(source.file);
  const asking = whileWanted(starting.files.fetch, request.isWanted);
  const body = continuation(request, source.seconds, interaction);
  const started = await post({ ...starting.files, fetch: asking }, body, []);
  return started.ok ? succeeded({ id: started.value.id, files: [] }) : ofContinuation(started);
}

async function startFromReferences(
  { files, wait }: Starting,
  request: ClipRequest,
  { pictures, motion, seconds }: References,
): Promise<Outcome<Operation>> {
  const end = AbortSignal.timeout(preparationMs);
  const excerpts = await cut(motion, end);
  if (!excerpts.ok) return excerpts;
  const uploads: UploadedFile[] = [];
  const lending = {
    ...{ options: { ...files, fetch: endingFetch(files.fetch, end) }, wait },
    lent: (file: UploadedFile) => void uploads.push(file),
  };
  const attached = await attach(lending, pictures, excerpts.value.map(({ attachment }) => attachment));
  const asking = { ...files, fetch: whileWanted(files.fetch, request.isWanted) };
  const started = attached.ok
    ? await post(asking, creation(request, seconds, attached.value.parts), attached.value.slots)
    : attached;
  if (started.ok) return succeeded({ id: started.value.id, files: uploads.map(({ name }) => name) });
  // A request that may have been taken needs them still; Google forgets them in two days.
  if (!mayBeTaken(started.fault)) await removeLent(files, uploads);
  return started;
}

/** What goes wrong here is not the model's, and nothing was asked for yet. */
async function cut(motion: ReferenceMotion | null, end: AbortSignal): Promise<Outcome<readonly Excerpt[]>> {
  if (!motion) return succeeded([]);
  try {
    return succeeded(await Promise.race([motion.cut(excerptLimits), endOf(end)]));
  } catch {
    return failed("unreachable", "the reference video could not be cut");
  }
}

/** @throws when the time is over */
function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
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
