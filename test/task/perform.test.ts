import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { ServiceError } from "../../src/errors.ts";
import { performAction } from "../../src/task/perform.ts";
import { begin, settle } from "../../src/task/settle.ts";
import { nextWakeAt } from "../../src/task/wake.ts";
import { until } from "../support/drive.ts";
import { startedAt, taskState } from "../support/task-state.ts";

test("a key that was taken away while a task runs ends it as not configured, and not as perhaps paid", async () => {
  const submit = { kind: "submit_clip", index: 0 } as const;
  const state = begin(until("submit_clip", taskState(), nextWakeAt), submit, startedAt);
  const event = await performAction(submit, state, {
    settings: () => {
      throw new ServiceError("not_configured", "GEMINI_API_KEY is not set.");
    },
    bucket: env.BUCKET,
    media: null,
    isWanted: () => true,
    inTurn: (work) => work(),
    fetch: () => Promise.reject(new Error("Nothing may be sent.")),
  });
  expect(settle(state, event, startedAt).error).toMatchObject({ code: "not_configured", charged: "no" });
});
