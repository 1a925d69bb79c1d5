/** Following a task. */
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { answer, empty, tagged } from "../answers.ts";
import { failedTask, generatingTask, queuedTask, succeededTask, waitingForApproval } from "../examples/tasks.ts";
import { withHeaders } from "../headers.ts";
import { withParameters } from "../parameters.ts";
import { notFound, readProblems } from "../problems.ts";

const events = [
  "retry: 2000",
  "",
  "id: 1",
  `data: ${JSON.stringify(queuedTask)}`,
  "",
  ": still here",
  "",
  "id: 2",
  `data: ${JSON.stringify(generatingTask)}`,
  "",
  "",
].join("\n");

export const followPaths: ZodOpenApiPathsObject = {
  "/veo31/status/{task_id}": {
    get: {
      operationId: "getTask",
      tags: ["Follow"],
      summary: "A task as it is now",
      description: "With If-None-Match, a task that did not change since is answered 304, without its body.",
      parameters: withParameters("TaskId", "IfNoneMatch", "IfMatch"),
      responses: {
        "200": answer("The task.", "Task", {
          generating: { summary: "The clip is being made", value: generatingTask },
          awaiting_approval: { summary: "The prompt waits for a person", value: waitingForApproval },
          succeeded: { summary: "The video is there", value: succeededTask },
          failed: { summary: "There is no video", value: failedTask },
        }, { ...tagged, "Retry-After": "RetryAfter" }),
        "304": empty("Nothing changed since the answer of this tag.", { ...tagged, "Retry-After": "RetryAfter" }),
        "412": empty("The tag of If-Match is not the task's any more.", { ...tagged, "Retry-After": "RetryAfter" }),
        ...notFound,
        ...readProblems,
      },
    },
  },
  "/veo31/status/{task_id}/events": {
    get: {
      operationId: "followTask",
      tags: ["Follow"],
      summary: "A task and all its changes, as server-sent events",
      description: "An event for each change: `id` is the number of the change, `data` the whole task as JSON in one " +
        "line, the same as `GET /veo31/status/{task_id}`. A comment every 15 s keeps the connection open. The stream ends " +
        "after the last state. Whoever lost the connection says with Last-Event-ID what was seen last; an `EventSource` " +
        "does that by itself.",
      parameters: withParameters("TaskId", "LastEventId"),
      responses: {
        "200": {
          description: "Events until the task has ended (WHATWG HTML, section 9.2).",
          headers: withHeaders({ "Cache-Control": "CacheControl" }),
          content: {
            "text/event-stream": {
              schema: {
                type: "string",
                description: "Events, each with `id` and with `data`, which is a Task as JSON.",
              },
              // What this version of OpenAPI has no word for.
              "x-event-data": { $ref: "#/components/schemas/Task" },
              examples: { changes: { summary: "Two changes of one task", value: events } },
            },
          },
        },
        "204": empty("The last event was seen already: there is nothing more to come, and no need to connect again."),
        ...notFound,
        ...readProblems,
      },
    },
  },
};
