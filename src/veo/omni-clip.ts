/** A clip that Gemini Omni made: whether it can be fetched yet, and its bytes. */
import { bytesOfBase64 } from "../base64.ts";
import { type FilesOptions, fileState, uploadedFileSchema } from "../upstream/google-files.ts";
import { longStringIn, openLongString } from "../upstream/long-strings.ts";
import { failed, type FaultKind, type Outcome, succeeded } from "../upstream/outcome.ts";
import { givenAddress, storedAddress } from "../upstream/stored-address.ts";
import { clipAddress } from "./clip-address.ts";
import { openDownload } from "./download.ts";
import type { ClipFile, ClipStatus, OpenedClip } from "./model.ts";
import { interactionUrl, readInteraction } from "./omni-calls.ts";
import { type MadeClip, stateOf } from "./omni-status.ts";
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
  const completed = succeeded(
    { state: "completed", file: { interaction: id, uri: storedAddress(clip.uri, files.baseUrl) } } as const,
  );
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
  if ("uri" in stored) {
    return await openDownload({ ...from, url: clipAddress(givenAddress(stored.uri, baseUrl), baseUrl) });
  }
  if ("base64" in stored) return openBase64(stored.base64);
  // Where it stands may have changed, with what is echoed beside it; or it is by its address now.
  const read = await readInteraction({ fetch, baseUrl, apiKey }, stored.interaction);
  if (!read.ok) return read;
  const found = stateOf(read.value);
  if (found?.state !== "made") return failed("malformed", "the interaction does not hold the clip any more");
  const { clip } = found;
  if ("uri" in clip) return await openDownload({ ...from, url: clipAddress(clip.uri, baseUrl) });
  const place = longStringIn(clip.data);
  if (!place) return openBase64(clip.data);
  const opened = await openDownload({ ...from, url: new URL(interactionUrl(baseUrl, stored.interaction)) });
  if (!opened.ok) return opened;
  // The announced length also tells when the answer has changed in this moment.
  return succeeded({ body: openLongString(opened.value.body, place.order), bytes: place.bytes });
}

function openBase64(base64: string): Outcome<OpenedClip> {
  try {
    const bytes = bytesOfBase64(base64);
    const body = new Blob([bytes]).stream();
    return succeeded({ body, bytes: bytes.byteLength });
  } catch {
    return failed("malformed", "the clip is not base64");
  }
}
