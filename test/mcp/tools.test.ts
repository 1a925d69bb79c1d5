/** The service as an agent uses it. */
import { type Schema, Validator } from "@cfworker/json-schema";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { taskAnswerSchema } from "../../src/mcp/task-answer.ts";
import { estimateSchema } from "../../src/task/offer-view.ts";
import { type Agent, connectedAgent } from "../support/agent.ts";
import {
  callsSeen,
  ended,
  freshSandbox,
  get,
  postUrls,
  started,
  wake,
  wokenUntil,
} from "../support/sandboxed-service.ts";
import { pictureUrl, servePictures } from "../support/web-pictures.ts";

const jsonSchema = z.custom<Schema>((value) => typeof value === "object" && value !== null);
const cheapest = { reference_image_urls: [pictureUrl], quality: "standard", duration_seconds: 5 };

beforeEach(async () => {
  await freshSandbox();
  servePictures();
});

const submits = async () => (await callsSeen()).filter(({ call }) => call === "submit").length;

async function startedBy(agent: Agent, wishes: object = {}) {
  const { structured } = await agent.call("generate_video", { ...cheapest, ...wishes });
  return taskAnswerSchema.parse(structured);
}

const protocols = [
  { version: "2025-11-25", options: {} },
  { version: "2026-07-28", options: { versionNegotiation: { mode: "auto" as const } } },
];

describe.each(protocols)("the protocol of $version", ({ version, options }) => {
  test("tells what the tools are for and which of them cost money", async () => {
    const { client } = await connectedAgent(null, options);
    expect(client.getNegotiatedProtocolVersion()).toBe(version);
    expect(client.getServerVersion()).toMatchObject({ name: "veo31-reference-video" });
    expect(client.getInstructions()).toContain("cost real money");
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      "get_capabilities",
      "estimate_video",
      "generate_video",
      "get_video_task",
      "approve_prompts",
      "cancel_video_task",
      "get_video",
      "delete_video_task",
    ]);
    expect(tools.filter(({ annotations }) => annotations?.readOnlyHint).map(({ name }) => name)).toEqual([
      "get_capabilities",
      "estimate_video",
      "get_video_task",
      "get_video",
    ]);
  });

  test("takes a video from its price to its file", async () => {
    const agent = await connectedAgent(null, options);
    const estimate = await agent.call("estimate_video", { quality: "standard", duration_seconds: 5 });
    const { estimate_usd } = estimateSchema.parse(estimate.structured).cost;
    expect(estimate.words).toContain(`$${estimate_usd.toFixed(2)}`);
    expect(estimate.words).toContain("nothing was charged");
    expect(await callsSeen()).toEqual([]);

    const task = await startedBy(agent);
    expect(task).toMatchObject({ status: "queued", request: { quality: "standard", duration_seconds: 5 } });
    const tooEarly = await agent.call("get_video", { task_id: task.task_id });
    expect(tooEarly.problem).toMatchObject({ code: "wrong_state" });

    await ended(task.task_id);
    const followed = await agent.call("get_video_task", { task_id: task.task_id, wait_seconds: 50 });
    expect(followed.structured).toMatchObject({ status: "succeeded", cost: { charged: "yes" } });
    expect(followed.words).toContain("Charged: $");

    const { structured, links } = await agent.call("get_video", { task_id: task.task_id });
    expect(structured).toMatchObject({ duration_seconds: 5, content_type: "video/mp4", sandbox: true });
    const file = await get(links[0] ?? "");
    expect(file.headers.get("Content-Type")).toBe("video/mp4");
    expect(structured).toMatchObject({ bytes: (await file.arrayBuffer()).byteLength, video_url: links[0] });
  });

  test("waiting ends with the task, and tells each step on the way", async () => {
    const agent = await connectedAgent(null, options);
    const { task_id } = await startedBy(agent);
    const steps: string[] = [];
    const followed = agent.call("get_video_task", { task_id, wait_seconds: 50 }, (step) => steps.push(step));
    await vi.waitFor(() => expect(steps).toEqual(["queued"]));
    await ended(task_id);
    expect((await followed).structured).toMatchObject({ status: "succeeded" });
    expect(steps).toEqual(expect.arrayContaining(["queued", "analyzing", "generating", "succeeded"]));
  });
});

test("what the tools say of their arguments is valid JSON Schema, and takes what the service takes", async () => {
  const { client } = await connectedAgent();
  const { tools } = await client.listTools();
  const generate = tools.find(({ name }) => name === "generate_video");
  const schema = new Validator(jsonSchema.parse(generate?.inputSchema), "2020-12");
  const isTaken = (sent: object) => schema.validate(sent).valid;
  expect(isTaken(cheapest)).toBe(true);
  expect(isTaken({ ...cheapest, duration_seconds: 4 })).toBe(false);
  expect(isTaken({ quality: "high" })).toBe(false);
  expect(tools.every(({ inputSchema }) => inputSchema["additionalProperties"] === false)).toBe(true);
});

test("what an agent wishes is what a request by addresses gets", async () => {
  const wishes = {
    use_case: "luxury_brand",
    duration_seconds: 12,
    aspect_ratio: "9:16",
    quality: "high",
    structure: "shots",
    additional_prompt: "Снег и тишина",
    review: true,
  };
  const { request } = await startedBy(await connectedAgent(), wishes);
  const direct = await started(await postUrls({ reference_image_urls: [pictureUrl], ...wishes }));
  expect(request).toEqual(direct.request);
});

