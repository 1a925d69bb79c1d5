/** A finished video out of a deployment. Its link opens it, so no key goes with the request, wherever the link leads. */
import { ConnectionError, RequestRefusedError } from "../errors.ts";
import type { OpenedVideo, Task } from "../task.ts";
import type { Connection } from "./connection.ts";
import { failureOf } from "./read-answer.ts";
import { repeated } from "./repeat.ts";
import type { Time } from "./time.ts";

/** @throws RequestRefusedError `wrong_state` without a video, `not_found` when it has expired; ConnectionError */
export async function openVideo(
  connection: Connection,
  { task_id, status, step3_video_generation: made }: Task,
  signal: AbortSignal,
  time: Time,
): Promise<OpenedVideo> {
  const address = made?.video_url ?? null;
  if (address === null) throw new RequestRefusedError("wrong_state", `A task that is ${status} has no video.`);
  return await repeated(
    async () => {
      const response = await connection.open(address, {}, signal);
      const { ok, headers, body } = response;
      if (!ok) throw await failureOf(response);
      if (!body) throw new ConnectionError("The video came without its content.", { status: response.status });
      const length = headers.get("Content-Length");
      return {
        body,
        bytes: length === null || headers.has("Content-Encoding") ? made?.bytes ?? null : Number(length),
        contentType: "video/mp4",
        fileName: fileNameIn(headers) ?? `${task_id}.mp4`,
      };
    },
    signal,
    time,
  );
}

/** A name that cannot lead out of the folder it is saved in. */
function fileNameIn(headers: Headers): string | null {
  const [, name] = /filename="(\w[\w.-]*)"/.exec(headers.get("Content-Disposition") ?? "") ?? [];
  return name ?? null;
}
