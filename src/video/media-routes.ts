/**
 * The files of a task: its video and its references. The address holds a secret and needs no header, so that it can stand
 * in a `<video>` tag; it is the R2 key itself, so serving wakes no object, and it dies with the task's files.
 */
import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import { z } from "zod";
import type { ServiceEnvironment } from "../access/caller.ts";
import { checkConditions, holdsIfRange } from "../conditional-request.ts";
import { ServiceError } from "../errors.ts";
import { otherMethods } from "../other-methods.ts";
import { mediaKey } from "../storage/task-files.ts";
import { absoluteRange, isUnsatisfiable, parseRange } from "./range.ts";

type FileContext = Context<ServiceEnvironment>;

/** A file never changes under its address, but it can be deleted: caches keep it privately and not for long. */
const cacheControl = "private, max-age=300";

const path = "/:secret{[0-9a-f]{32}}/:file{[a-z0-9_-]+\\.[a-z0-9]+}";

/** `original`: a square before it was cropped. Any other file is its own original. */
const variantQuery = zValidator("query", z.object({ variant: z.enum(["original"]).optional() }), (result) => {
  if (!result.success) throw unknownVariant();
});

export const mediaRoutes = new Hono<ServiceEnvironment>()
  .get(path, variantQuery, async (context) => {
    const { secret, file } = context.req.param();
    const { variant } = context.req.valid("query");
    const key = mediaKey(secret, variant === "original" ? await originalOf(context, secret, file) : file);
    return await (context.req.method === "HEAD" ? describeFile(context, key) : sendFile(context, key));
  })
  .all(path, otherMethods("GET, HEAD"));

/** The crop notes beside its file which one it was made from. */
async function originalOf(context: FileContext, secret: string, file: string): Promise<string> {
  const object = await context.env.BUCKET.head(mediaKey(secret, file));
  return object?.customMetadata?.["original"] ?? file;
}

async function describeFile(context: FileContext, key: string): Promise<Response> {
  const object = await context.env.BUCKET.head(key);
  if (!object) throw noSuchFile();
  return unmetCondition(context, object) ?? new Response(null, { headers: wholeHeaders(object) });
}

async function sendFile(context: FileContext, key: string): Promise<Response> {
  const range = parseRange(context.req.header("Range"));
  const object = await open(context.env.BUCKET, key, range);
  if (!object) throw noSuchFile();
  const unmet = unmetCondition(context, object);
  if (unmet) {
    await object.body.cancel();
    return unmet;
  }
  if (!range) return new Response(object.body, { headers: wholeHeaders(object) });
  if (holdsIfRange(context.req.raw.headers, object.httpEtag)) return partOf(object, range);
  await object.body.cancel();
  const whole = await context.env.BUCKET.get(key);
  if (!whole) throw noSuchFile();
  return new Response(whole.body, { headers: wholeHeaders(whole) });
}

/** Opens the object, or the part of it. R2 throws for a part that lies outside. */
async function open(bucket: R2Bucket, key: string, range: R2Range | null): Promise<R2ObjectBody | null> {
  if (!range) return await bucket.get(key);
  try {
    return await bucket.get(key, { range });
  } catch (error) {
    const object = await bucket.head(key);
    if (object && isUnsatisfiable(range, object.size)) throw unsatisfiable(object.size);
    throw error;
  }
}

function partOf(object: R2ObjectBody, range: R2Range): Response {
  if (isUnsatisfiable(range, object.size)) throw unsatisfiable(object.size);
  const { offset, length } = absoluteRange(range, object.size);
  const headers = fileHeaders(object);
  headers.set("Content-Length", String(length));
  headers.set("Content-Range", `bytes ${offset}-${offset + length - 1}/${object.size}`);
  return new Response(object.body, { status: 206, headers });
}

function unmetCondition(context: FileContext, object: R2Object): Response | null {
  switch (checkConditions(context.req.raw.headers, object.httpEtag)) {
    case "proceed":
      return null;
    case "not_modified":
      return new Response(null, { status: 304, headers: fileHeaders(object) });
    case "precondition_failed":
      return new Response(null, { status: 412, headers: fileHeaders(object) });
  }
}

function wholeHeaders(object: R2Object): Headers {
  const headers = fileHeaders(object);
  headers.set("Content-Length", String(object.size));
  return headers;
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

function unknownVariant(): ServiceError {
  return ServiceError.ofProblems([
    { field: "variant", code: "invalid_input", message: "Send original, or leave it out." },
  ]);
}

function noSuchFile(): ServiceError {
  return new ServiceError("not_found", "There is no such file. Its task may have expired.");
}
