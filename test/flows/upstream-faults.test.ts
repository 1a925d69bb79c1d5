/** What a task tells when an upstream failed it, beyond the ends in `fault-table`. */
import { beforeEach, describe, expect, test } from "vitest";
import { file, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import { callsSeen, ended, freshSandbox, misbehave, postForm, started } from "../support/sandboxed-service.ts";

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));

async function endedTask() {
  const { task_id } = await started(await postForm([picture]));
  return await ended(task_id);
}

beforeEach(freshSandbox);

describe("a clip that ends without a video is made once more, and the task says so", () => {
  const endings = ["filtered_output", "filtered_audio", "operation_error"];

  /** What a filter keeps back is not charged, Google says; of an error of its own it says nothing. */
  const warningsOf = (fault: string) =>
    fault === "operation_error" ? ["clip_made_again", "lost_try_unknown"] : ["clip_made_again"];

  test.each(endings)("with success: %s", async (fault) => {
    await misbehave({ call: "submit", fault });
    const task = await endedTask();
    expect(task.status).toBe("succeeded");
    expect(task.warnings.map(({ code }) => code)).toEqual(warningsOf(fault));
  });

  test.each(endings)("and in vain: %s", async (fault) => {
    await misbehave({ call: "submit", fault, times: 2 });
    const task = await endedTask();
    expect(task.status).toBe("failed");
    expect(task.warnings.map(({ code }) => code)).toEqual(warningsOf(fault));
  });
});

test.each([
  ["image_analysis", "status_401"],
  ["prompt", "status_429_quota"],
  ["submit", "status_400"],
  ["submit", "status_404_retired"],
  ["submit", "reset_after"],
  ["submit", "operation_error"],
  ["submit", "filtered_prompt"],
])("a failed task tells nothing of the upstream's own words: %s, %s", async (call, fault) => {
  await misbehave({ call, fault, times: 20 });
  const task = await endedTask();
  expect(task.status).toBe("failed");
  const told = JSON.stringify(task);
  expect(told).not.toMatch(/INVALID_ARGUMENT|NOT_FOUND|invalid_api_key|internal server issue|usage guidelines/);
  expect(told).not.toMatch(/sandbox\.invalid|googleapis|platform\.openai|operations\/|request_id/);
});

test("an extension is asked for again when its connection was refused", async () => {
  await misbehave({ call: "submit", fault: "refused", after: 1 });
  const take = [text("structure", "single_take"), text("duration_seconds", "15"), text("quality", "standard")];
  const { task_id } = await started(await postForm([picture, ...take]));
  expect(await ended(task_id)).toMatchObject({ status: "succeeded", cost: { charged: "yes" } });
  expect((await callsSeen()).filter(({ call, accepted }) => call === "submit" && accepted)).toHaveLength(2);
});
