import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Provider } from "../../src/video-provider.ts";
import { file } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import {
  callsSeen,
  ended,
  freshSandbox,
  misbehave,
  postForm,
  started,
  usualSettings,
  withSettings,
} from "../support/sandboxed-service.ts";
import { type ExpectedEnd, faultTable } from "./fault-table.ts";

/** What differs from the table, which is that of the Gemini API, when a fault strikes once. */
const exceptions: Readonly<Partial<Record<Provider, Readonly<Record<string, ExpectedEnd>>>>> = {
  vertex: {
    // A token may have run out: a new one is asked for, and the call made again, because it was certainly not taken.
    "submit status_401": { end: "succeeded", submits: 1, charged: "yes" },
  },
  omni: {
    // Whether Omni charges for what it withholds is not documented, so it is not asked again by itself.
    // Nor does it say what it withheld: the wish or the clip.
    "submit filtered_prompt": { end: "filtered_output", submits: 1, charged: "unknown" },
    "submit filtered_output": { end: "filtered_output", submits: 1, charged: "unknown" },
    "submit filtered_audio": { end: "filtered_output", submits: 1, charged: "unknown" },
    "poll filtered_flat": { end: "filtered_output", submits: 1, charged: "unknown" },
    "poll filtered_with_code": { end: "filtered_output", submits: 1, charged: "unknown" },
  },
};

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));
const rows = faultTable.filter(({ call }) => ["submit", "poll", "download"].includes(call));

beforeEach(async () => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  await freshSandbox();
});
afterEach(usualSettings);

describe.each(["vertex", "omni"] as const)("a fault that strikes once in the dialect of %s", (provider) => {
  beforeEach(() => withSettings({ VIDEO_PROVIDER: provider }));

  test.each(rows)("$call: $fault", async ({ call, fault, once }) => {
    await misbehave({ call, fault });
    const task = await ended((await started(await postForm([picture]))).task_id);
    const submits = (await callsSeen()).filter((seen) => seen.call === "submit" && seen.accepted).length;
    const end = { end: task.error?.code ?? task.status, submits, charged: task.cost.charged };
    expect(end).toEqual(exceptions[provider]?.[`${call} ${fault}`] ?? once);
  });
});
