/** What an operator reads: one filter follows a task through every step, and nothing secret is among it. */
import { beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { mp4 } from "../support/movies.ts";
import { file, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import { ended, freshSandbox, misbehave, postForm, started } from "../support/sandboxed-service.ts";

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));

const lineSchema = z.looseObject({ event: z.string(), task_id: z.string() });
const stepSchema = z.looseObject({ milliseconds: z.number(), ok: z.boolean() });

beforeEach(freshSandbox);

test("every step and every state of a task is a line with its id, and nothing of it is secret", async () => {
  const lines: string[] = [];
  const take = (line: unknown) => void lines.push(String(line));
  vi.spyOn(console, "log").mockImplementation(take);
  vi.spyOn(console, "error").mockImplementation(take);
  await misbehave({ call: "download", fault: "truncated_download" }, { call: "prompt", fault: "status_500" });
  const parts = [picture, file("video_reference", await mp4()), text("additional_prompt", "a whisper of jasmine")];
  const task = await ended((await started(await postForm(parts))).task_id);
  expect(task.status).toBe("succeeded");

  // Looks for the models belong to no task.
  const events = lines.filter((line) => !line.includes('"model_seen"')).map((line) =>
    lineSchema.parse(JSON.parse(line))
  );
  expect(new Set(events.map(({ task_id }) => task_id))).toEqual(new Set([task.task_id]));
  expect([...new Set(events.map(({ event }) => event))].sort()).toEqual([
    "clip_not_stored",
    "clip_polled",
    "clip_stored",
    "clip_submitted",
    "image_analysed",
    "prompts_written",
    "task_analyzing",
    "task_finishing",
    "task_generating",
    "task_prompting",
    "task_started",
    "task_succeeded",
    "video_analysed",
    "video_finished",
  ]);
  const steps = events.filter(({ event }) => /_(analysed|written|submitted|polled|stored|finished)$/.test(event));
  for (const step of steps.filter(({ event }) => event !== "clip_not_stored")) stepSchema.parse(step);
  expect(events.at(-1)).toMatchObject({
    event: "task_succeeded",
    charged: "yes",
    seconds_since_start: expect.any(Number),
  });

  const told = lines.join("\n");
  const secret = /media\/([0-9a-f]{32})\//.exec(task.step3_video_generation?.video_url ?? "")?.[1] ?? "";
  expect(secret).toHaveLength(32);
  for (const hidden of [secret, "sandbox-gemini-key", "sandbox-openai-key", ".invalid", "jasmine", "http"]) {
    expect(told).not.toContain(hidden);
  }
});
