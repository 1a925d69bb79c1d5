/**
 * The service's routes as types, for programs with Hono's typed client:
 *
 * ```ts
 * import { hc } from "hono/client";
 * import type { Veo31Api } from "veo31-reference-video/hono";
 *
 * const api = hc<Veo31Api>("https://video.example.com", { headers: { Authorization: `Bearer ${key}` } });
 * const response = await api.veo31.status[":task_id"].$get({ param: { task_id } });
 * if (response.ok) console.log((await response.json()).status);
 * ```
 *
 * Types alone: nothing of this is there when a program runs. What is not `ok` is a {@link Problem}. Files are fetched from
 * the links of a task, and its events with an `EventSource`, so neither is here.
 */
import type { Hono } from "hono";
import type { BlankEnv } from "hono/types";
import type { Health } from "../health-view.ts";
import type { Problem } from "../problem-view.ts";
import type { Capabilities, Estimate } from "../task/offer-view.ts";
import type { TaskView } from "../task/view.ts";
import type { UseCase } from "../use-case.ts";
import type { AspectRatio, Quality, Structure } from "../video-wish.ts";

export type { Capabilities, Estimate, Health, Problem, TaskView };

/** What a video shall be like; everything has a default. */
export interface WishFields {
  use_case?: UseCase;
  /** Whole seconds, 5 to 60. */
  duration_seconds?: number;
  aspect_ratio?: AspectRatio;
  quality?: Quality;
  structure?: Structure;
  additional_prompt?: string;
  review?: boolean;
  callback_url?: string;
}

/** An order by the addresses of one to three pictures. */
export interface AddressedOrder extends WishFields {
  reference_image_urls: string | string[];
  video_reference_url?: string;
}

/** A form has only texts and files; at least one picture. */
export type UploadedOrder =
  & { [Field in keyof WishFields]?: string }
  & { [Field in `reference_image${1 | 2 | 3}` | "video_reference"]?: File };

/** The prompts as a person edited them: the one, or one for each segment; none for "as they are". */
export type EditedPrompts = { prompt: string } | { prompts: string[] } | Record<never, never>;

type Failure = 401 | 402 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503;

type Answers<Input, Output, Status extends number> =
  | { input: Input; output: Output; outputFormat: "json"; status: Status }
  | { input: Input; output: Problem; outputFormat: "json"; status: Failure };

interface OfTask {
  param: { task_id: string };
}

type NoInput = Record<never, never>;

/** By route and method. */
export type Veo31Routes = {
  "/veo31/generate": { $post: Answers<{ form: UploadedOrder }, TaskView, 200 | 202> };
  "/veo31/generate-from-urls": { $post: Answers<{ json: AddressedOrder }, TaskView, 200 | 202> };
  "/veo31/estimate": { $post: Answers<{ json: WishFields }, Estimate, 200> };
  "/veo31/capabilities": { $get: Answers<NoInput, Capabilities, 200> };
  "/veo31/status/:task_id": { $get: Answers<OfTask, TaskView, 200> };
  "/veo31/tasks/:task_id/approve": { $post: Answers<OfTask & { json?: EditedPrompts }, TaskView, 200> };
  "/veo31/tasks/:task_id/cancel": { $post: Answers<OfTask, TaskView, 200> };
  "/veo31/tasks/:task_id/redeliver": { $post: Answers<OfTask, TaskView, 202> };
  "/veo31/tasks/:task_id": { $delete: Answers<OfTask, null, 204> };
  "/health": { $get: Answers<NoInput, Health, 200> };
};

export type Veo31Api = Hono<BlankEnv, Veo31Routes, "/">;
