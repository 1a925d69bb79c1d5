/** Both ways of the README to ask for a video, over HTTP and down to the file that is delivered. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TaskView, taskViewSchema } from "../../src/task/view.ts";
import { complaintsOfDecoder, probe } from "./support/probe.ts";
import { newStorage, type Server, startServer } from "./support/server.ts";
import { until } from "./support/task.ts";
import { motion, pictures, type Upload } from "./support/uploads.ts";

const frameSeconds = 1 / 24;
const answerLimitMs = 1_000;

let folder: string;
let server: Server;

beforeAll(async () => {
  folder = await newStorage();
  server = await startServer(folder);
});

afterAll(() => server.kill());

test("three pictures and a video as files become a video in full HD", async () => {
  const body = new FormData();
  (await pictures()).forEach((picture, index) => appendFile(body, `reference_image${index + 1}`, picture));
  appendFile(body, "video_reference", await motion());
  body.set("use_case", "gemstone_closeup");
  body.set("aspect_ratio", "16:9");
  body.set("duration_seconds", "8");
  const task = await order("/veo31/generate", { body });
  expect(task.step1_analysis?.images).toEqual(Array(3).fill(expect.objectContaining({ subject: expect.any(String) })));
  expect(task.step1_analysis?.video?.beats.at(-1)?.end_seconds).toBeCloseTo(8, 1);
  expect(task.step1_analysis?.merged).not.toBeNull();
  expect(task.step2_prompt).not.toBeNull();
  await expectVideo(task, { width: 1920, height: 1080 });
});

test("a picture by its address becomes a standing video", async () => {
  const body = JSON.stringify({
    reference_image_urls: [`${server.origin}/sandbox/samples/emerald-ring-front.jpg`],
    use_case: "product_video",
    aspect_ratio: "9:16",
    quality: "standard",
  });
  const task = await order("/veo31/generate-from-urls", { body, headers: { "Content-Type": "application/json" } });
  await expectVideo(task, { width: 720, height: 1280 });
});

/** Asks, is answered at once, and waits for the end. */
async function order(path: string, request: RequestInit): Promise<TaskView> {
  const askedAt = performance.now();
  const response = await fetch(server.origin + path, { method: "POST", ...request });
  const task: unknown = await response.json();
  expect(response.status, JSON.stringify(task)).toBe(202);
  expect(performance.now() - askedAt).toBeLessThan(answerLimitMs);
  const { task_id } = taskViewSchema.parse(task);
  return await until(server.origin, task_id, ({ status }) => status === "succeeded");
}

/** Fetches the video and has it looked at from outside. */
async function expectVideo(task: TaskView, size: { width: number; height: number }): Promise<void> {
  const response = await fetch(task.links.video ?? "");
  expect(response.headers.get("Content-Type")).toBe("video/mp4");
  const path = join(folder, `${task.task_id}.mp4`);
  await writeFile(path, new Uint8Array(await response.arrayBuffer()));
  const { streams, format } = await probe(path);
  expect(streams).toEqual([{ codec_name: "h264", ...size }, { codec_name: "aac" }]);
  expect(Math.abs(format.duration - 8)).toBeLessThanOrEqual(frameSeconds);
  expect(await complaintsOfDecoder(path)).toBe("");
}

function appendFile(form: FormData, field: string, { name, mimeType, buffer }: Upload): void {
  form.set(field, new Blob([Uint8Array.from(buffer)], { type: mimeType }), name);
}
