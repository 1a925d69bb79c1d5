/** The finished video of a task, out of its store. */
import type { Bucket } from "../../storage/bucket.ts";
import { videoFileName } from "../../task/file-names.ts";
import type { TaskState } from "../../task/state.ts";
import { RequestRefusedError } from "../errors.ts";
import type { OpenedVideo } from "../task.ts";

/** @throws RequestRefusedError `wrong_state` when it has none, `not_found` when its file was deleted */
export async function openFinished(state: TaskState, bucket: Bucket): Promise<OpenedVideo> {
  if (!state.video) throw new RequestRefusedError("wrong_state", `A task that is ${state.status} has no video.`);
  const object = await bucket.get(state.video.key);
  if (!object) throw new RequestRefusedError("not_found", "The file of this video is not there any more.");
  return { body: object.body, bytes: object.size, contentType: "video/mp4", fileName: videoFileName(state) };
}
