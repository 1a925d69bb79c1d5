/** A clip that Gemini Omni made: whether it can be fetched yet, and its bytes. */
import { type FilesOptions, fileState, uploadedFileSchema } from "../upstream/google-files.ts";
import { longStringIn, openLongString } from "../upstream/long-strings.ts";
import { failed, type FaultKind, type Outcome, succeeded } from "../upstream/outcome.ts";
import { clipAddress } from "./clip-address.ts";
import { openDownload } from "./download.ts";
import type { ClipFile, ClipStatus, OpenedClip } from "./model.ts";
import { interactionUrl } from "./omni-calls.ts";
import type { MadeClip } from "./omni-status.ts";
import { storedFileSchema } from "./omni-wire.ts";

/** @param id of the interaction that made it */
export async function readyClip(files: FilesOptions, id: string, clip: MadeClip): Promise<Outcome<ClipStatus>> {
  if ("data" in clip) {
    const long = longStringIn(clip.data);
    const file = long
      ? { interaction: id, order: long.order, bytes: long.bytes }
      : { interaction: id, base64: clip.data };
    return succeeded({ state: "completed", file });
  }
  if (!URL.canParse(clip.uri, `${files.baseUrl}/`)) return failed("malformed", "the clip's address cannot be read");
  const completed = succeeded({ state: "completed", file: { interaction: id, uri: clip.uri } } as const);
  const name = fileNameIn(clip.uri, files.baseUrl);
  if (name === null) return completed;
  const state = await fileState(files, { name });
  if (!state.ok) return passing.has(state.fault.kind) ? state : completed;
  switch (state.value) {
    case "active":
      return completed;
    case "processing":
      return succeeded({ state: "pending" });
    case "failed":
      return succeeded({ state: "failed", retryable: true, note: "the clip's file could not be processed" });
  }
}

/** What says nothing of the file. Any other fault is a gateway's without Files: whether the clip is there, its fetching tells. */
const passing: ReadonlySet<FaultKind> = new Set([
  "unreachable",
  "interrupted",
  "unavailable",
  "rate_limited",
  "quota_exhausted",
]);

const filePath = /\/v1(?:beta)?\/(files\/[^/:]+)(?::download)?$/;

/** The name of the clip's file in the Gemini API's Files; null when it is somewhere else. */
export function fileNameIn(uri: string, baseUrl: string): string | null {
  if (!URL.canParse(uri, `${baseUrl}/`)) return null;
  const address = clipAddress(uri, baseUrl);
  if (address.origin !== new URL(baseUrl).origin) return null;
  const name = uploadedFileSchema.shape.name.safeParse(filePath.exec(address.pathname)?.[1]);
  return name.success ? name.data : null;
}

/** Opens the clip's bytes; one that is inside the interaction is decoded while the answer comes. */
export async function openClip({ fetch, baseUrl, apiKey }: FilesOptions, file: ClipFile): Promise<Outcome<OpenedClip>> {
  const stored = storedFileSchema.parse(file);
  const from = { fetch, keyOrigin: baseUrl, headers: { "x-goog-api-key": apiKey } };
  if ("uri" in stored) return await openDownload({ ...from, url: clipAddress(stored.uri, baseUrl) });
  if ("base64" in stored) return openBase64(stored.base64);
  const opened = await openDownload({ ...from, url: new URL(interactionUrl(baseUrl, stored.interaction)) });
  if (!opened.ok) return opened;
  // The announced length also tells when the answer has come to hold other strings before the clip.
  return succeeded({ body: openLongString(opened.value.body, stored.order), bytes: stored.bytes });
}

function openBase64(base64: string): Outcome<OpenedClip> {
  try {
    const bytes = Uint8Array.fromBase64(base64);
    const body = new Blob([bytes]).stream();
    return succeeded({ body, bytes: bytes.byteLength });
  } catch {
    return failed("malformed", "the clip is not base64");
  }
}
