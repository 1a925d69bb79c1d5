/**
 * Gemini Omni Flash on the Interactions API: an interaction in the background makes a clip from pictures and excerpts of
 * the reference video, is looked for, continued by its id, stopped, forgotten.
 *
 * Plain `fetch`, because the SDK repeats the paid request up to four times by itself.
 */
import type { z } from "zod";
import { type FilesOptions, removeFile } from "../upstream/google-files.ts";
import type { Wait } from "../upstream/lent-files.ts";
import { failed, type Outcome, succeeded } from "../upstream/outcome.ts";
import type { ClipStatus, VideoModel } from "./model.ts";
import { cancelInteraction, deleteInteraction, readInteraction } from "./omni-calls.ts";
import { fileNameIn, openClip, readyClip } from "./omni-clip.ts";
import { startClip } from "./omni-start.ts";
import { stateOf } from "./omni-status.ts";
import { storedOperationSchema } from "./omni-wire.ts";
import { probeModel } from "./probe-model.ts";

/** Key, address without a version, and `fetch`: the same that the Gemini API's Files are asked with. */
export interface OmniOptions extends FilesOptions {
  readonly wait: Wait;
}

export function createOmni({ wait, ...options }: OmniOptions): VideoModel {
  return {
    start: (request) => startClip({ files: options, wait }, request),
    status: (operation) => lookFor(options, storedOperationSchema.parse(operation).id),
    open: (file) => openClip(options, file),
    cancel: (operation) => cancelInteraction(options, storedOperationSchema.parse(operation).id),
    forget: (operation) => forget(options, storedOperationSchema.parse(operation)),
    probe(model) {
      const url = `${options.baseUrl}/v1beta/models/${encodeURIComponent(model)}`;
      return probeModel({ fetch: options.fetch, model, url, headers: { "x-goog-api-key": options.apiKey } });
    },
  };
}

async function lookFor(options: FilesOptions, id: string): Promise<Outcome<ClipStatus>> {
  const read = await readInteraction(options, id);
  // A filter that reads the prompt only after the request was taken shows as a 400 at each look from then on.
  if (!read.ok) return read.fault.kind === "refused" ? succeeded(declined) : read;
  const found = stateOf(read.value);
  if (!found) return failed("malformed", "completed, with a clip that cannot be read");
  return found.state === "made" ? await readyClip(options, id, found.clip) : succeeded(found);
}

const declined: ClipStatus = {
  state: "filtered",
  what: "prompt",
  subject: null,
  charged: "unknown",
  note: "taken, and then blocked",
};

/** The files first, since only the interaction knows the clip's; those that stay expire in two days. */
async function forget(options: FilesOptions, { id, files }: z.infer<typeof storedOperationSchema>) {
  const clip = await clipFileOf(options, id);
  const names = clip === null ? files : [...files, clip];
  await Promise.all(names.map((name) => removeFile(options, { name })));
  return await deleteInteraction(options, id);
}

async function clipFileOf(options: FilesOptions, id: string): Promise<string | null> {
  const read = await readInteraction(options, id);
  const found = read.ok ? stateOf(read.value) : null;
  return found?.state === "made" && "uri" in found.clip ? fileNameIn(found.clip.uri, options.baseUrl) : null;
}
