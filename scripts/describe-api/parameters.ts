/** What requests carry besides their bodies. */
import type { oas31 } from "zod-openapi";

const header = (name: string, description: string, schema: oas31.SchemaObject, example: unknown) => ({
  name,
  in: "header" as const,
  description,
  schema,
  example,
});

const text: oas31.SchemaObject = { type: "string" };

export const parameters = {
  TaskId: {
    name: "task_id",
    in: "path",
    required: true,
    description: "The task's id. An id of another form is answered 404 as well.",
    schema: { type: "string", pattern: "^[0-9a-f]{32}$" },
    example: "0123456789abcdef0123456789abcdef",
  },
  MediaSecret: {
    name: "secret",
    in: "path",
    required: true,
    description: "What makes the link unguessable; it opens all files of one task.",
    schema: { type: "string", pattern: "^[0-9a-f]{32}$" },
    example: "fedcba9876543210fedcba9876543210",
  },
  MediaFile: {
    name: "file",
    in: "path",
    required: true,
    description: "The file, as the task's links name it.",
    schema: { type: "string", pattern: "^[a-z0-9_-]+\\.[a-z0-9]+$" },
    example: "video.mp4",
  },
  Variant: {
    name: "variant",
    in: "query",
    description: "`original`: of a square, the video before it was cropped; of any other file, the file itself.",
    schema: { type: "string", enum: ["original"] },
    example: "original",
  },
  IdempotencyKey: header(
    "Idempotency-Key",
    "Any text of your own. The same key with the same request gives the same task, however often it is sent; with " +
      "another request it is refused with `idempotency_conflict`. Visible ASCII without commas and quotes, bare or in quotation marks.",
    { type: "string", pattern: '^("[!#-+\\--~]{1,255}"|[!#-+\\--~]{1,255})$' },
    "8e03978e-40d5-43dd-bc93-6894a57f9324",
  ),
  Prefer: header(
    "Prefer",
    "`wait=N`: let the answer wait up to N seconds (1 to 60) for the end of the task (RFC 7240). More is cut to 60.",
    text,
    "wait=30",
  ),
  IfNoneMatch: header("If-None-Match", "Answer 304 when nothing changed since the answer of this tag.", text, '"7"'),
  IfMatch: header("If-Match", "Answer 412 unless this is still the tag.", text, '"7"'),
  IfRange: header("If-Range", "Answer with the whole file unless this is still its tag.", text, '"5d41402abc4b2a76"'),
  Range: header("Range", "One part of the file, in bytes (RFC 9110, section 14). Several at once: the whole file.", {
    type: "string",
    pattern: "^bytes=",
  }, "bytes=0-1023"),
  LastEventId: header(
    "Last-Event-ID",
    "The `id` of the last event that was seen: what came after it is told, without gap or repeat. What is no such id is " +
      "passed over.",
    text,
    "7",
  ),
} satisfies Record<string, oas31.ParameterObject>;

export type ParameterName = keyof typeof parameters;

export function withParameters(...names: readonly ParameterName[]): oas31.ReferenceObject[] {
  return names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
}
