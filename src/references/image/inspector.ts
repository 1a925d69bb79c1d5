/** What can be known of a picture without decoding it, found while its bytes pass by. */
import type { RequestErrorCode } from "../../errors.ts";
import { ByteCursor, type Parsing } from "../byte-cursor.ts";
import { imagePixelsMaximum, imageSideMaximum } from "../limits.ts";
import { Refusal } from "../refusal.ts";
import type { imageContentTypes } from "../schema.ts";
import { parseJpeg } from "./jpeg.ts";
import { parsePng } from "./png.ts";
import { parseWebp } from "./webp.ts";

export type ImageContentType = (typeof imageContentTypes)[number];

/** What a format's parser finds: pixels as stored, and how they are to be turned. */
export interface ImageLayout {
  readonly width: number;
  readonly height: number;
  /** EXIF orientation, 1 to 8. */
  readonly orientation: number;
}

export type ImageInspection =
  | {
    readonly ok: true;
    readonly content_type: ImageContentType;
    /** As a person sees it: after EXIF rotation. Pixels. */
    readonly width: number;
    readonly height: number;
    readonly orientation: number;
  }
  | { readonly ok: false; readonly code: RequestErrorCode; readonly message: string };

export interface ImageInspector {
  /** Takes the next bytes, cut anywhere. Returns the refusal as soon as it is certain, null until then. */
  push(chunk: Uint8Array): Extract<ImageInspection, { ok: false }> | null;
  /** Says that the file is over. */
  end(): ImageInspection;
}

const parsers: Record<ImageContentType, (cursor: ByteCursor) => Parsing<ImageLayout>> = {
  "image/jpeg": parseJpeg,
  "image/png": parsePng,
  "image/webp": parseWebp,
};

/** @param contentType what the first bytes say, see `sniff.ts` */
export function createImageInspector(contentType: ImageContentType): ImageInspector {
  const cursor = new ByteCursor();
  const parsing = parsers[contentType](cursor);
  let inspection: ImageInspection | null = null;
  const resume = () => {
    inspection = advance(parsing, contentType);
  };
  return {
    push(chunk) {
      // What follows the end of the picture (a motion photo's video, a camera's preview) is nobody's harm.
      if (!inspection && chunk.length > 0) {
        cursor.supply(chunk);
        resume();
      }
      return inspection && !inspection.ok ? inspection : null;
    },
    end() {
      cursor.finish();
      if (!inspection) resume();
      return inspection ?? { ok: false, code: "reference_unusable", message: "The picture cannot be read." };
    },
  };
}

/** Runs the parser up to its next pause (null) or its end. */
function advance(parsing: Parsing<ImageLayout>, contentType: ImageContentType): ImageInspection | null {
  try {
    const step = parsing.next();
    return step.done ? { ok: true, content_type: contentType, ...asSeen(step.value) } : null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, code: error.code, message: error.message };
  }
}

/** Orientations 5 to 8 lie on their side (EXIF 2.32, tag 0x0112). */
function asSeen({ width, height, orientation }: ImageLayout): ImageLayout {
  if (width === 0 || height === 0) {
    throw new Refusal("reference_unusable", `The picture says it is ${width} by ${height} pixels, which cannot be.`);
  }
  if (width > imageSideMaximum || height > imageSideMaximum || width * height > imagePixelsMaximum) {
    throw new Refusal(
      "reference_unusable",
      `The picture is ${width} by ${height} pixels. Send one of at most ${imageSideMaximum} pixels a side and ` +
        `${imagePixelsMaximum / 1_000_000} megapixels.`,
    );
  }
  return orientation >= 5 ? { width: height, height: width, orientation } : { width, height, orientation };
}
