import { describe, expect, test } from "vitest";
import { findOffer, type ModelOffer } from "../../src/veo/capabilities.ts";
import { longestTakeSeconds, type Plan, type PlanInput, planVideo } from "../../src/veo/plan.ts";
import type { Provider } from "../../src/video-provider.ts";

const every = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const sum = (numbers: readonly number[]) => Math.round(numbers.reduce((total, one) => total + one, 0) * 100) / 100;

const usual = { duration_seconds: 8, aspect_ratio: "16:9", quality: "high", structure: "shots" } as const;

function offerOf(model: string, provider: Provider = "gemini"): ModelOffer {
  const offer = findOffer(provider, model);
  if (!offer) throw new Error(`The table has no ${model}.`);
  return offer;
}

const veo = offerOf("veo-3.1-generate-preview");

function planned(wish: Partial<PlanInput>, offer: ModelOffer = veo): Plan {
  const result = planVideo({ ...usual, ...wish }, offer);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.plan;
}

const made = (plan: Plan) => plan.segments.map(({ seconds }) => seconds);
const shown = (plan: Plan) => plan.segments.map(({ shown_seconds }) => shown_seconds);

describe("shots", () => {
  test.each(every(5, 60))("of %i s are as few clips of 8 s as reach it, cut evenly", (duration_seconds) => {
    const plan = planned({ duration_seconds });
    const clips = Math.ceil(duration_seconds / 8);
    expect(made(plan)).toEqual(Array(clips).fill(8));
    expect(plan.segments.every(({ kind }) => kind === "generate")).toBe(true);
    expect(sum(shown(plan))).toBe(duration_seconds);
    expect(Math.max(...shown(plan)) - Math.min(...shown(plan))).toBeLessThan(0.1);
    expect(plan.wasted_seconds).toBe(8 * clips - duration_seconds);
    expect(plan.resolution).toBe("1080p");
    expect(plan.estimate_usd).toBeCloseTo(8 * clips * 0.4, 10);
  });

  test("of a model with more lengths waste less: the shortest that reach the wish, as even as can be", () => {
    const lengths = (possible: number[]) => ({ ...veo, clipSecondsWithReferences: { "1080p": possible } });
    expect(made(planned({ duration_seconds: 5 }, lengths([4, 6, 8])))).toEqual([6]);
    expect(made(planned({ duration_seconds: 10 }, lengths([4, 6, 8])))).toEqual([6, 4]);
    expect(made(planned({ duration_seconds: 31 }, lengths([4, 6, 8])))).toEqual([8, 8, 8, 8]);
    for (const duration_seconds of every(5, 60)) {
      const plan = planned({ duration_seconds }, lengths(every(3, 15)));
      expect(plan.wasted_seconds).toBe(0);
      expect(plan.segments).toHaveLength(Math.ceil(duration_seconds / 15));
    }
  });
});

describe("a single take", () => {
  test.each(every(9, 60))(
    "of %i s is one clip and its extensions at 720p, cut at the end alone",
    (duration_seconds) => {
      const plan = planned({ duration_seconds, structure: "single_take" });
      const extensions = Math.ceil((duration_seconds - 8) / 7);
      expect(plan.segments.map(({ kind }) => kind)).toEqual(["generate", ...Array(extensions).fill("extend")]);
      expect(made(plan)).toEqual([8, ...Array(extensions).fill(7)]);
      expect(shown(plan).slice(0, -1)).toEqual(made(plan).slice(0, -1));
      expect(sum(shown(plan))).toBe(duration_seconds);
      expect(plan).toMatchObject({ resolution: "720p", wasted_seconds: 8 + 7 * extensions - duration_seconds });
      expect(plan.estimate_usd).toBeCloseTo((8 + 7 * extensions) * 0.4, 10);
    },
  );

  test.each([5, 6, 7, 8])("of %i s is one clip, which may be 1080p", (duration_seconds) => {
    const plan = planned({ duration_seconds, structure: "single_take" });
    expect(plan).toMatchObject({ resolution: "1080p", segments: [{ kind: "generate", seconds: 8 }] });
  });

  test("is refused where no extension reaches, with what would work instead", () => {
    const short = { ...veo, extension: { seconds: [7], videoSecondsMaximum: 30, resolution: "720p" } } as const;
    expect(planVideo({ ...usual, duration_seconds: 40, structure: "single_take" }, short)).toMatchObject({
      ok: false,
      problems: [{ field: "duration_seconds", code: "invalid_input", message: expect.stringMatching(/29 s.*shots/) }],
    });
    expect(planVideo({ ...usual, duration_seconds: 40, structure: "single_take" }, { ...veo, extension: null }))
      .toMatchObject({ ok: false, problems: [{ message: expect.stringContaining("shots") }] });
  });
});

