/** What a deployment answers. */
import { problemResponse } from "../../../src/answer-problem.ts";
import { ServiceError } from "../../../src/errors.ts";
import { presentTask } from "../../../src/task/present.ts";
import type { TaskStatus } from "../../../src/task/status.ts";
import type { TaskView } from "../../../src/task/view.ts";
import { taskState } from "../../support/task-state.ts";

export const baseUrl = "https://video.example.com";
export const taskId = "0".repeat(32);

export function view(status: TaskStatus = "queued", partial: Partial<TaskView> = {}): TaskView {
  return { ...presentTask({ ...taskState(), status }, baseUrl), ...partial };
}

export function taskAnswer(task: TaskView = view(), init: ResponseInit = { status: 202 }): Response {
  return Response.json(task, init);
}

export function refusal(...error: ConstructorParameters<typeof ServiceError>): Response {
  return problemResponse(new ServiceError(...error));
}

/** A task's states as events, numbered from `first`. */
export function events(first: number, ...statuses: TaskStatus[]): string {
  return statuses.map((status, index) => `id: ${first + index}\ndata: ${JSON.stringify(view(status))}\n\n`).join("");
}

/** An answer with events; then it ends, breaks, or says nothing more. */
export function eventsAnswer(text: string, then: "ends" | "breaks" | "hangs" = "ends"): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(`retry: 2000\n\n${text}`));
      if (then === "ends") controller.close();
    },
    pull(controller) {
      if (then === "breaks") controller.error(new Error("The connection was lost."));
    },
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
}

export function pageAnswer(status = 200): Response {
  return new Response("<html>A page of a proxy</html>", { status, headers: { "Content-Type": "text/html" } });
}
