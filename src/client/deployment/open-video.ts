/** A finished video out of a deployment. Its link opens it, so no key goes with the request, wherever the link leads. */
import { ConnectionError, RequestRefusedError } from "../errors.ts";
import type { OpenedVideo, Task } from "../task.ts";
import type { Connection } from "./connection.ts";
import { within } from "../../within.ts";
import { failureOf } from "./read-answer.ts";
import { repeated } from "./repeat.ts";
import type { Time } from "./time.ts";

/** Files come without a pause: half a minute without a byte is a dead connection. */
const silenceMaximumMs = 30_000;

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
      const response = await within(connection.open(address, {}, signal), silenceMaximumMs, broken);
      const { ok, headers, body } = response;
      if (!ok) throw await failureOf(response);
      if (!body) throw new ConnectionError("The video came without its content.", { status: response.status });
      const length = headers.get("Content-Length");
      return {
        body: unlessSilent(body),
        bytes: length === null || headers.has("Content-Encoding") ? made?.bytes ?? null : Number(length),
        contentType: "video/mp4",
        fileName: fileNameIn(headers) ?? `${task_id}.mp4`,
      };
    },
    signal,
    time,
  );
}

/** The same bytes; a connection that brings none for too long is dead, though nobody has said so. */
function unlessSilent(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await within(reader.read(), silenceMaximumMs, broken);
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

function broken(): ConnectionError {
  return new ConnectionError("The video stopped in the middle of its way.");
}

/** A name that cannot lead out of the folder it is saved in. */
function fileNameIn(headers: Headers): string | null {
  const [, name] = /filename="(\w[\w.-]*)"/.exec(headers.get("Content-Disposition") ?? "") ?? [];
  return name ?? null;
}
