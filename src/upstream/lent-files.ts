/** Files that are at Google for the length of one question. */
import type { Attachment } from "./attachment.ts";
import { endingFetch } from "./ending-fetch.ts";
import { type FilesOptions, fileState, removeFile, type UploadedFile, uploadFile } from "./google-files.ts";
import { failed, type Outcome } from "./outcome.ts";

/** Resolves after so many milliseconds. */
export type Wait = (milliseconds: number) => Promise<unknown>;

/** Pictures are most often ready at the first look; a video takes seconds. */
const checkPauseMs = 1_000;
const checksMaximum = 30;

/** A deletion is answered at once or not at all; Google itself forgets the file in two days. */
export const removalTimeoutMs = 15_000;

/** Uploads the file and waits until it can be used. What `lent` is told of must be removed, whatever comes. */
export async function lendFile(
  options: FilesOptions,
  wait: Wait,
  attachment: Attachment,
  lent: (file: UploadedFile) => void,
): Promise<Outcome<UploadedFile>> {
  const uploaded = await uploadFile(options, attachment);
  if (!uploaded.ok) return uploaded;
  lent(uploaded.value);
  for (let check = 0; check < checksMaximum; check += 1) {
    if (check > 0) await wait(checkPauseMs);
    const state = await fileState(options, uploaded.value);
    if (!state.ok) return state;
    if (state.value === "active") return uploaded;
    if (state.value === "failed") return failed("refused", "the file could not be prepared");
  }
  return failed("unavailable", "the file is still being prepared");
}

/** Removes the files side by side. What cannot be removed is left to Google's own two days: nothing hangs on it here. */
export async function removeLent(options: FilesOptions, files: readonly UploadedFile[]): Promise<void> {
  const limited = { ...options, fetch: endingFetch(options.fetch, AbortSignal.timeout(removalTimeoutMs)) };
  await Promise.all(files.map((file) => removeFile(limited, file)));
}
