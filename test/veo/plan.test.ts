import { describe, expect, test } from "vitest";
import { planVideo } from "../../src/veo/plan.ts";

const settings = {
  videoProvider: "auto",
  videoModel: { high: "veo-3.1-generate-preview", standard: "veo-3.1-fast-generate-preview" },
} as const;
const asked = { duration_seconds: 8, aspect_ratio: "16:9", quality: "high" } as const;

describe("the plan of a video", () => {
  test("is one clip of the model and resolution that the quality stands for, with its price", () => {
    expect(planVideo(asked, settings)).toMatchObject({
      ok: true,
      plan: { model: "veo-3.1-generate-preview", resolution: "1080p", clip_seconds: 8, estimate_usd: 3.2 },
    });
    expect(planVideo({ ...asked, quality: "standard", aspect_ratio: "9:16" }, settings)).toMatchObject({
      ok: true,
      plan: { model: "veo-3.1-fast-generate-preview", resolution: "720p", aspect_ratio: "9:16", estimate_usd: 0.8 },
    });
  });

  test.each([5, 6, 7, 8])("of %i s is the model's clip of 8 s", (duration_seconds) => {
    expect(planVideo({ ...asked, duration_seconds }, settings)).toMatchObject({ ok: true, plan: { clip_seconds: 8 } });
  });

  test("tells everything the model cannot do at once, with what would work", () => {
    const planned = planVideo({ ...asked, duration_seconds: 9, aspect_ratio: "1:1" }, settings);
    expect(planned).toEqual({
      ok: false,
      problems: [
        { field: "aspect_ratio", code: "invalid_input", message: "1:1 cannot be made. Ask for 16:9 or 9:16." },
        { field: "duration_seconds", code: "invalid_input", message: "9 s cannot be made. Ask for 5 to 8 s." },
      ],
    });
  });

  test("names the setting when it holds a model that the table does not have", () => {
    const unknown = { ...settings, videoModel: { ...settings.videoModel, standard: "veo-9" } };
    expect(() => planVideo({ ...asked, quality: "standard" }, unknown)).toThrow(/VEO_MODEL_STANDARD/);
  });
});
