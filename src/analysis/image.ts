/** Understands one reference picture. */
import type { UseCase } from "../use-case.ts";
import type { Attachment } from "../upstream/attachment.ts";
import { confidential, unlessTold } from "../upstream/confidential.ts";
import { type Outcome, succeeded } from "../upstream/outcome.ts";
import type { Ask } from "../upstream/question.ts";
import { cleanImageAnalysis } from "./clean.ts";
import { imageInstructions, pictureIntroduction } from "./instructions.ts";
import { type ImageAnalysis, imageAnalysisSchema } from "./schema.ts";

/** A reference picture to understand. */
export interface PictureToAnalyse {
  readonly attachment: Attachment;
  /**
   * EXIF orientation, 1 (upright) to 8: the stored bytes are not turned, and nobody promises that the model turns them.
   */
  readonly orientation: number;
  /** Which picture it is, from 1, and of how many. */
  readonly position: number;
  readonly of: number;
  readonly useCase: UseCase;
}

export interface ImageAnalyst {
  analyse(picture: PictureToAnalyse): Promise<Outcome<ImageAnalysis>>;
}

/**
 * 20 MB go up in seconds, and a reasoning model looks at a picture for up to half a minute; twice that is a hang. With
 * Gemini a large picture's way through the Files API is in it, and its removal comes after: 105 s together.
 */
const imageTimeoutMs = 90_000;

/**
 * @returns an analyst that asks once a call: faults are outcomes, repeating is the caller's; what it answers is bounded
 * and clean ({@link cleanImageAnalysis})
 */
export function createImageAnalyst(ask: Ask): ImageAnalyst {
  return {
    async analyse(picture) {
      const told = confidential(imageInstructions(picture.useCase));
      const answer = await ask({
        name: "image_analysis",
        schema: imageAnalysisSchema,
        instructions: told.instructions,
        content: [
          { kind: "text", text: pictureIntroduction(picture) },
          { kind: "image", attachment: picture.attachment },
        ],
        timeoutMs: imageTimeoutMs,
      });
      const analysis = unlessTold(answer, told);
      return analysis.ok ? succeeded(cleanImageAnalysis(analysis.value)) : analysis;
    },
  };
}
