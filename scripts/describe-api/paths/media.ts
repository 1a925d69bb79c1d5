/** The files of a task. */
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from "zod-openapi";
import { imageContentTypes, videoContentTypes } from "../../../src/references/schema.ts";
import { empty } from "../answers.ts";
import { type HeaderName, withHeaders } from "../headers.ts";
import { withParameters } from "../parameters.ts";
import { notFound, openProblems, problems } from "../problems.ts";

const file = {
  "ETag": "FileTag",
  "Last-Modified": "LastModified",
  "Accept-Ranges": "AcceptRanges",
  "Cache-Control": "CacheControl",
  "X-Content-Type-Options": "NoSniff",
  "Content-Disposition": "ContentDisposition",
} as const satisfies Record<string, HeaderName>;

const whole = { ...file, "Content-Length": "ContentLength" } as const;

const content = Object.fromEntries(
  [...videoContentTypes, ...imageContentTypes].map((
    type,
  ) => [type, { schema: { type: "string", format: "binary" } as const }]),
);

const common = {
  tags: ["Files"],
  security: [],
  responses: {
    "304": empty("The file of this tag is still the same.", file),
    "412": empty("The tag of If-Match is not the file's.", file),
    ...problems("invalid_input"),
    ...notFound,
    ...openProblems,
  },
} satisfies Partial<ZodOpenApiOperationObject>;

export const mediaPaths: ZodOpenApiPathsObject = {
  "/veo31/media/{secret}/{file}": {
    get: {
      ...common,
      operationId: "getFile",
      summary: "A file of a task: its video, a clip, a reference",
      description:
        "The link is what opens it: it needs no header, so that it can stand in a `<video>` tag, and it dies " +
        "with the task.",
      parameters: withParameters("MediaSecret", "MediaFile", "Variant", "Range", "IfRange", "IfNoneMatch", "IfMatch"),
      responses: {
        "200": { description: "The whole file.", headers: withHeaders(whole), content },
        "206": {
          description: "The part that Range asked for.",
          headers: withHeaders({ ...whole, "Content-Range": "ContentRange" }),
          content,
        },
        ...problems("range_not_satisfiable"),
        ...common.responses,
      },
    },
    head: {
      ...common,
      operationId: "describeFile",
      summary: "A file's size, type and tag, without its bytes",
      parameters: withParameters("MediaSecret", "MediaFile", "Variant", "IfNoneMatch", "IfMatch"),
      responses: { "200": { description: "The file is there.", headers: withHeaders(whole) }, ...common.responses },
    },
  },
};
