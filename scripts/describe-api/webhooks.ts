/** What this service sends: the end of a task, to the address that was given for it. */
import type { oas31, ZodOpenApiPathItemObject } from "zod-openapi";
import { canceledTask, failedTask, toldTask } from "./examples/tasks.ts";

/** By Standard Webhooks 1.0.0. */
const parameters: oas31.ParameterObject[] = [
  {
    name: "webhook-id",
    in: "header",
    required: true,
    description: "The same in every try to deliver one event: whoever has seen it passes it over.",
    schema: { type: "string" },
    example: "msg_0123456789abcdef0123456789abcdef",
  },
  {
    name: "webhook-timestamp",
    in: "header",
    required: true,
    description: "When this try was signed, seconds since 1970. Refuse what is older than some minutes.",
    schema: { type: "string", pattern: "^[0-9]+$" },
    example: "1795428095",
  },
  {
    name: "webhook-signature",
    in: "header",
    required: true,
    description:
      "HMAC-SHA256 of `{id}.{timestamp}.{body}` with a secret of WEBHOOK_SECRET, in base64 after `v1,`; several, " +
      "separated by a space, while secrets change places.",
    schema: { type: "string", pattern: "^v1,[A-Za-z0-9+/=]+( v1,[A-Za-z0-9+/=]+)*$" },
    example: "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
  },
];

const responses = {
  "2XX": { description: "It was taken. Answer first, and work then: an answer may take 20 seconds." },
  "410": { description: "No more webhooks of this task." },
  default: {
    description:
      "It was not taken. It is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, or " +
      "later where `Retry-After` asks for that. Redirects are not followed.",
  },
};

const ends = {
  "task.succeeded": { summary: "The video is there", task: toldTask },
  "task.failed": { summary: "There is no video", task: { ...failedTask, webhook: toldTask.webhook } },
  "task.canceled": { summary: "The task was cancelled", task: { ...canceledTask, webhook: toldTask.webhook } },
} as const;

export const webhooks: Record<string, ZodOpenApiPathItemObject> = Object.fromEntries(
  Object.entries(ends).map(([type, { summary, task }]) => [type, {
    post: {
      operationId: type.replace(".", "_"),
      tags: ["Webhooks"],
      summary,
      description:
        "Sent to the request's `callback_url`, signed by Standard Webhooks. Verify the signature over the body as it came.",
      security: [],
      parameters,
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: { $ref: "#/components/schemas/WebhookEvent" },
            examples: { [task.status]: { summary, value: { type, timestamp: task.updated_at, data: task } } },
          },
        },
      },
      responses,
    },
  }]),
);
