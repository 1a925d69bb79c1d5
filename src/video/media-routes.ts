/**
 * The files of a task: its video and its references. The address holds a secret and needs no header, so that it can stand
 * in a `<video>` tag; it is the R2 key itself, so serving wakes no object, and it dies with the task's files.
 */
import { type Context, Hono } from "hono";
import { ServiceError } from "../errors.ts";
import { mediaKey } from "../storage/task-files.ts";
import { absoluteRange, isUnsatisfiable, parseRange } from "./range.ts";

/** A file never changes under its address, but it can be deleted: caches keep it privately and not for long. */
const cacheControl = "private, max-age=300";

export const mediaRoutes = new Hono<{ Bindings: Env }>()
  .get("/:task_id{[0-9a-f]{32}}/:secret{[0-9a-f]{32}}/:file{[a-z0-9_-]+\\.[a-z0-9]+}", (context) => {
    const { task_id, secret, file } = context.req.param();
    const key = mediaKey(task_id, secret, file);
    return context.req.method === "HEAD" ? describeFile(context, key) : sendFile(context, key);
  });

async function describeFile(context: Context<{ Bindings: Env }>, key: string): Promise<Response> {
  const object = await context.env.BUCKET.head(key);
  if (!object) throw noSuchFile();
  const headers = fileHeaders(object);
  headers.set("Content-Length", String(object.size));
  return new Response(null, { headers });
}

async function sendFile(context: Context<{ Bindings: Env }>, key: string): Promise<Response> {
  const { headers } = context.req.raw;
  const bucket = context.env.BUCKET;
  const range = parseRange(headers.get("Range"));
  if (range) {
    const object = await getPart(bucket, key, headers, range);
    if (object && "body" in object) return partOf(object, range);
    if (object && !headers.has("If-Range")) return unmetCondition(object, headers);
  }
  const object = await bucket.get(key, { onlyIf: headers });
  if (!object) throw noSuchFile();
  return "body" in object ? wholeOf(object) : unmetCondition(object, headers);
}

/**
 * A part of the object, if the request's conditions hold; R2 gives it without a body when they do not. `If-Range` that
 * does not hold asks for the whole instead. One with a date is taken as not holding, which RFC 9110 allows.
 */
async function getPart(
  bucket: R2Bucket,
  key: string,
  headers: Headers,
  range: R2Range,
): Promise<R2ObjectBody | R2Object | null> {
  const ifRange = headers.get("If-Range");
  const onlyIf = ifRange === null ? headers : { etagMatches: ifRange.replaceAll('"', "") };
  try {
    return await bucket.get(key, { onlyIf, range });
  } catch (error) {
    const object = await bucket.head(key);
    if (object && isUnsatisfiable(range, object.size)) throw unsatisfiable(object.size);
    throw error;
  }
}

function wholeOf(object: R2ObjectBody): Response {
  const headers = fileHeaders(object);
  headers.set("Content-Length", String(object.size));
  return new Response(object.body, { headers });
}

function partOf(object: R2ObjectBody, range: R2Range): Response {
  if (isUnsatisfiable(range, object.size)) throw unsatisfiable(object.size);
  const { offset, length } = absoluteRange(range, object.size);
  const headers = fileHeaders(object);
  headers.set("Content-Length", String(length));
  headers.set("Content-Range", `bytes ${offset}-${offset + length - 1}/${object.size}`);
  return new Response(object.body, { status: 206, headers });
}

function unmetCondition(object: R2Object, headers: Headers): Response {
  const isRead = headers.has("If-None-Match") || headers.has("If-Modified-Since");
  return new Response(null, { status: isRead ? 304 : 412, headers: fileHeaders(object) });
}

function fileHeaders(object: R2Object): Headers {
  const headers = new Headers();
  object.writeHttpMetadata(headers);
  headers.set("ETag", object.httpEtag);
  headers.set("Last-Modified", object.uploaded.toUTCString());
  headers.set("Accept-Ranges", "bytes");
  headers.set("Cache-Control", cacheControl);
  headers.set("X-Content-Type-Options", "nosniff");
  return headers;
}

function unsatisfiable(size: number): ServiceError {
  return new ServiceError("range_not_satisfiable", `The file has ${size} bytes.`, {
    headers: { "Content-Range": `bytes */${size}` },
  });
}

function noSuchFile(): ServiceError {
  return new ServiceError("not_found", "There is no such file. Its task may have expired.");
}
