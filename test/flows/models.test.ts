import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { capabilitiesSchema, estimateSchema } from "../../src/task/offer-view.ts";
import { lookIntervalMs } from "../../src/veo/watch-models.ts";
import { mp4 } from "../support/movies.ts";
import { file } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import {
  callsSeen,
  ended,
  freshSandbox,
  get,
  keysInBucket,
  postForm,
  postJson,
  retire,
  started,
  usualSettings,
  withSettings,
} from "../support/sandboxed-service.ts";

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));
const veo = "veo-3.1-generate-preview";
const omni = "gemini-omni-1.1-flash";

beforeEach(async () => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  await freshSandbox();
});
afterEach(usualSettings);

/** Two looks: one answer that a model is gone is not believed. */
async function look(): Promise<void> {
  await lookOnce();
  await lookOnce();
}

/** Lets the service look for its models: a request finds that a look is due, and the look follows its answer. */
async function lookOnce(): Promise<void> {
  vi.setSystemTime(Date.now() + lookIntervalMs);
  const seen = `"seen_at":${Date.now()}`;
  await (await get("/health")).body?.cancel();
  await vi.waitFor(async () => expect(await record()).toContain(seen));
}

async function record(): Promise<string> {
  return await (await env.BUCKET.get("service/models.json"))?.text() ?? "";
}

async function capabilities() {
  return capabilitiesSchema.parse(await (await get("/veo31/capabilities")).json());
}

async function estimate(wish: object = {}) {
  return estimateSchema.parse(await (await postJson("/veo31/estimate", wish)).json());
}

describe("a model that is known to be retired", () => {
  test("is replaced in what is offered, in the price and in the task, and everybody is told", async () => {
    await retire(veo);
    await look();
    const offered = await capabilities();
    expect(offered.qualities.high).toMatchObject({
      provider: "omni",
      model: omni,
      state: "answers",
      replaces: veo,
      clip_seconds: [3, 4, 5, 6, 7, 8, 9, 10],
      usd_per_second: { "1080p": 0.15 },
      single_take: { seconds_maximum: 40 },
    });
    expect(offered.models.find(({ model }) => model === veo)).toMatchObject({
      state: "retired",
      retirement: { date: "2026-10-22", kind: "on" },
      seen_at: expect.any(String),
    });
    const { plan, cost, warnings } = await estimate({ duration_seconds: 7 });
    expect(plan).toMatchObject({ provider: "omni", wasted_seconds: 0 });
    expect(cost.estimate_usd).toBe(1.05);
    expect(warnings.map(({ code }) => code)).toEqual(["model_replaced"]);
    const task = await ended((await started(await postForm([picture]))).task_id);
    expect(task).toMatchObject({ status: "succeeded", plan: { provider: "omni", model: omni } });
    expect(task.warnings.map(({ code }) => code)).toEqual(["model_replaced"]);
    expect((await callsSeen()).filter(({ call }) => call === "submit").map(({ model }) => model)).toEqual([omni]);
  });

  test("ends the task before anything is asked where its replacement is refused", async () => {
    withSettings({ MODEL_FALLBACK: "refuse" });
    await retire(veo);
    await look();
    expect((await capabilities()).qualities.high).toMatchObject({ model: veo, state: "retired", replaces: null });
    expect((await estimate()).warnings.map(({ code }) => code)).toEqual(["model_retired"]);
    const task = await started(await postForm([picture]));
    expect(task).toMatchObject({ status: "failed", error: { code: "model_retired", charged: "no", retryable: false } });
    expect(task.error?.message).toContain("VEO_MODEL_HIGH");
    expect(await callsSeen()).toEqual([]);
  });
});

describe("a model that retires unseen", () => {
  test("is replaced when it is asked for the clip, before anything is paid to it", async () => {
    const offered = await capabilities();
    expect(offered.qualities.high).toMatchObject({ model: veo, replaces: null });
    await retire(veo);
    const { task_id, plan } = await started(await postForm([picture]));
    expect(plan).toMatchObject({ provider: "gemini", model: veo });
    const task = await ended(task_id);
    expect(task).toMatchObject({ status: "succeeded", plan: { provider: "omni", model: omni } });
    expect(task.cost).toMatchObject({ charged: "yes", estimate_usd: 1.2, actual_usd: 1.2 });
    expect(task.warnings.map(({ code }) => code)).toEqual(["model_replaced"]);
    // Nobody has to find it out again.
    expect((await capabilities()).qualities.high).toMatchObject({ model: omni, replaces: veo });
    expect((await started(await postForm([picture]))).plan).toMatchObject({ provider: "omni", model: omni });
  });

  test("ends the task, free of charge, where its replacement is refused", async () => {
    withSettings({ MODEL_FALLBACK: "refuse" });
    await retire(veo);
    const task = await ended((await started(await postForm([picture]))).task_id);
    expect(task).toMatchObject({ status: "failed", error: { code: "model_retired", charged: "no" } });
    expect((await callsSeen()).filter(({ call, accepted }) => call === "submit" && accepted)).toEqual([]);
  });
});

