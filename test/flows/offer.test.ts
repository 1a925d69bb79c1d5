import { beforeEach, describe, expect, test, vi } from "vitest";
import { type Capabilities, capabilitiesSchema, type Estimate, estimateSchema } from "../../src/task/offer-view.ts";
import { file, formBody, formRequest, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import {
  callsSeen,
  clipsTake,
  ended,
  freshSandbox,
  get,
  keysInBucket,
  postForm,
  postJson,
  started,
} from "../support/sandboxed-service.ts";
import { exports } from "cloudflare:workers";

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));

beforeEach(freshSandbox);

async function estimateOf(fields: Record<string, unknown>): Promise<Estimate> {
  const response = await postJson("/veo31/estimate", fields);
  expect(response.status).toBe(200);
  return estimateSchema.parse(await response.json());
}

async function capabilities(): Promise<Capabilities> {
  return capabilitiesSchema.parse(await (await get("/veo31/capabilities")).json());
}

describe("an estimate", () => {
  test("gives the plan and its price, and starts, stores and pays nothing", async () => {
    expect(await estimateOf({ duration_seconds: 10, quality: "standard" })).toEqual({
      plan: {
        provider: "gemini",
        model: "veo-3.1-fast-generate-preview",
        structure: "shots",
        resolution: "720p",
        aspect_ratio: "16:9",
        square: false,
        segments: [
          { kind: "generate", seconds: 8, shown_seconds: 5 },
          { kind: "generate", seconds: 8, shown_seconds: 5 },
        ],
        duration_seconds: 10,
        wasted_seconds: 6,
        prompt_tokens_maximum: 1024,
        width: 1280,
        height: 720,
      },
      cost: { estimate_usd: 1.6, prices_as_of: "2026-09-19" },
      time: null,
      budget: null,
      warnings: [],
    });
    expect(await keysInBucket()).toEqual([]);
    expect(await callsSeen()).toEqual([]);
  });

  test("is what the task then carries", async () => {
    const fields = { duration_seconds: 21, aspect_ratio: "1:1", structure: "single_take" };
    const { plan, cost, warnings } = await estimateOf(fields);
    const form = Object.entries(fields).map(([name, value]) => text(name, String(value)));
    const task = await started(await postForm([picture, ...form]));
    expect(task.plan).toEqual(plan);
    expect(task.cost).toMatchObject({ ...cost, charged: "no", actual_usd: null });
    expect(task.warnings).toEqual(warnings);
  });

  test("says beforehand what one should know", async () => {
    const { plan, warnings } = await estimateOf({
      duration_seconds: 20,
      structure: "single_take",
      aspect_ratio: "1:1",
    });
    expect(warnings.map(({ code }) => code)).toEqual(["resolution_reduced", "square_players"]);
    expect(plan).toMatchObject({ resolution: "720p", width: 720, height: 720 });
  });

  test("tells how long such videos took here, once three were made", async () => {
    const wish = { duration_seconds: 20, structure: "single_take", quality: "standard" };
    const form = Object.entries(wish).map(([name, value]) => text(name, String(value)));
    const seconds: number[] = [];
    for (const clipMs of [10_000, 20_000, 60_000]) {
      await clipsTake(clipMs);
      const { created_at, timeline } = await ended((await started(await postForm([picture, ...form]))).task_id);
      expect(timeline.at(-1)?.status).toBe("succeeded");
      seconds.push(Math.round((Date.parse(timeline.at(-1)?.at ?? "") - Date.parse(created_at)) / 1_000));
    }
    await vi.waitFor(async () => expect((await estimateOf(wish)).time).toMatchObject({ videos: 3 }));
    const { time } = await estimateOf({ ...wish, duration_seconds: 21, aspect_ratio: "9:16" });
    expect(time?.typical_seconds).toBe(seconds[1]);
    expect(time?.slow_seconds).toBeGreaterThan(seconds[1] ?? Infinity);
    expect(time?.slow_seconds).toBeLessThan(seconds[2] ?? 0);
    expect((await estimateOf({ ...wish, structure: "shots" })).time).toBeNull();
  });

  test("takes a form as well as JSON", async () => {
    const request = formRequest(formBody([text("duration_seconds", "16")]));
    const response = await exports.default.fetch(new Request("http://localhost/veo31/estimate", request));
    expect(estimateSchema.parse(await response.json()).cost.estimate_usd).toBe(6.4);
  });

  test("is refused with every field at fault, as the task would be", async () => {
    const response = await postJson("/veo31/estimate", { duration_seconds: 61, quality: "best", colour: "red" });
    expect(response.status).toBe(422);
    const { errors } = await response.json<{ errors: { field: string }[] }>();
    expect(errors.map(({ field }) => field).sort()).toEqual(["colour", "duration_seconds", "quality"]);
  });
});

describe("the capabilities", () => {
  test("say what this deployment can do, at which price, as of when", async () => {
    expect(await capabilities()).toMatchObject({
      sandbox: true,
      missing: [],
      limits: {
        duration_seconds: { minimum: 5, maximum: 60 },
        images: { minimum: 1, maximum: 3 },
        video: { watched: { seconds_maximum: 60, frames_per_second: 2 } },
      },
      aspect_ratios: ["16:9", "9:16", "1:1"],
      structures: ["shots", "single_take"],
      qualities: {
        high: {
          model: "veo-3.1-generate-preview",
          resolution: "1080p",
          clip_seconds: [8],
          single_take: { resolution: "720p", extension_seconds: [7], seconds_maximum: 60 },
          usd_per_second: { "720p": 0.4, "1080p": 0.4 },
          prices_as_of: "2026-09-19",
        },
        standard: { model: "veo-3.1-fast-generate-preview", resolution: "720p" },
      },
    });
  });

  test("offer nothing that an estimate refuses", async () => {
    const { aspect_ratios, structures, limits: { duration_seconds: { minimum, maximum } } } = await capabilities();
    const wishes = aspect_ratios.flatMap((aspect_ratio) =>
      structures.flatMap((structure) => ["high", "standard"].map((quality) => ({ aspect_ratio, structure, quality })))
    );
    for (const wish of wishes) {
      for (const duration_seconds of [minimum, 8, 9, maximum]) {
        const estimate = await estimateOf({ ...wish, duration_seconds });
        expect(estimate.plan.duration_seconds).toBe(duration_seconds);
      }
    }
  });
});
