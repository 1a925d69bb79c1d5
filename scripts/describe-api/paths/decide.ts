/** What a person decides about a task. */
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { answer, empty, tagged } from "../answers.ts";
import { onePrompt, severalPrompts } from "../examples/requests.ts";
import { canceledTask, generatingTask, redeliveredTask } from "../examples/tasks.ts";
import { withParameters } from "../parameters.ts";
import { notFound, problems, writeProblems } from "../problems.ts";

const decided = { tags: ["Decide"], parameters: withParameters("TaskId") };

export const decidePaths: ZodOpenApiPathsObject = {
  "/veo31/tasks/{task_id}/approve": {
    post: {
      ...decided,
      operationId: "approveTask",
      summary: "Let the prompts go out, as they are or edited",
      description: "Only for a task in `awaiting_approval`. From here on the clips are paid for.",
      requestBody: {
        required: false,
        description: "The prompts as a person edited them. Without a body they go out as they are.",
        content: {
          "application/json": {
            schema: { $ref: "#/components/schemas/PromptEdits" },
            examples: {
              as_they_are: { summary: "Nothing is edited", value: {} },
              one: { summary: "The prompt of a video of one segment", value: onePrompt },
              several: { summary: "A prompt for each segment", value: severalPrompts },
            },
          },
        },
      },
      responses: {
        "200": answer("The task, on its way to the video model.", "Task", {
          generating: { summary: "The clip is being made", value: generatingTask },
        }, tagged),
        ...problems(
          "budget_exceeded",
          "wrong_state",
          "payload_too_large",
          "unsupported_media_type",
          "invalid_input",
        ),
        ...notFound,
        ...writeProblems,
      },
    },
  },
  "/veo31/tasks/{task_id}/cancel": {
    post: {
      ...decided,
      operationId: "cancelTask",
      summary: "Stop what can still be stopped",
      description:
        "Nothing more is asked for. Clips that are being made already may be paid for: `cost` says so, and " +
        "what is ready all the same is kept.",
      responses: {
        "200": answer("The task, cancelled or about to be.", "Task", {
          canceled: { summary: "Nothing was paid", value: canceledTask },
        }, tagged),
        ...problems("wrong_state"),
        ...notFound,
        ...writeProblems,
      },
    },
  },
  "/veo31/tasks/{task_id}/redeliver": {
    post: {
      ...decided,
      operationId: "redeliverWebhook",
      summary: "Send the webhook of a task again",
      description:
        "Only for a task that has ended and was asked for with `callback_url`. The schedule of tries begins anew.",
      responses: {
        "202": answer("The task, whose webhook is about to be sent.", "Task", {
          delivering: { summary: "The webhook is sent again", value: redeliveredTask },
        }, tagged),
        ...problems("wrong_state"),
        ...notFound,
        ...writeProblems,
      },
    },
  },
  "/veo31/tasks/{task_id}": {
    delete: {
      ...decided,
      operationId: "deleteTask",
      summary: "Remove a task with its references and its video",
      description: "At once and for good. What an upstream still delivers is thrown away.",
      responses: { "204": empty("It is gone."), ...notFound, ...writeProblems },
    },
  },
};
