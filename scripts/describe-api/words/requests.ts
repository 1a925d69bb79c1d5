/** What each field of a request means. */
import {
  imageBytesMaximum,
  imagePixelsMaximum,
  imageSideMaximum,
  videoBytesMaximum,
} from "../../../src/references/limits.ts";

const wishWords = {
  use_case: "What the video is for. Each has its own rules for the prompt.",
  duration_seconds:
    "Length of the finished video in whole seconds. It has exactly this length, give or take one frame.",
  aspect_ratio: "Shape of the picture. A square is the middle of a standing video.",
  quality: "`high` or `standard`: which model makes the clips, and at which resolution; see `/veo31/capabilities`.",
  structure:
    "How a video longer than one clip comes about. `shots`: clips made side by side from the same references and " +
    "cut together. `single_take`: one clip, continued.",
  additional_prompt: "Your own words about the video, in any language.",
  review: "`true` stops before anything is paid to the video model, so that a person can read and edit the prompts.",
  callback_url: "An https address that is told of the end by a signed webhook (Standard Webhooks). Needs the setting " +
    "`WEBHOOK_SECRET`.",
};

const megabyte = 1_000_000;

const picture = `A reference picture: JPEG, PNG or WebP, at most ${imageBytesMaximum / megabyte} MB, ` +
  `${imageSideMaximum} pixels a side and ${imagePixelsMaximum / megabyte} megapixels. Any of the three fields will do.`;

const video = "A video whose motion the new one follows: MP4, MOV or WebM, " +
  `at most ${videoBytesMaximum / megabyte} MB.`;

export const requestWords: Record<string, Record<string, string>> = {
  Wishes: wishWords,
  OrderWithFiles: {
    reference_image1: picture,
    reference_image2: "Another picture of the same thing, in the same formats.",
    reference_image3: "A third picture of the same thing, in the same formats.",
    video_reference: video,
    ...wishWords,
  },
  OrderByAddresses: {
    reference_image_urls:
      "Addresses of one to three pictures, fetched by the service: a list; or one text with commas " +
      "between them (a comma inside an address survives unless an address follows it); in a form also the field repeated.",
    video_reference_url: `Its address, fetched by the service. ${video}`,
    ...wishWords,
  },
  PromptEdits: {
    prompt: "The prompt of a video of one segment, as it shall go out.",
    prompts: "The prompts of all segments, in their order, as they shall go out.",
  },
};
