/** Any length, shape and structure, over HTTP and down to the frames of the file that is delivered. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TaskView, taskViewSchema } from "../../src/task/view.ts";
import { frameHashes } from "./support/decode.ts";
import { probe } from "./support/probe.ts";
import { newStorage, type Server, startServer } from "./support/server.ts";
import { until } from "./support/task.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const framesPerSecond = 24;
/** One AAC frame at 48 kHz. */
const soundFrameSeconds = 1_024 / 48_000;

let folder: string;
let server: Server;

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await startServer(await newStorage());
});

afterAll(() => server.kill());

async function ordered(fields: Record<string, unknown>): Promise<TaskView> {
  const response = await fetch(`${server.origin}/veo31/generate-from-urls`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      reference_image_urls: [`${server.origin}/sandbox/samples/emerald-ring-front.jpg`],
      quality: "standard",
      ...fields,
    }),
  });
  const task: unknown = await response.json();
  expect(response.status, JSON.stringify(task)).toBe(202);
  const { task_id } = taskViewSchema.parse(task);
  return await until(server.origin, task_id, ({ status }) => status === "succeeded");
}

async function saved(url: string | null | undefined, name: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, new Uint8Array(await (await fetch(url ?? "")).arrayBuffer()));
  return path;
}

describe.concurrent("a video of", () => {
  test.each([
    [5, { aspect_ratio: "16:9" }],
    [11, { aspect_ratio: "9:16" }],
    [20, { aspect_ratio: "16:9", quality: "high" }],
    [29, { aspect_ratio: "9:16" }],
    [60, { aspect_ratio: "16:9" }],
    [14, { aspect_ratio: "16:9", structure: "single_take" }],
    [33, { aspect_ratio: "9:16", structure: "single_take" }],
  ])("%i s as %j shows nothing but the models' own frames, exactly that long", async (seconds, wish) => {
    const task = await ordered({ duration_seconds: seconds, ...wish });
    const generation = task.step3_video_generation;
    const name = `${seconds}-${task.request.structure}`;
    const path = await saved(generation?.video_url, `${name}.mp4`);
    const frames = await frameHashes(path);
    expect(frames).toHaveLength(seconds * framesPerSecond);

    const clips = generation?.segments ?? [];
    const sources = task.plan.structure === "single_take" ? clips.slice(-1) : clips;
    let from = 0;
    for (const [index, source] of sources.entries()) {
      const own = await frameHashes(await saved(source.video_url, `${name}-${index}.mp4`));
      const shown = commonStart(frames.slice(from), own);
      expect(shown, `frames of clip ${index + 1}`).toBeGreaterThan(framesPerSecond);
      from += shown;
    }
    expect(from).toBe(frames.length);

    const { format, streams } = await probe(path);
    expect(Math.abs(format.duration - seconds)).toBeLessThanOrEqual(soundFrameSeconds);
    expect(streams).toMatchObject([{ width: task.plan.width, height: task.plan.height }, { codec_name: "aac" }]);
  });
});

/** How many frames two videos begin with alike. */
function commonStart(frames: readonly string[], others: readonly string[]): number {
  const different = frames.findIndex((frame, index) => frame !== others[index]);
  return different < 0 ? frames.length : different;
}

test("a minute takes about as long as eight seconds", async () => {
  const timed = async (duration_seconds: number) => {
    const startedAt = performance.now();
    await ordered({ duration_seconds });
    return performance.now() - startedAt;
  };
  const short = await timed(8);
  const minute = await timed(60);
  console.log(`8 s: ${Math.round(short)} ms, 60 s: ${Math.round(minute)} ms`);
  expect(minute).toBeLessThan(1.5 * short);
});