describe("the frame", () => {
  test.each(every(5, 60))(
    "of a square of %i s is asked for as 9:16 and costs the same, in both structures",
    (length) => {
      for (const structure of ["shots", "single_take"] as const) {
        const wish = { duration_seconds: length, structure };
        const square = planned({ ...wish, aspect_ratio: "1:1" });
        expect(square).toMatchObject({ aspect_ratio: "9:16", square: true });
        const standing = planned({ ...wish, aspect_ratio: "9:16" });
        expect(standing).toEqual({ ...square, square: false });
        expect(planned(wish)).toEqual({ ...standing, aspect_ratio: "16:9" });
      }
    },
  );

  test("that a model does not have is refused, with those it has", () => {
    const wideOnly: ModelOffer = { ...veo, aspectRatios: ["16:9"] };
    for (const aspect_ratio of ["9:16", "1:1"] as const) {
      expect(planVideo({ ...usual, aspect_ratio }, wideOnly)).toEqual({
        ok: false,
        problems: [{
          field: "aspect_ratio",
          code: "invalid_input",
          message: `veo-3.1-generate-preview cannot make ${aspect_ratio}. Ask for 16:9.`,
        }],
      });
    }
  });
});

test("a plan tells everything the model cannot do at once", () => {
  const poor: ModelOffer = { ...veo, aspectRatios: ["16:9"], extension: null };
  const wish = { ...usual, duration_seconds: 9, aspect_ratio: "1:1", structure: "single_take" } as const;
  const refused = planVideo(wish, poor);
  expect(refused.ok ? [] : refused.problems.map(({ field }) => field)).toEqual(["aspect_ratio", "duration_seconds"]);
});

describe("plans of Gemini Omni", () => {
  const omni = offerOf("gemini-omni-1.1-flash", "omni");

  test.each(every(5, 60))("waste nothing in %i s of shots, in as few clips as can be", (duration_seconds) => {
    const plan = planned({ duration_seconds }, omni);
    expect(plan).toMatchObject({ provider: "omni", prompt_style: "omni", resolution: "1080p", wasted_seconds: 0 });
    expect(plan.segments).toHaveLength(Math.ceil(duration_seconds / 10));
    expect(plan.estimate_usd).toBeCloseTo(duration_seconds * 0.15, 10);
  });

  test.each(every(11, 40))("waste nothing in one take of %i s", (duration_seconds) => {
    const plan = planned({ duration_seconds, structure: "single_take" }, omni);
    expect(plan).toMatchObject({ resolution: "720p", wasted_seconds: 0 });
    expect(plan.segments.map(({ kind }) => kind).lastIndexOf("generate")).toBe(0);
    expect(made(plan).every((seconds) => seconds >= 3 && seconds <= 10)).toBe(true);
  });

  test.each([["gemini-omni-1.1-flash", 40], ["gemini-omni-1.2-flash", 30]])("of one take end with %s at %i s", (
    model,
    longest,
  ) => {
    const offer = offerOf(model, "omni");
    expect(longestTakeSeconds(offer)).toBe(longest);
    const wish = { ...usual, structure: "single_take", duration_seconds: longest + 1 } as const;
    expect(planVideo(wish, offer)).toMatchObject({ ok: false, problems: [{ field: "duration_seconds" }] });
  });
});

test("one take on Vertex AI ends before an extension would lead past 37 s", () => {
  const vertex = offerOf("veo-3.1-generate-001", "vertex");
  expect(longestTakeSeconds(vertex)).toBe(36);
  expect(made(planned({ duration_seconds: 36, structure: "single_take" }, vertex))).toEqual([8, 7, 7, 7, 7]);
  expect(planVideo({ ...usual, structure: "single_take", duration_seconds: 37 }, vertex)).toMatchObject({
    ok: false,
    problems: [{ message: expect.stringContaining("at most 36 s") }],
  });
});
