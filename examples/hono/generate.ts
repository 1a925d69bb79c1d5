/**
 * For programs with Hono's typed client: routes, fields and answers of the service as types, without the library's code.
 * Для программ на Hono: типы всех маршрутов, полей и ответов.
 *
 *     deno run --allow-net --allow-env --allow-write examples/hono/generate.ts https://shop.example/ring.jpg
 *
 * in a project that has the library, or here after `npm run library`. VEO31_URL is where the service is (without it http://localhost:8787, where
 * `npm start` has it), VEO31_API_KEY one of its API_KEYS, if it has any. Ends with 0 when the video was saved.
 */
import { hc } from "hono/client";
import type { Problem, Veo31Api } from "veo31-reference-video/hono";

const key = Deno.env.get("VEO31_API_KEY");
const { veo31 } = hc<Veo31Api>(Deno.env.get("VEO31_URL") ?? "http://localhost:8787", {
  headers: { ...(key && { Authorization: `Bearer ${key}` }) },
});

/** Each field at fault, or what is wrong with the whole request. */
function endWith({ detail, errors = [] }: Problem): never {
  for (const { field, message } of errors) console.error(`${field}: ${message}`);
  if (errors.length === 0) console.error(detail);
  Deno.exit(1);
}

// Whoever sends the same request with the same key again gets the same task, and pays once.
const started = await veo31["generate-from-urls"].$post({
  json: { reference_image_urls: Deno.args, use_case: "hero_image", duration_seconds: 8 },
}, { headers: { "Idempotency-Key": crypto.randomUUID() } });
if (!started.ok) endWith(await started.json());

let task = await started.json();
console.log(`task ${task.task_id}, about $${task.cost.estimate_usd}`);
while (!["succeeded", "failed", "canceled"].includes(task.status)) {
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const response = await veo31.status[":task_id"].$get({ param: { task_id: task.task_id } });
  if (!response.ok) endWith(await response.json());
  task = await response.json();
}

// `charged` is no, yes or unknown; the sum is null where nobody knows it.
console.log(`${task.status}, cost $${task.cost.actual_usd}, charged: ${task.cost.charged}`);
const address = task.step3_video_generation?.video_url;
if (task.status !== "succeeded" || !address) {
  console.error(task.error?.message ?? "The task was canceled.");
  Deno.exit(1);
}

const video = await fetch(address); // the link is secret and needs no key
if (!video.ok || !video.body) throw new Error(`The video's link answered with status ${video.status}.`);
await Deno.writeFile(`${task.task_id}.mp4`, video.body);
console.log(`saved ${task.task_id}.mp4`);
