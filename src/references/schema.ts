/** A reference as it is stored: what was learned about it on the way into R2. */
import { z } from "zod";

export const imageContentTypes = ["image/jpeg", "image/png", "image/webp"] as const;
export const videoContentTypes = ["video/mp4", "video/quicktime", "video/webm"] as const;

export const storedImageSchema = z.object({
  /** The field it came in: `reference_image1` … `reference_image3`, or `reference_image_urls`. */
  field: z.string(),
  /** Key of the R2 object. */
  key: z.string(),
  content_type: z.enum(imageContentTypes),
  bytes: z.number().int().positive(),
  /** As a person sees it: after EXIF rotation. Pixels. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** EXIF orientation, 1 (upright) to 8; the stored bytes are not turned. */
  orientation: z.number().int().min(1).max(8),
});

export const storedVideoSchema = z.object({
  field: z.string(),
  key: z.string(),
  content_type: z.enum(videoContentTypes),
  bytes: z.number().int().positive(),
  /** As a person sees it: after the track's rotation. Pixels. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  duration_seconds: z.number().positive(),
});

export type StoredImage = z.infer<typeof storedImageSchema>;
export type StoredVideo = z.infer<typeof storedVideoSchema>;
