/**
 * Understands the reference video, by Gemini. In steps, so that the task can save between them and nothing waits in
 * here: a small video goes inside the request; a larger one is uploaded, looked after until it is active, analysed,
 * removed.
 */
import type { Attachment } from "../upstream/attachment.ts";
import { type GeminiOptions, generateContent, type Viewing } from "../upstream/generate-content.ts";
import { type FileState, fileState, removeFile, type UploadedFile, uploadFile } from "../upstream/google-files.ts";
import { confidential, unlessTold } from "../upstream/confidential.ts";
import { type Outcome, succeeded } from "../upstream/outcome.ts";
import { usualOutputTokensMaximum } from "../upstream/question.ts";
import { cleanVideoAnalysis } from "./clean.ts";
import { videoInstructions } from "./instructions.ts";
import { type VideoAnalysis, videoAnalysisSchema } from "./schema.ts";
import { watchedFramesPerSecond, watchedSecondsMaximum } from "./video-limits.ts";

export { type UploadedFile, uploadedFileSchema } from "../upstream/google-files.ts";
export { inlineBytesMaximum } from "./video-limits.ts";

/** Gemini watches a clip of a minute in about 20 s; three times that, and the time to send 20 MB, is a hang. */
const analysisTimeoutMs = 90_000;

/** The video itself, of at most `inlineBytesMaximum`; or an uploaded file that is active. */
export type VideoSource = { readonly inline: Attachment } | { readonly file: UploadedFile };

export interface VideoAnalyst {
  upload(attachment: Attachment): Promise<Outcome<UploadedFile>>;
  fileState(file: UploadedFile): Promise<Outcome<FileState>>;
  /** @param seconds the video's length; of a longer one than `watchedSecondsMaximum` the beginning is watched */
  analyse(source: VideoSource, seconds: number): Promise<Outcome<VideoAnalysis>>;
  /** Removes the file from Google at once rather than in two days. One that is gone already counts as removed. */
  remove(file: UploadedFile): Promise<Outcome<null>>;
}

/**
 * @returns an analyst that asks once a call: faults are outcomes, waiting and repeating are the caller's; what it answers
 * is bounded and clean ({@link cleanVideoAnalysis})
 */
export function createVideoAnalyst(options: GeminiOptions): VideoAnalyst {
  return {
    upload: (attachment) => uploadFile(options, attachment),
    fileState: (file) => fileState(options, file),
    remove: (file) => removeFile(options, file),
    async analyse(source, seconds) {
      const told = confidential(videoInstructions);
      const answer = await generateContent(options, {
        schema: videoAnalysisSchema,
        instructions: told.instructions,
        // The words after the video, as Google advises.
        parts: [{ ...source, viewing: viewingOf(seconds) }, { text: "Describe how this video is filmed." }],
        timeoutMs: analysisTimeoutMs,
        outputTokensMaximum: usualOutputTokensMaximum,
      });
      const analysis = unlessTold(answer, told);
      return analysis.ok ? succeeded(cleanVideoAnalysis(analysis.value)) : analysis;
    },
  };
}

function viewingOf(seconds: number): Viewing {
  const isCut = seconds > watchedSecondsMaximum;
  return { framesPerSecond: watchedFramesPerSecond, ...(isCut && { endSeconds: watchedSecondsMaximum }) };
}
