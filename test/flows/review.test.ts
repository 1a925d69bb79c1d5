import { exports } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { approvalDeadlineMs } from "../../src/task/timing.ts";
import { type TaskView, taskViewSchema } from "../../src/task/view.ts";
import { file, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import {
  callsSeen,
  ended,
  freshSandbox,
  postForm,
  postJson,
  started,
  statusOf,
  wake,
  wokenUntil,
} from "../support/sandboxed-service.ts";

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));
const submits = async () => (await callsSeen()).filter(({ call }) => call === "submit").length;

beforeEach(freshSandbox);

async function awaiting(duration = "8"): Promise<TaskView> {
  const form = [picture, text("review", "true"), text("duration_seconds", duration), text("quality", "standard")];
  const { task_id } = await started(await postForm(form));
  return await wokenUntil(task_id, ["awaiting_approval"]);
}

describe("a task to be reviewed", () => {
  test("waits with its storyboard, its plan, its price and its end, and nothing is paid", async () => {
    const task = await awaiting("10");
    expect(task.step3_video_generation?.segments).toMatchObject([
      { status: "pending", seconds: 8, shown_seconds: 5, video_url: null },
      { status: "pending", seconds: 8, shown_seconds: 5, video_url: null },
    ]);
    const prompts = task.step3_video_generation?.segments.map(({ prompt }) => prompt) ?? [];
    expect(new Set(prompts).size).toBe(2);
    for (const prompt of prompts) expect(task.step2_prompt).toContain(prompt);
    expect(task.cost).toMatchObject({ estimate_usd: 1.6, charged: "no" });
    expect(Date.parse(task.approve_by ?? "")).toBe(Date.now() + approvalDeadlineMs);
    expect(task.links).toMatchObject({
      approve: `http://localhost/veo31/tasks/${task.task_id}/approve`,
      cancel: `http://localhost/veo31/tasks/${task.task_id}/cancel`,
    });
    expect(await submits()).toBe(0);
  });

  test("goes on as it is", async () => {
    const { task_id, step2_prompt, links } = await awaiting();
    const response = await postJson(links.approve ?? "");
    const approved = taskViewSchema.parse(await response.json());
    expect(approved).toMatchObject({ status: "generating", approve_by: null, links: { approve: null } });
    expect(await ended(task_id)).toMatchObject({ status: "succeeded", step2_prompt });
  });

  test("sends the words of the person who edited them", async () => {
    const { task_id, links } = await awaiting("10");
    const prompts = ["The ring turns once on black slate.", "The stone fills the frame and glows."];
    expect((await postJson(links.approve ?? "", { prompts })).status).toBe(200);
    const task = await ended(task_id);
    expect(task.step3_video_generation?.segments.map(({ prompt }) => prompt)).toEqual(prompts);
    const sent = (await callsSeen()).filter(({ call }) => call === "submit").map(({ detail }) => detail);
    expect(JSON.stringify(sent)).toContain("The ring turns once on black slate.");
    expect(JSON.stringify(sent)).toContain("The stone fills the frame and glows.");
  });

  test.each([
    [{ prompts: ["One."] }, "prompts"],
    [{ prompts: ["One.", ""] }, "prompts[1]"],
    [{ prompts: ["One.", 2] }, "prompts[1]"],
    [{ prompt: "One." }, "prompt"],
    [{ prompt: "One.", promts: [] }, "promts"],
    [{ prompts: ["One.", "gold ".repeat(2_000)] }, "prompts[1]"],
    [{ prompts: Array(100_000).fill(1) }, "prompts"],
  ])("keeps waiting when an approval cannot be used: $1", async (edits, field) => {
    const { task_id, links } = await awaiting("10");
    const response = await postJson(links.approve ?? "", edits);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ field }] });
    expect(await statusOf(task_id)).toMatchObject({ status: "awaiting_approval" });
  });

  test("can be cancelled, and then keeps what was learned but makes no video", async () => {
    const { task_id, links } = await awaiting();
    const response = await postJson(links.cancel ?? "");
    expect(taskViewSchema.parse(await response.json())).toMatchObject({
      status: "canceled",
      error: { code: "canceled", charged: "no" },
      cost: { charged: "no", actual_usd: 0 },
      links: { approve: null, cancel: null },
    });
    expect((await postJson(links.approve ?? "")).status).toBe(409);
    await wake(task_id);
    expect(await submits()).toBe(0);
  });

  test("has ended when its time is over, even before its alarm comes", async () => {
    const { task_id, links } = await awaiting();
    vi.setSystemTime(Date.now() + approvalDeadlineMs);
    expect(await statusOf(task_id)).toMatchObject({
      status: "failed",
      error: { code: "deadline_exceeded", charged: "no" },
      links: { approve: null, cancel: null },
    });
    expect((await postJson(links.approve ?? "")).status).toBe(409);
  });

  test("ends when nobody approves it in time, and nothing was paid", async () => {
    const { task_id } = await awaiting();
    vi.setSystemTime(Date.now() + approvalDeadlineMs);
    expect(await wake(task_id)).toMatchObject({
      status: "failed",
      error: { code: "deadline_exceeded", charged: "no" },
    });
    expect(await submits()).toBe(0);
  });
});

