import { beforeEach, describe, expect, test } from "vitest";
import { mp4 } from "../support/movies.ts";
import { file } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import { callsSeen, ended, freshSandbox, misbehave, postForm, started } from "../support/sandboxed-service.ts";

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));
const paidSubmits = async () => (await callsSeen()).filter(({ call, accepted }) => call === "submit" && accepted);

async function taskWithVideo() {
  const { task_id } = await started(await postForm([picture, file("video_reference", await mp4())]));
  return await ended(task_id);
}

beforeEach(freshSandbox);

describe("one passing fault of any call before the clip only costs time", () => {
  test.each([
    ["image_analysis", "status_500"],
    ["image_analysis", "status_429_retry_after"],
    ["image_analysis", "html"],
    ["image_analysis", "cut_json"],
    ["image_analysis", "empty"],
    ["image_analysis", "reset_before"],
    ["image_analysis", "cut_off"],
    ["image_analysis", "off_schema"],
    ["video_analysis", "status_503"],
    ["video_analysis", "cut_json"],
    ["video_analysis", "off_schema"],
    ["prompt", "status_500"],
    ["prompt", "reset_after"],
    ["submit", "status_503"],
    ["submit", "status_429"],
    ["poll", "status_500"],
    ["poll", "html"],
    ["poll", "reset_after"],
    ["poll", "status_404"],
    ["download", "status_500"],
    ["download", "truncated_download"],
    ["download", "html"],
    ["download", "empty"],
  ])("%s: %s", async (call, fault) => {
    await misbehave({ call, fault });
    expect(await taskWithVideo()).toMatchObject({ status: "succeeded", error: null });
    expect(await paidSubmits()).toHaveLength(1);
  });
});

describe("a fault that does not pass ends the task with its own code", () => {
  test.each([
    ["image_analysis", "refusal", "analysis_failed", "no"],
    ["image_analysis", "status_401", "not_configured", "no"],
    ["image_analysis", "status_429_quota", "quota_exhausted", "no"],
    ["video_analysis", "refusal", "analysis_failed", "no"],
    ["prompt", "refusal", "prompt_failed", "no"],
    ["submit", "status_404_retired", "model_retired", "no"],
    ["submit", "status_400", "provider_error", "no"],
    ["submit", "reset_after", "submit_unknown", "unknown"],
    ["submit", "cut_json", "submit_unknown", "unknown"],
    ["submit", "status_500", "submit_unknown", "unknown"],
    ["submit", "filtered_prompt", "filtered_prompt", "no"],
    ["submit", "no_samples", "filtered_output", "unknown"],
  ])("%s: %s → %s, charged %s", async (call, fault, code, charged) => {
    await misbehave({ call, fault, times: 20 });
    const task = await taskWithVideo();
    expect(task).toMatchObject({ status: "failed", error: { code, charged }, cost: { charged } });
    expect((await paidSubmits()).length).toBeLessThanOrEqual(1);
  });

  test.each([
    ["filtered_output", "filtered_output", "no"],
    ["operation_error", "provider_error", "unknown"],
  ])("a clip that ends twice as %s → %s, charged %s", async (fault, code, charged) => {
    await misbehave({ call: "submit", fault, times: 20 });
    const task = await taskWithVideo();
    expect(task).toMatchObject({ status: "failed", error: { code, charged }, cost: { charged } });
    expect(task.warnings).toMatchObject([{ code: "clip_made_again" }]);
    expect(await paidSubmits()).toHaveLength(2);
  });

  test("and tells nothing of the upstream's own words", async () => {
    await misbehave({ call: "submit", fault: "status_400", times: 20 });
    expect(JSON.stringify(await taskWithVideo())).not.toMatch(
      /INVALID_ARGUMENT|sandbox\.invalid|googleapis|op-|request_id/,
    );
  });
});

test("a paid clip that cannot be fetched in two days ends as download_failed, charged", async () => {
  await misbehave({ call: "download", fault: "status_404", times: 1_000 });
  const { task_id } = await started(await postForm([picture]));
  expect(await ended(task_id)).toMatchObject({
    status: "failed",
    error: { code: "download_failed", charged: "yes" },
    cost: { charged: "yes" },
  });
  expect(await paidSubmits()).toHaveLength(1);
});
