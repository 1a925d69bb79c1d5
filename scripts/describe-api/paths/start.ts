/** The two ways to ask for a video. */
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { imageContentTypes, videoContentTypes } from "../../../src/references/schema.ts";
import { answer, notStored } from "../answers.ts";
import { addresses, upload } from "../examples/requests.ts";
import { queuedTask, succeededTask } from "../examples/tasks.ts";
import { withParameters } from "../parameters.ts";
import { problems, writeProblems } from "../problems.ts";

const started = {
  "Location": "Location",
  ...notStored,
  "Preference-Applied": "PreferenceApplied",
  "Idempotent-Replayed": "IdempotentReplayed",
} as const;

const start = { tags: ["Start"], parameters: withParameters("IdempotencyKey", "Prefer") };

const responses = {
  "200": answer(
    "With `Prefer: wait`: the task, which ended in that time.",
    "Task",
    { succeeded: { summary: "The video is there", value: succeededTask } },
    started,
  ),
  "202": answer(
    "The task is started. Follow it at `links.self` or `links.events`.",
    "Task",
    { queued: { summary: "A task that was just started", value: queuedTask } },
    { ...started, "Retry-After": "RetryAfter" },
  ),
  ...writeProblems,
};

/** What both kinds of references can have wrong with them. */
const always = [
  "budget_exceeded",
  "payload_too_large",
  "unsupported_media_type",
  "invalid_input",
  "reference_unusable",
  "idempotency_conflict",
] as const;

const pictures = { contentType: imageContentTypes.join(", ") };

export const startPaths: ZodOpenApiPathsObject = {
  "/veo31/generate": {
    post: {
      ...start,
      operationId: "generate",
      summary: "Make a video from pictures that come with the request",
      description:
        "The files are stored while they arrive; everything wrong with them and with the fields is told at " +
        "once, and then nothing is kept. An empty field counts as absent; an unknown one is refused by name.",
      requestBody: {
        required: true,
        content: {
          "multipart/form-data": {
            schema: { $ref: "#/components/schemas/OrderWithFiles" },
            encoding: {
              reference_image1: pictures,
              reference_image2: pictures,
              reference_image3: pictures,
              video_reference: { contentType: videoContentTypes.join(", ") },
            },
            examples: { picture_and_motion: { summary: "A picture, and a video to move like", value: upload } },
          },
        },
      },
      responses: { ...responses, ...problems(...always) },
    },
  },
  "/veo31/generate-from-urls": {
    post: {
      ...start,
      operationId: "generateFromUrls",
      summary: "Make a video from pictures that are fetched from their addresses",
      description:
        "The same as `/veo31/generate`, with addresses instead of files. Addresses of private networks are " +
        "refused, also behind redirects. In JSON a number or a boolean may be text as well, and null is absent.",
      requestBody: {
        required: true,
        content: Object.fromEntries(
          ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"].map((type) => [type, {
            schema: { $ref: "#/components/schemas/OrderByAddresses" },
            examples: { pictures_and_motion: { summary: "Two pictures, and a video to move like", value: addresses } },
          }]),
        ),
      },
      responses: {
        ...responses,
        ...problems(...always, "reference_fetch_failed", "reference_url_refused"),
      },
    },
  },
};
