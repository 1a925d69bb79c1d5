/** `POST /veo31/generate-from-urls` as a tool. */
import { z } from "zod";
import { imagesMaximum } from "../../references/limits.ts";
import { taskViewSchema } from "../../task/view.ts";
import { readArguments } from "../read-arguments.ts";
import { answerWithTask, taskAnswerSchema } from "../task-answer.ts";
import type { Tool } from "../tool.ts";
import { wishArguments } from "../wish-arguments.ts";

/** What a header can hold; what the service takes of it, it says itself. */
const keyArgument = z.string().regex(/^[!-~]{1,255}$/, "Send 1 to 255 visible ASCII characters without spaces")
  .describe(
    "A new UUID for each video that is wanted. A call that is repeated with the same key and the same arguments answers " +
      "with the same task and pays nothing twice.",
  );

const ownArguments = z.object({ idempotency_key: keyArgument.optional() });

export const generateVideo: Tool = {
  name: "generate_video",
  title: "Start a video",
  description: "Starts a video from 1 to 3 reference pictures, given by their web addresses. THIS COSTS MONEY, some " +
    "dollars a video: call estimate_video first, and start only what the user agreed to pay for. Answers at once with a " +
    "task_id; the video takes some minutes, so follow it with get_video_task and never start it again because it takes " +
    "long. With review set to true it stops before the video model is paid.",
  input: z.strictObject({
    reference_image_urls: z.array(z.string()).min(1).max(imagesMaximum)
      .describe(
        "Web addresses of 1 to 3 pictures (JPEG, PNG or WebP) of what is to be shown, the most important first.",
      ),
    video_reference_url: z.string().optional()
      .describe("Web address of a video (MP4, MOV or WebM) whose camera work and pace are to be followed."),
    ...wishArguments,
    ...ownArguments.shape,
  }),
  output: taskAnswerSchema,
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  async call(sent, { ask }) {
    const { idempotency_key: key } = readArguments(ownArguments, sent);
    const { idempotency_key: _, ...body } = sent;
    const headers = key === undefined ? {} : { "Idempotency-Key": key };
    const answer = await ask({ method: "POST", path: "/veo31/generate-from-urls", body, headers });
    const isReplayed = answer.headers.get("Idempotent-Replayed") === "true";
    const view = taskViewSchema.parse(await answer.json());
    return answerWithTask(view, isReplayed ? ["An earlier call with this idempotency_key started this task."] : []);
  },
};
