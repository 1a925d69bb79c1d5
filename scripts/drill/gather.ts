/** Looks at everything once more when it is quiet: each task, its files, and what should be gone. */
import { type TaskView, taskViewSchema } from "../../src/task/view.ts";
import { type FollowedTask, statusPath } from "./customer.ts";
import type { SegmentAtTheEnd, StartedTask, TaskAtTheEnd } from "./evidence.ts";
import { fetchVideo } from "./fetch-video.ts";
import { jsonOf, type UnsteadyServer } from "./unsteady-server.ts";

const atOnce = 8;

/** @returns what became of each task, in the order in which they were started */
export async function gather(server: UnsteadyServer, tasks: readonly FollowedTask[]): Promise<StartedTask[]> {
  const found = new Map<FollowedTask, StartedTask>();
  const waiting = [...tasks];
  const look = async () => {
    for (let task = waiting.shift(); task; task = waiting.shift()) found.set(task, await lookAt(server, task));
  };
  await Promise.all(Array.from({ length: atOnce }, look));
  return tasks.flatMap((task) => found.get(task) ?? []);
}

async function lookAt(server: UnsteadyServer, task: FollowedTask): Promise<StartedTask> {
  const { taskId, order: { mark }, isCancelled, isDeleted } = task;
  const known = { taskId, mark, isCancelled, isDeleted };
  if (isDeleted) return { ...known, atTheEnd: null, remains: await findRemains(server, task) };
  const answer = await server.insist(statusPath(task));
  if (answer.status === 404) return { ...known, atTheEnd: null, remains: [] };
  return { ...known, atTheEnd: await describe(server, taskViewSchema.parse(jsonOf(answer))), remains: [] };
}

async function describe(server: UnsteadyServer, view: TaskView): Promise<TaskAtTheEnd> {
  const { status, error, cost, request, plan, step3_video_generation: made } = view;
  const { video_url: url, bytes } = made ?? { video_url: null, bytes: null };
  const isMade = status === "succeeded";
  return {
    status,
    code: error?.code ?? null,
    charged: cost.charged,
    actualUsd: cost.actual_usd,
    structure: plan.structure,
    segments: await segmentsOf(server, view, isMade),
    video: isMade && url !== null ? await fetchVideo(server, { url, bytes, seconds: request.duration_seconds }) : null,
  };
}

/** @param isMade whether the clips are in the video: then they are not fetched one by one */
async function segmentsOf(server: UnsteadyServer, view: TaskView, isMade: boolean): Promise<SegmentAtTheEnd[]> {
  const segments = view.step3_video_generation?.segments ?? [];
  return await Promise.all(segments.map(async ({ prompt, video_url: url, seconds }, index) => {
    if (url === null || isMade) return { prompt, clip: null };
    // An extended clip holds what came before it.
    const before = view.plan.structure === "single_take" ? segments.slice(0, index) : [];
    const length = before.reduce((sum, segment) => sum + segment.seconds, seconds);
    return { prompt, clip: await fetchVideo(server, { url, bytes: null, seconds: length }) };
  }));
}

/** @returns the paths of a deleted task that are still answered with anything but 404 */
async function findRemains(server: UnsteadyServer, task: FollowedTask): Promise<string[]> {
  const paths = [statusPath(task), ...filePaths(task.seen)];
  const answers = await Promise.all(paths.map((path) => server.insist(path)));
  return paths.filter((_, index) => answers[index]?.status !== 404);
}

/** Of all files that the task had, or could have got after it was seen last. */
function filePaths({ references, plan }: TaskView): string[] {
  const pictures = references.images.map(({ url }) => new URL(url).pathname);
  const video = references.video ? [new URL(references.video.url).pathname] : [];
  const made = ["video.mp4", "video-original.mp4", ...plan.segments.map((_, index) => `clip-${index + 1}.mp4`)];
  const folder = (pictures[0] ?? "").replace(/[^/]+$/, "");
  return [...pictures, ...video, ...made.map((name) => folder + name)];
}
