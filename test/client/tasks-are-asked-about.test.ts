/** What a program asks a deployment besides starting and following. */
import { expect, test } from "vitest";
import { createDeploymentWay } from "../../src/client/deployment/deployment-way.ts";
import type { TaskView } from "../../src/task/view.ts";
import { type Answer, recordedFetch } from "../support/recorded-fetch.ts";
import { baseUrl, pageAnswer, refusal, taskAnswer, taskId, view } from "./support/answers.ts";
import { movedTime } from "./support/moved-time.ts";

function asking(...answers: Answer[]) {
  const { fetch, requests } = recordedFetch(...answers);
  return { requests, way: createDeploymentWay({ baseUrl, apiKey: "key-1", fetch }, movedTime()) };
}

const made: TaskView["step3_video_generation"] = {
  ...{ provider: "gemini", model: "veo", status: "succeeded", segments: [], original_url: null },
  ...{ duration_seconds: 8, width: 1280, height: 720, content_type: "video/mp4", bytes: 3 },
  video_url: "https://files.example.com/veo31/media/secret/video.mp4",
};

test("a question is asked again when its answer was lost", async () => {
  const { way, requests } = asking(pageAnswer(503), new TypeError("fetch failed"), taskAnswer(view("analyzing")));
  expect((await way.status(taskId)).status).toBe("analyzing");
  expect(requests).toHaveLength(3);
});

test("a decision is told once, because it may have been heard", async () => {
  const { way, requests } = asking(pageAnswer(502), pageAnswer(502));
  await expect(way.cancel(taskId)).rejects.toMatchObject({ name: "ConnectionError", status: 502, taskId });
  await expect(way.approve(taskId, { prompt: "Slower." })).rejects.toMatchObject({ status: 502 });
  expect(requests.map(({ url, body }) => [url, body])).toEqual([
    [`${baseUrl}/veo31/tasks/${taskId}/cancel`, ""],
    [`${baseUrl}/veo31/tasks/${taskId}/approve`, '{"prompt":"Slower."}'],
  ]);
});

test("a task is removed, or it is said why not", async () => {
  const { way, requests } = asking(new Response(null, { status: 204 }), refusal("not_found", "There is no such task."));
  await way.remove(taskId);
  await expect(way.remove(taskId)).rejects.toMatchObject({ code: "not_found" });
  expect(requests[0]?.method).toBe("DELETE");
});

test("a video is opened by its link alone, and named as the deployment names it", async () => {
  const headers = { "Content-Length": "3", "Content-Disposition": 'inline; filename="general-16x9-8s.mp4"' };
  const { way, requests } = asking(new Response("mp4", { headers }));
  const video = await way.openVideo(view("succeeded", { step3_video_generation: made }));
  expect(video).toMatchObject({ bytes: 3, contentType: "video/mp4", fileName: "general-16x9-8s.mp4" });
  expect(await new Response(video.body).text()).toBe("mp4");
  expect(requests[0]?.url).toBe("https://files.example.com/veo31/media/secret/video.mp4");
  expect(requests[0]?.headers.get("Authorization")).toBeNull();
});

test("no name of a video leads out of the folder it is saved in", async () => {
  const { way } = asking(new Response("mp4", { headers: { "Content-Disposition": 'inline; filename="../../key"' } }));
  const video = await way.openVideo(view("succeeded", { step3_video_generation: made }));
  expect(video.fileName).toBe(`${taskId}.mp4`);
});

test("a task without a video has none to open", async () => {
  const { way, requests } = asking();
  await expect(way.openVideo(view("generating"))).rejects.toMatchObject({ code: "wrong_state" });
  expect(requests).toHaveLength(0);
});
