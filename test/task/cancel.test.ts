import { describe, expect, test } from "vitest";
import { type Action, dueActions, openWork } from "../../src/task/actions.ts";
import { cancel } from "../../src/task/cancel.ts";
import { actualUsd, atMostUsd, chargedOf } from "../../src/task/cost.ts";
import { begin, type Event, settle } from "../../src/task/settle.ts";
import type { TaskState } from "../../src/task/state.ts";
import { faultsMaximum } from "../../src/task/timing.ts";
import { nextWakeAt } from "../../src/task/wake.ts";
import { succeeded } from "../../src/upstream/outcome.ts";
import { badlyEnded, round, until, wellEnded } from "../support/drive.ts";
import { plan, startedAt, storedVideo, taskState } from "../support/task-state.ts";

const shots = () => until("submit_clip", taskState({ plan: plan({ duration_seconds: 20 }) }), nextWakeAt);
const done = (state: TaskState, action: Action, event = wellEnded(action)) =>
  settle(begin(state, action, startedAt), event, startedAt);
const due = (state: TaskState) =>
  dueActions(state, startedAt + 1e9).map((action) =>
    "index" in action ? `${action.kind} ${action.index}` : action.kind
  );

function canceled(state: TaskState): TaskState {
  const decided = cancel(state, startedAt);
  if (decided.kind !== "done") throw new Error(`Not cancelled: ${decided.kind}`);
  return decided.state;
}

describe("a task that is cancelled", () => {
  test("before any clip was asked for ends at once, free of charge", () => {
    for (const state of [taskState(), until("write_prompt", taskState(), nextWakeAt), shots()]) {
      const end = canceled(state);
      expect(end).toMatchObject({ status: "canceled", error: { code: "canceled", charged: "no" } });
      expect(actualUsd(end)).toBe(0);
      expect(openWork(end)).toEqual([]);
    }
  });

  test("asks for no further clip, but fetches those in the making, and then says what they cost", () => {
    let state = canceled(done(shots(), { kind: "submit_clip", index: 1 }));
    expect(state).toMatchObject({ status: "generating", error: null, warnings: [{ code: "canceling" }] });
    expect(due(state)).toEqual(["poll_clip 1"]);
    expect(atMostUsd(state)).toBe(3.2);
    state = done(state, { kind: "poll_clip", index: 1 });
    expect(due(state)).toEqual(["store_clip 1"]);
    state = done(state, { kind: "store_clip", index: 1 });
    expect(state).toMatchObject({ status: "canceled", error: { code: "canceled", charged: "yes" }, warnings: [] });
    expect(state.error?.message).toContain("at their own addresses");
    expect(state.segments.map(({ status }) => status)).toEqual(["pending", "succeeded", "pending"]);
    expect(actualUsd(state)).toBe(3.2);
  });

  test("while a clip is being asked for learns first whether it was taken", () => {
    const submit: Action = { kind: "submit_clip", index: 0 };
    const state = canceled(begin(shots(), submit, startedAt));
    expect(chargedOf(state.segments)).toBe("unknown");
    expect(atMostUsd(state)).toBe(3.2);
    expect(state.status).toBe("generating");
    expect(due(settle(state, wellEnded(submit), startedAt))).toEqual(["poll_clip 0"]);
    expect(settle(state, badlyEnded(submit, "rate_limited", 5_000), startedAt)).toMatchObject({
      status: "canceled",
      error: { code: "canceled", charged: "no" },
    });
    expect(settle(state, badlyEnded(submit, "interrupted"), startedAt)).toMatchObject({
      status: "canceled",
      error: { code: "canceled", charged: "unknown" },
    });
  });

  test("does not have a clip made again that ends without a video", () => {
    const state = canceled(done(shots(), { kind: "submit_clip", index: 0 }));
    const withheld = { state: "filtered", what: "output", subject: "audio", charged: "no", note: "" } as const;
    const poll: Action = { kind: "poll_clip", index: 0 };
    const end = done(state, poll, { kind: "clip_polled", index: 0, outcome: { ok: true, value: withheld } });
    expect(end).toMatchObject({ status: "canceled", error: { charged: "no" } });
  });

  test("while its video is made of stored clips keeps the clips", () => {
    const end = canceled(until("finish_video", round(shots(), startedAt), nextWakeAt));
    expect(end).toMatchObject({ status: "canceled", error: { charged: "yes" }, video: null });
    expect(end.segments.every(({ clip }) => clip !== null)).toBe(true);
  });

  test("stays as it is when it is cancelled again, and so does one that is about to fail", () => {
    const canceling = canceled(done(shots(), { kind: "submit_clip", index: 0 }));
    expect(canceled(canceling)).toBe(canceling);
    const end = canceled(taskState());
    expect(canceled(end)).toBe(end);
    const failing = done(
      done(shots(), { kind: "submit_clip", index: 0 }),
      { kind: "submit_clip", index: 1 },
      badlyEnded({ kind: "submit_clip", index: 1 }, "invalid_request"),
    );
    expect(failing.ending).toMatchObject({ code: "provider_error" });
    expect(canceled(failing)).toBe(failing);
  });

  test("has its reference video removed from Google", () => {
    const end = canceled(
      until("check_video_file", taskState({ video: storedVideo({ bytes: 50_000_000 }) }), nextWakeAt),
    );
    expect(due(end)).toEqual(["remove_video_file"]);
    const removed = done(end, { kind: "remove_video_file" });
    expect(removed.status).toBe("canceled");
    expect(nextWakeAt(removed)).toBe(removed.expires_at);
  });

  test("while its reference video is on its way to Google has it removed when it has arrived", () => {
    const upload: Action = { kind: "upload_video" };
    const uploading = begin(taskState({ video: storedVideo({ bytes: 50_000_000 }) }), upload, startedAt);
    expect(due(settle(canceled(uploading), wellEnded(upload), startedAt))).toEqual(["remove_video_file"]);
  });
});