describe("a refusal", () => {
  test("names each argument that cannot be used, and starts nothing", async () => {
    const agent = await connectedAgent();
    const { isError, problem, words } = await agent.call("generate_video", {
      reference_image_urls: [],
      duration_seconds: 90,
      colour: "red",
    });
    expect(isError).toBe(true);
    expect(problem?.errors.map(({ field }) => field).sort()).toEqual([
      "colour",
      "duration_seconds",
      "reference_image_urls",
    ]);
    expect(words).toContain("duration_seconds: Send a whole number from 5 to 60.");
    expect(await callsSeen()).toEqual([]);
  });

  test.each([
    ["estimate_video", { quality: "best" }, "quality"],
    ["get_video_task", { wait_seconds: 5 }, "task_id"],
    ["get_video_task", { task_id: "0".repeat(32), wait_seconds: 600 }, "wait_seconds"],
    ["get_video", { task_id: "0".repeat(32), format: "webm" }, "format"],
    ["generate_video", { ...cheapest, idempotency_key: "two words" }, "idempotency_key"],
    ["approve_prompts", { task_id: "0".repeat(32), prompt: 1 }, "prompt"],
    ["get_capabilities", { now: true }, "now"],
  ])("of %s names %j", async (tool, sent, field) => {
    const { problem } = await (await connectedAgent()).call(tool, sent);
    expect(problem).toMatchObject({ code: "invalid_input", errors: [{ field }] });
  });

  test.each(["get_video_task", "get_video", "approve_prompts", "cancel_video_task", "delete_video_task"])(
    "of %s says that there is no such task",
    async (tool) => {
      const agent = await connectedAgent();
      for (const task_id of ["0".repeat(32), "..", "a/b?c#d", ""]) {
        expect((await agent.call(tool, { task_id })).problem).toMatchObject({ code: "not_found" });
      }
    },
  );

  test("of a tool that there is not is the protocol's own", async () => {
    await expect((await connectedAgent()).call("make_film")).rejects.toThrow("make_film");
  });
});

describe("while a task runs", () => {
  test("waiting is over in time, with the task as it is then", async () => {
    const agent = await connectedAgent();
    const { task_id } = await startedBy(agent);
    const patience = patienceEndsAtOnce(20_000);
    const { structured, words } = await agent.call("get_video_task", { task_id, wait_seconds: 20 });
    patience.mockRestore();
    expect(structured).toMatchObject({ status: "queued" });
    expect(words).toContain("Charged so far: nothing.");
  });

  test("what was seen in the references is told when asked for", async () => {
    const agent = await connectedAgent();
    const { task_id } = await startedBy(agent);
    await ended(task_id);
    const brief = await agent.call("get_video_task", { task_id });
    expect(brief.structured).not.toHaveProperty("step1_analysis");
    const whole = await agent.call("get_video_task", { task_id, include_analysis: true });
    expect(whole.structured).toHaveProperty("step1_analysis.merged.subject");
  });

  test("it can be cancelled, and the answer says that nothing was charged", async () => {
    const agent = await connectedAgent();
    const { task_id } = await startedBy(agent);
    const { structured, words } = await agent.call("cancel_video_task", { task_id });
    expect(structured).toMatchObject({ status: "canceled" });
    expect(words).toContain("Charged: nothing.");
    expect((await agent.call("cancel_video_task", { task_id })).structured).toEqual(structured);
  });

  test("it cannot be cancelled any more when it has ended", async () => {
    const agent = await connectedAgent();
    const { task_id } = await startedBy(agent);
    await ended(task_id);
    expect((await agent.call("cancel_video_task", { task_id })).problem).toMatchObject({ code: "wrong_state" });
  });

  test("it can be deleted, and is not found any more", async () => {
    const agent = await connectedAgent();
    const { task_id } = await startedBy(agent);
    expect((await agent.call("delete_video_task", { task_id })).structured).toEqual({ task_id, deleted: true });
    expect((await agent.call("get_video_task", { task_id })).problem).toMatchObject({ code: "not_found" });
  });
});

describe("with review", () => {
  test("waiting ends at the prompts, and the video is made of those that were approved", async () => {
    const agent = await connectedAgent();
    const { task_id } = await startedBy(agent, { review: true });
    await wokenUntil(task_id, ["awaiting_approval"]);
    const { words } = await agent.call("get_video_task", { task_id, wait_seconds: 50 });
    expect(words).toContain("Prompt 1 of 1:");
    expect(words).toContain("nothing was paid to the video model");
    expect(await submits()).toBe(0);

    const prompt = "A ring turns once in cold light.";
    expect((await agent.call("approve_prompts", { task_id, prompt })).isError).toBe(false);
    const { step2_prompt, step3_video_generation } = await ended(task_id);
    expect(step2_prompt).toContain("A ring turns once in cold light.");
    expect(step3_video_generation?.segments[0]?.prompt).toContain("A ring turns once in cold light.");
    expect((await agent.call("approve_prompts", { task_id })).problem).toMatchObject({ code: "wrong_state" });
  });
});

test("a call that is repeated with its key answers with the first one's task, and says so", async () => {
  const agent = await connectedAgent();
  const sent = { ...cheapest, idempotency_key: crypto.randomUUID() };
  const first = taskAnswerSchema.parse((await agent.call("generate_video", sent)).structured);
  await wake(first.task_id);
  const second = await agent.call("generate_video", sent);
  expect(second.structured).toMatchObject({ task_id: first.task_id });
  expect(second.words).toContain("An earlier call");
  const other = await agent.call("generate_video", { ...sent, duration_seconds: 8 });
  expect(other.problem).toMatchObject({ code: "idempotency_conflict" });
});

/** Whoever waits for so many milliseconds has waited. */
function patienceEndsAtOnce(patienceMs: number) {
  const wait = globalThis.setTimeout;
  return vi.spyOn(globalThis, "setTimeout").mockImplementation((act, milliseconds, ...others) => {
    return wait(act, milliseconds === patienceMs ? 0 : milliseconds, ...others);
  });
}