describe("health", () => {
  async function health(): Promise<Record<string, unknown>> {
    return await (await get("/health")).json();
  }

  test("says which models answer, and names settings without their values", async () => {
    await look();
    const told = await health();
    expect(told).toMatchObject({
      ok: true,
      sandbox: true,
      missing: [],
      configured: { GEMINI_API_KEY: true, OPENAI_API_KEY: true, VERTEX_SERVICE_ACCOUNT: true },
      models: expect.arrayContaining([
        expect.objectContaining({ provider: "gemini", model: veo, state: "answers" }),
        expect.objectContaining({ provider: "vertex", model: "veo-3.1-generate-001", state: "answers" }),
        expect.objectContaining({ provider: "omni", model: omni, state: "answers" }),
      ]),
    });
    const text = JSON.stringify(told);
    for (const secret of ["sandbox-gemini-key", "sandbox-openai-key", "PRIVATE KEY", "sandbox@"]) {
      expect(text).not.toContain(secret);
    }
  });

  test.each([
    [{ GEMINI_API_KEY: "", OPENAI_API_KEY: "", VERTEX_SERVICE_ACCOUNT: "" }, ["GEMINI_API_KEY"]],
    [{ GEMINI_API_KEY: "", VIDEO_PROVIDER: "omni" }, ["GEMINI_API_KEY"]],
    [{ OPENAI_API_KEY: "", VIDEO_PROVIDER: "omni" }, []],
    [{ GEMINI_API_KEY: "", VIDEO_PROVIDER: "auto", VEO_MODEL_HIGH: omni }, ["GEMINI_API_KEY"]],
    [{ VIDEO_PROVIDER: "vertex", VERTEX_SERVICE_ACCOUNT: "" }, ["VERTEX_SERVICE_ACCOUNT"]],
    [{ VIDEO_PROVIDER: "auto", GEMINI_API_KEY: "" }, []],
    [{ VIDEO_PROVIDER: "auto", GEMINI_API_KEY: "", OPENAI_API_KEY: "" }, ["OPENAI_API_KEY"]],
  ])("with %o misses %o", async (settings, missing) => {
    withSettings(settings);
    expect(await health()).toMatchObject({ missing });
    expect((await capabilities()).missing).toEqual(missing);
    const response = await postForm([picture]);
    expect(response.status).toBe(missing.length > 0 ? 503 : 202);
    for (const name of missing) expect(await response.text()).toContain(name);
  });

  test.each([
    ["VERTEX_SERVICE_ACCOUNT", "{}"],
    ["VERTEX_STORAGE_URI", "https://bucket"],
    ["VIDEO_PROVIDER", "sora"],
    ["MODEL_FALLBACK", "maybe"],
  ])("names %s when its value cannot be used, without the value", async (name, value) => {
    withSettings({ [name]: value });
    const response = await get("/health");
    expect(response.status).toBe(503);
    const told = await response.text();
    expect(told).toContain(name);
    if (value !== "{}") expect(told).not.toContain(value);
  });
});

describe("without an OpenAI key", () => {
  beforeEach(() => withSettings({ OPENAI_API_KEY: "" }));

  test("Gemini looks at the pictures and writes the prompt, and the task says so", async () => {
    const task = await ended((await started(await postForm([picture, picture2]))).task_id);
    expect(task).toMatchObject({ status: "succeeded", error: null });
    expect(task.warnings.map(({ code }) => code)).toEqual(["analysed_by_gemini"]);
    expect(task.step1_analysis?.images.map((image) => image?.subject)).toEqual([
      expect.stringContaining("64×48"),
      expect.stringContaining("32×32"),
    ]);
    const models = (await callsSeen()).filter(({ call }) => call === "image_analysis" || call === "prompt");
    expect(models.map(({ model }) => model)).toEqual(Array(3).fill("gemini-3.8-flash"));
    expect((await capabilities()).analyst).toBe("gemini");
  });

  const picture2 = file("reference_image2", jpeg({ width: 32, height: 32 }));
});

describe("without a Gemini key", () => {
  beforeEach(() => withSettings({ GEMINI_API_KEY: "", VIDEO_PROVIDER: "vertex" }));

  test("pictures become a video on Vertex AI", async () => {
    const task = await ended((await started(await postForm([picture]))).task_id);
    expect(task).toMatchObject({ status: "succeeded", plan: { provider: "vertex" }, warnings: [] });
  });

  test("a reference video is refused by name, and nothing is kept of the request", async () => {
    const before = await keysInBucket();
    const response = await postForm([picture, file("video_reference", await mp4())]);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      code: "not_configured",
      errors: [{ field: "video_reference", message: expect.stringContaining("GEMINI_API_KEY") }],
    });
    expect(await keysInBucket()).toEqual(before);
    expect((await capabilities()).takes_video).toBe(false);
  });
});
