/** The finished video of a task as a tool: its link and what is to be known of it, not its bytes. */
import { z } from "zod";
import { ServiceError } from "../../errors.ts";
import { type TaskView, taskViewSchema } from "../../task/view.ts";
import { askJson } from "../ask.ts";
import { readArguments } from "../read-arguments.ts";
import { taskIdArgument, taskPath } from "../task-argument.ts";
import { tellCharged } from "../tell-money.ts";
import type { Tool } from "../tool.ts";

const input = z.strictObject({ task_id: taskIdArgument });

const videoSchema = z.object({
  task_id: z.string(),
  /** Opens without a key, for whoever has it. */
  video_url: z.url(),
  /** When the link ends. */
  expires_at: z.iso.datetime(),
  content_type: z.literal("video/mp4"),
  bytes: z.int(),
  duration_seconds: z.number(),
  width: z.int(),
  height: z.int(),
  sandbox: z.boolean(),
  cost: taskViewSchema.shape.cost,
});

type Video = z.infer<typeof videoSchema>;

export const getVideo: Tool = {
  name: "get_video",
  title: "Get a finished video",
  description:
    "Gives the link to the MP4 file of a task that succeeded, with its size and length. Whoever has the link " +
    "can open it, until the task expires or is deleted. Free.",
  input,
  output: videoSchema,
  annotations: { readOnlyHint: true, openWorldHint: false },
  async call(sent, { ask }) {
    const { task_id } = readArguments(input, sent);
    const task = await askJson(ask, { method: "GET", path: taskPath("status", task_id) }, taskViewSchema);
    const video = videoOf(task);
    return { words: [tellVideo(video), tellCharged(task)], structured: video, links: [linkTo(video)] };
  },
};

/** @throws ServiceError `wrong_state` */
function videoOf(task: TaskView): Video {
  const video = videoSchema.safeParse({ ...task.step3_video_generation, ...task });
  if (task.status === "succeeded" && video.success) return video.data;
  throw new ServiceError("wrong_state", `There is no video: the task is ${task.status}. Call get_video_task.`);
}

function tellVideo({ video_url, duration_seconds, width, height, bytes, expires_at }: Video): string {
  return `${video_url}\n${duration_seconds} s, ${width} × ${height} pixels, ${bytes} bytes, MP4. ` +
    `The link opens without a key, for whoever has it, until ${expires_at}.`;
}

function linkTo({ task_id, video_url, bytes, content_type }: Video) {
  return {
    type: "resource_link" as const,
    uri: video_url,
    name: `${task_id}.mp4`,
    title: "The finished video",
    mimeType: content_type,
    size: bytes,
  };
}