describe("deciding about a task", () => {
  test("that is not waiting is answered 409", async () => {
    const { task_id } = await started(await postForm([picture]));
    const approve = await postJson(`/veo31/tasks/${task_id}/approve`);
    expect(approve.status).toBe(409);
    expect(await approve.json()).toMatchObject({ code: "wrong_state", detail: expect.stringContaining("queued") });
    await ended(task_id);
    expect((await postJson(`/veo31/tasks/${task_id}/cancel`)).status).toBe(409);
  });

  test("that is being analysed can be cancelled before anything is paid", async () => {
    const { task_id, links } = await started(await postForm([picture]));
    expect((await postJson(links.cancel ?? "")).status).toBe(200);
    expect(await wake(task_id)).toBeNull();
    expect(await submits()).toBe(0);
  });

  test.each(["approve", "cancel"])("that does not exist is answered 404: %s", async (wish) => {
    expect((await postJson(`/veo31/tasks/${"0".repeat(32)}/${wish}`)).status).toBe(404);
    expect((await postJson(`/veo31/tasks/nobody/${wish}`)).status).toBe(404);
  });

  test.each([[null], [[]], [5], ["One."]])("takes an object, not %j", async (body) => {
    const { links } = await awaiting();
    const response = await postJson(links.approve ?? "", body);
    expect(response.status).toBe(422);
    const problem = await response.json();
    expect(problem).toMatchObject({ code: "invalid_input", detail: expect.stringContaining("one object") });
    expect(problem).not.toHaveProperty("errors");
  });

  test.each([
    ['{"prompt": "One.", "prompt": "Another."}', "prompt"],
    ['{"prompt": "\\ud800"}', "prompt"],
    ['{"prompts": ["One.", "\\udfff"]}', "prompts[1]"],
    ['{"__proto__": {"prompt": "One."}}', "__proto__"],
    ['{"prompt": "One.", "constructor": 1}', "constructor"],
  ])("takes each member once, as text that can be sent on: %s", async (body, field) => {
    const { task_id, links } = await awaiting();
    const headers = { "Content-Type": "application/json" };
    const response = await exports.default.fetch(new Request(links.approve ?? "", { method: "POST", headers, body }));
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ field }] });
    expect(await statusOf(task_id)).toMatchObject({ status: "awaiting_approval" });
  });

  test("takes JSON only", async () => {
    const { links } = await awaiting();
    const body = new Request(links.approve ?? "", { method: "POST", body: "prompt=One." });
    expect((await exports.default.fetch(body)).status).toBe(415);
  });
});
