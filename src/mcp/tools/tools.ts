/** All tools, in the order in which they are used. */
import type { Tool } from "../tool.ts";
import { approvePrompts } from "./approve-prompts.ts";
import { cancelVideoTask } from "./cancel-video-task.ts";
import { deleteVideoTask } from "./delete-video-task.ts";
import { estimateVideo } from "./estimate-video.ts";
import { generateVideo } from "./generate-video.ts";
import { getCapabilities } from "./get-capabilities.ts";
import { getVideoTask } from "./get-video-task.ts";
import { getVideo } from "./get-video.ts";

export const tools: readonly Tool[] = [
  getCapabilities,
  estimateVideo,
  generateVideo,
  getVideoTask,
  approvePrompts,
  cancelVideoTask,
  getVideo,
  deleteVideoTask,
];