test("a task that succeeded or failed can no longer be cancelled", () => {
  const failed = done(
    shots(),
    { kind: "submit_clip", index: 0 },
    badlyEnded({ kind: "submit_clip", index: 0 }, "refused"),
  );
  expect(cancel(failed, startedAt).kind).toBe("wrong_state");
  let succeeded = until("finish_video", taskState(), nextWakeAt);
  succeeded = round(succeeded, succeeded.updated_at);
  expect(succeeded.status).toBe("succeeded");
  expect(cancel(succeeded, startedAt).kind).toBe("wrong_state");
});

describe("a clip whose provider can stop it", () => {
  const made = (provider: "omni" | "vertex") =>
    done(until("submit_clip", taskState({ plan: plan({}, provider) }), nextWakeAt), { kind: "submit_clip", index: 0 });
  const stopped: Event = {
    kind: "clip_polled",
    index: 0,
    outcome: succeeded({ state: "canceled", charged: "unknown", note: "" }),
  };

  test("is stopped when its task is cancelled; what that cost, nobody says", () => {
    let state = canceled(made("omni"));
    expect(due(state)).toEqual(["cancel_clip 0", "poll_clip 0"]);
    state = done(state, { kind: "cancel_clip", index: 0 });
    expect(due(state)).toEqual(["poll_clip 0"]);
    state = done(state, { kind: "poll_clip", index: 0 }, stopped);
    expect(state).toMatchObject({ status: "canceled", error: { code: "canceled", charged: "unknown" } });
  });

  test("is fetched and kept when it was ready all the same", () => {
    let state = done(canceled(made("omni")), { kind: "cancel_clip", index: 0 });
    state = done(state, { kind: "poll_clip", index: 0 });
    expect(due(state)).toEqual(["store_clip 0"]);
    state = done(state, { kind: "store_clip", index: 0 });
    expect(state).toMatchObject({ status: "canceled", error: { charged: "yes" }, segments: [{ status: "succeeded" }] });
  });

  test("is waited for when it could not be stopped", () => {
    const state = canceled(made("omni"));
    const refused = done(
      state,
      { kind: "cancel_clip", index: 0 },
      badlyEnded({ kind: "cancel_clip", index: 0 }, "unauthorized"),
    );
    expect(due(refused)).toEqual(["poll_clip 0"]);
  });

  test("is not asked for when the wish comes while its request is prepared, and costs nothing", () => {
    const submit: Action = { kind: "submit_clip", index: 0 };
    const asked = until("submit_clip", taskState({ plan: plan({}, "omni") }), nextWakeAt);
    const state = settle(canceled(begin(asked, submit, startedAt)), badlyEnded(submit, "unreachable"), startedAt);
    expect(state).toMatchObject({ status: "canceled", error: { code: "canceled", charged: "no" } });
  });

  test("is not asked to stop elsewhere", () => {
    expect(due(canceled(made("vertex")))).toEqual(["poll_clip 0"]);
  });

  test("is stopped also when its request was under way at that moment", () => {
    const submit: Action = { kind: "submit_clip", index: 0 };
    const asked = until("submit_clip", taskState({ plan: plan({}, "omni") }), nextWakeAt);
    const state = settle(canceled(begin(asked, submit, startedAt)), wellEnded(submit), startedAt);
    expect(due(state)).toEqual(["cancel_clip 0", "poll_clip 0"]);
  });

  test("is forgotten by its provider after the task's end, in tries that end", () => {
    let state = done(made("omni"), { kind: "poll_clip", index: 0 });
    state = done(done(state, { kind: "store_clip", index: 0 }), { kind: "finish_video" });
    expect(state.status).toBe("succeeded");
    expect(due(state)).toEqual(["forget_copy 0"]);
    expect(due(done(state, { kind: "forget_copy", index: 0 }))).toEqual([]);
    for (let tries = 0; tries < faultsMaximum; tries++) {
      const action = { kind: "forget_copy", index: 0 } as const;
      state = done(state, action, badlyEnded(action, "unavailable"));
    }
    expect(due(state)).toEqual([]);
    expect(nextWakeAt(state)).toBe(state.expires_at);
  });
});
