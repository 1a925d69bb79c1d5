/**
 * The two ways to ask for a video. A request stores its references and starts the task's object; nothing slow happens in
 * it. Everything wrong with it is told at once, and then nothing of it is left in R2.
 */
import { type Context, Hono } from "hono";
import { readSettings, requireReady } from "../env.ts";
import { type FieldProblem, ServiceError } from "../errors.ts";
import { fetchReferences } from "../references/fetch-references.ts";
import { readUrlForm, splitImageUrls } from "../references/read-url-form.ts";
import { receiveMultipart } from "../references/receive-multipart.ts";
import type { StoredImage, StoredVideo } from "../references/schema.ts";
import type { ServiceDependencies } from "../service.ts";
import { deletePrefix, mediaPrefix, taskPrefix } from "../storage/task-files.ts";
import { planVideo } from "../veo/plan.ts";
import { newMediaSecret, newTaskId } from "./identity.ts";
import { readTaskFields } from "./read-fields.ts";
import { retryAfterSeconds } from "./timing.ts";
import type { Warning } from "./view.ts";

type ServiceContext = Context<{ Bindings: Env }>;

/** What a request brought: its fields as text, and the references that are in R2 now. */
interface Intake {
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly images: readonly StoredImage[];
  readonly video: StoredVideo | null;
  readonly problems: readonly FieldProblem[];
}

interface Identity {
  readonly taskId: string;
  readonly mediaSecret: string;
}

export function createTaskRoutes(dependencies: ServiceDependencies) {
  return new Hono<{ Bindings: Env }>()
    .post("/generate", (context) =>
      createTask(context, async ({ taskId, mediaSecret }) => {
        const store = { bucket: context.env.BUCKET, prefix: mediaPrefix(taskId, mediaSecret) };
        return await receiveMultipart(context.req.raw, store);
      }))
    .post("/generate-from-urls", (context) =>
      createTask(context, async ({ taskId, mediaSecret }) => {
        const store = { bucket: context.env.BUCKET, prefix: mediaPrefix(taskId, mediaSecret) };
        return await takeFromUrls(context, store, dependencies);
      }));
}

async function takeFromUrls(
  context: ServiceContext,
  store: { bucket: R2Bucket; prefix: string },
  dependencies: ServiceDependencies,
): Promise<Intake> {
  const form = await readUrlForm(context.req.raw);
  const { reference_image_urls: images = [], video_reference_url: videos = [], ...rest } = Object.fromEntries(form);
  const fields = new Map(Object.entries(rest));
  const { urls, problems } = splitImageUrls(images);
  const video = videos.filter((url) => url !== "");
  if (video.length > 1) {
    problems.push({ field: "video_reference_url", code: "invalid_input", message: "Send one address." });
  }
  // Nothing is fetched for a request that will be refused anyway.
  const checked = checkRequest(context, fields);
  const refused = [...problems, ...checked.problems];
  if (refused.length > 0) return { fields, images: [], video: null, problems };
  const fetched = await fetchReferences({ imageUrls: urls, videoUrl: video[0] ?? null }, store, {
    fetch: dependencies.fetch,
    allowPrivate: readSettings(context.env).allowPrivateUrls,
  });
  return { fields, ...fetched };
}

async function createTask(context: ServiceContext, takeIn: (identity: Identity) => Promise<Intake>): Promise<Response> {
  requireReady(readSettings(context.env));
  const identity = { taskId: newTaskId(), mediaSecret: newMediaSecret() };
  const answer = takeInAndStart(context, identity, takeIn);
  // A client that goes away in the middle must not take the cleaning up with it. A failure is told by the answer itself.
  context.executionCtx.waitUntil(answer.catch(() => {}));
  return await answer;
}

async function takeInAndStart(
  context: ServiceContext,
  identity: Identity,
  takeIn: (identity: Identity) => Promise<Intake>,
): Promise<Response> {
  try {
    return await startTask(context, identity, await takeIn(identity));
  } catch (error) {
    await deletePrefix(context.env.BUCKET, taskPrefix(identity.taskId));
    throw error;
  }
}

async function startTask(context: ServiceContext, identity: Identity, intake: Intake): Promise<Response> {
  const settings = readSettings(context.env);
  const checked = checkRequest(context, intake.fields);
  const problems = [...intake.problems, ...checked.problems];
  if (problems.length > 0 || !checked.accepted) throw ServiceError.ofProblems(problems);
  const { request, plan } = checked.accepted;
  const origin = new URL(context.req.url).origin;
  const stub = context.env.TASKS.getByName(identity.taskId);
  const { view } = await stub.start({
    task_id: identity.taskId,
    media_secret: identity.mediaSecret,
    sandbox: settings.sandbox,
    request,
    plan,
    images: [...intake.images],
    video: intake.video,
    warnings: warningsOf(request.duration_seconds, plan.clip_seconds, intake.images),
    retention_days: settings.retentionDays,
  }, origin);
  return context.json(view, 202, {
    "Location": view.links.self,
    "Retry-After": String(retryAfterSeconds),
    "Cache-Control": "no-store",
  });
}

/** Checks the fields and plans the video: everything wrong with them, or what will be made. */
function checkRequest(context: ServiceContext, fields: ReadonlyMap<string, readonly string[]>) {
  const read = readTaskFields(fields);
  if (!read.ok) return { accepted: null, problems: read.problems };
  const planned = planVideo(read.request, readSettings(context.env));
  if (!planned.ok) return { accepted: null, problems: planned.problems };
  return { accepted: { request: read.request, plan: planned.plan }, problems: [] };
}

function warningsOf(asked: number, delivered: number, images: readonly StoredImage[]): Warning[] {
  const warnings: Warning[] = [];
  if (delivered !== asked) {
    warnings.push({
      code: "duration_rounded_up",
      message:
        `The model makes clips of ${delivered} s from pictures; the video will be ${delivered} s, not ${asked} s.`,
    });
  }
  images.forEach((image, index) => {
    if (image.orientation === 1) return;
    warnings.push({
      code: "reference_rotated",
      message: `Picture ${index + 1} is stored turned, with a note (EXIF) how to show it. ` +
        "The video model may not read that note; an upright copy is safer.",
    });
  });
  return warnings;
}
