/** Understands one reference picture, by OpenAI. */
import type { UseCase } from "../use-case.ts";
import { dataUrlOf, reserveSlot } from "../upstream/attached-json.ts";
import type { Attachment } from "../upstream/attachment.ts";
import { askOpenai, type OpenaiOptions } from "../upstream/openai-question.ts";
import type { Outcome } from "../upstream/outcome.ts";
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

/** 20 MB go up in seconds, and a reasoning model looks at a picture for up to half a minute; twice that is a hang. */
const imageTimeoutMs = 90_000;

/**
 * @param options.baseUrl ends in `/v1`; the key goes nowhere else
 * @returns an analyst that asks once a call: faults are outcomes, repeating is the caller's
 */
export function createImageAnalyst(options: OpenaiOptions): ImageAnalyst {
  return {
    analyse(picture) {
      const slot = reserveSlot(picture.attachment);
      return askOpenai(options, {
        name: "image_analysis",
        schema: imageAnalysisSchema,
        instructions: imageInstructions(picture.useCase),
        content: [
          { type: "input_text", text: pictureIntroduction(picture) },
          // What `auto` means differs from model to model, and so does its cost; small lettering needs `high`.
          { type: "input_image", image_url: dataUrlOf(slot), detail: "high" },
        ],
        slots: [slot],
        timeoutMs: imageTimeoutMs,
      });
    },
  };
}
