import { describe, expect, test } from "vitest";
import { abandonedWork, type Action, dueActions, neededSegments } from "../../src/task/actions.ts";
import { cancel } from "../../src/task/cancel.ts";
import { actualUsd, chargedOf } from "../../src/task/cost.ts";
import { begin, type Event, settle, settleAbandoned } from "../../src/task/settle.ts";
import type { TaskState } from "../../src/task/state.ts";
import { hasEnded } from "../../src/task/status.ts";
import { downloadDeadlineMs, finishDeadlineMs, submitDeadlineMs } from "../../src/task/timing.ts";
import { nextWakeAt } from "../../src/task/wake.ts";
import { failed, succeeded } from "../../src/upstream/outcome.ts";
import type { ClipStatus } from "../../src/veo/model.ts";
import { badlyEnded, round, until, wellEnded } from "../support/drive.ts";
import { plan, startedAt, taskState } from "../support/task-state.ts";

const shots = () => until("submit_clip", taskState({ plan: plan({ duration_seconds: 20 }) }), nextWakeAt);
const take = () => {
  const wish = { duration_seconds: 20, structure: "single_take" } as const;
  return until("submit_clip", taskState({ plan: plan(wish) }), nextWakeAt);
};

const indexOf = (action: Action) => "index" in action ? action.index : -1;
const due = (state: TaskState, now = nextWakeAt(state)) =>
  dueActions(state, now).map((action) => `${action.kind} ${indexOf(action)}`);

function polled(index: number, status: ClipStatus): Event {
  return { kind: "clip_polled", index, outcome: succeeded(status) };
}

/** One action begun and ended now. */
function done(state: TaskState, action: Action, event: Event = wellEnded(action)): TaskState {
  return settle(begin(state, action, startedAt), event, startedAt);
}

function neverThere(): never {
  throw new Error("The task has no clip.");
}

const withheld = { state: "filtered", what: "output", subject: null, charged: "no", note: "" } as const;

describe("shots", () => {
  test("are asked for side by side, each with its own prompt", () => {
    expect(due(shots())).toEqual(["submit_clip 0", "submit_clip 1", "submit_clip 2"]);
    expect(shots().segments.map(({ prompt }) => prompt)).toEqual([
      "A slow orbit, part 1.",
      "A slow orbit, part 2.",
      "A slow orbit, part 3.",
    ]);
  });

  test("become a video when the last of them is stored", () => {
    let state = until("finish_video", shots(), nextWakeAt);
    expect(state.status).toBe("finishing");
    expect(due(state)).toEqual(["finish_video -1"]);
    state = round(state, nextWakeAt(state));
    expect(state).toMatchObject({ status: "succeeded", error: null });
    expect(actualUsd(state)).toBe(9.6);
  });

  test("that a quota holds back queue and fail nothing, until the deadline", () => {
    let state = done(shots(), { kind: "submit_clip", index: 0 });
    for (const index of [1, 2]) {
      const submit: Action = { kind: "submit_clip", index };
      state = done(state, submit, badlyEnded(submit, "rate_limited", 40_000));
    }
    expect(state.error).toBeNull();
    expect(due(state, startedAt + 39_999)).toEqual(["poll_clip 0"]);
    expect(due(state, startedAt + 60_000)).toEqual(["poll_clip 0", "submit_clip 1", "submit_clip 2"]);

    const late = startedAt + submitDeadlineMs;
    const submit: Action = { kind: "submit_clip", index: 1 };
    state = settle(begin(state, submit, late), badlyEnded(submit, "rate_limited"), late);
    expect(state.ending).toMatchObject({ code: "quota_exhausted" });
  });

  test("of which one was withheld: it alone is made again, the others go on", () => {
    let state = round(shots(), startedAt);
    state = done(state, { kind: "poll_clip", index: 1 }, polled(1, withheld));
    expect(due(state, startedAt + 2_000)).toEqual(["poll_clip 0", "submit_clip 1", "poll_clip 2"]);
    expect(state.warnings).toMatchObject([{ code: "clip_made_again", message: expect.stringContaining("2 of 3") }]);
    state = until("finish_video", state, nextWakeAt);
    expect(actualUsd(round(state, nextWakeAt(state)))).toBe(9.6);
  });

  test("of which one cannot be made: what is under way is fetched first, nothing more is asked for", () => {
    let state = shots();
    state = done(state, { kind: "submit_clip", index: 0 });
    const second: Action = { kind: "submit_clip", index: 1 };
    state = done(state, second, badlyEnded(second, "interrupted"));
    expect(state).toMatchObject({ status: "generating", error: null });
    expect(due(state, startedAt + 1e9)).toEqual(["poll_clip 0"]);

    state = done(state, { kind: "poll_clip", index: 0 });
    expect(due(state)).toEqual(["store_clip 0"]);
    state = done(state, { kind: "store_clip", index: 0 });
    expect(state).toMatchObject({ status: "failed", error: { code: "submit_unknown", charged: "yes" } });
    expect(state.segments.map(({ status }) => status)).toEqual(["succeeded", "failed", "pending"]);
    expect(state.segments[0]?.clip?.key).toContain("clip-1");
    expect(actualUsd(state)).toBeNull();
  });

  test("of which one was refused or lost and is to be asked for again have failed when the task ends before", () => {
    let state = done(shots(), { kind: "submit_clip", index: 0 });
    state = done(state, { kind: "poll_clip", index: 0 }, polled(0, withheld));
    const refused: Action = { kind: "submit_clip", index: 1 };
    state = done(state, refused, badlyEnded(refused, "rate_limited", 60_000));
    expect(state.segments.map(({ status }) => status)).toEqual(["pending", "pending", "pending"]);
    const ended = cancel(state, startedAt);
    expect(ended.kind === "done" && ended.state.segments.map(({ status }) => status)).toEqual(
      ["failed", "failed", "pending"],
    );
  });

  test("end with the first thing that went wrong, whatever goes wrong after it", () => {
    let state = round(shots(), startedAt);
    const declined = { state: "filtered", what: "prompt", subject: null, charged: "no", note: "" } as const;
    state = done(state, { kind: "poll_clip", index: 0 }, polled(0, declined));
    state = done(state, { kind: "poll_clip", index: 1 }, polled(1, withheld));
    expect(due(state, startedAt + 1e9)).toEqual(["poll_clip 2"]);
    state = done(state, { kind: "poll_clip", index: 2 }, polled(2, { state: "failed", retryable: true, note: "" }));
    expect(state.error).toMatchObject({ code: "filtered_prompt", charged: "unknown" });
  });
});

describe("a single take", () => {
  test("asks for each extension when what it continues is made, and keeps every clip", () => {
    let state = take();
    expect(due(state)).toEqual(["submit_clip 0"]);
    state = done(state, { kind: "submit_clip", index: 0 });
    expect(due(state)).toEqual(["poll_clip 0"]);
    state = done(state, { kind: "poll_clip", index: 0 });
    expect(state.status).toBe("generating");
    expect(due(state)).toEqual(["store_clip 0", "submit_clip 1"]);
    state = until("finish_video", state, nextWakeAt);
    expect(state.segments.map(({ clip }) => clip !== null)).toEqual([true, true, true]);
  });

  test("is finished from its last clip, even while an earlier one is still fetched", () => {
    let state = take();
    for (const index of [0, 1, 2]) {
      state = done(state, { kind: "submit_clip", index });
      state = done(state, { kind: "poll_clip", index });
    }
    state = done(state, { kind: "store_clip", index: 2 });
    expect(due(state)).toEqual(["store_clip 0", "store_clip 1", "finish_video -1"]);
    state = done(state, { kind: "finish_video" });
    expect(state).toMatchObject({ status: "succeeded" });
    expect(state.segments.every(({ status }) => status === "succeeded")).toBe(true);
  });

  describe("whose extensions turn out to be the continuation alone", () => {
    const alone = (index: number): Event => {
      const file = { key: `media/s/clip-${index + 1}.mp4`, bytes: 1_000_000, width: 1280, height: 720 };
      return { kind: "clip_stored", index, outcome: succeeded({ ...file, duration_seconds: index === 0 ? 8 : 7 }) };
    };

    function made(): TaskState {
      let state = take();
      for (const index of [0, 1, 2]) {
        state = done(state, { kind: "submit_clip", index });
        state = done(state, { kind: "poll_clip", index });
      }
      return state;
    }

    test("is cut together of all its clips", () => {
      let state = done(made(), { kind: "store_clip", index: 2 }, alone(2));
      expect(due(state)).toEqual(["store_clip 0", "store_clip 1"]);
      state = done(state, { kind: "store_clip", index: 1 }, alone(1));
      state = done(state, { kind: "store_clip", index: 0 }, alone(0));
      expect(due(state)).toEqual(["finish_video -1"]);
      expect(neededSegments(state)).toHaveLength(3);
    });

    test("fails when one that was given up as not needed would be needed", () => {
      const lost = made();
      lost.segments[0] = { ...lost.segments[0] ?? neverThere(), status: "failed" };
      let state = done(lost, { kind: "store_clip", index: 1 }, alone(1));
      expect(hasEnded(state)).toBe(false);
      state = done(state, { kind: "store_clip", index: 2 }, alone(2));
      expect(state).toMatchObject({ status: "failed", error: { code: "download_failed", charged: "yes" } });
    });
  });

  test("whose extension fails for good ends with the clip before it in hand", () => {
    let state = take();
    state = done(state, { kind: "submit_clip", index: 0 });
    state = done(state, { kind: "poll_clip", index: 0 });
    const extend: Action = { kind: "submit_clip", index: 1 };
    state = done(state, extend, badlyEnded(extend, "not_found"));
    state = done(state, { kind: "store_clip", index: 0 });
    expect(state).toMatchObject({ status: "failed", error: { code: "model_retired", charged: "yes" } });
    expect(state.segments[0]?.clip).not.toBeNull();
    expect(actualUsd(state)).toBe(3.2);
  });
});

describe("a clip that the video does not need, because a later one holds it", () => {
  const store: Action = { kind: "store_clip", index: 0 };

  /** All three clips of a take are made; the last one is stored. */
  function lastStored(): TaskState {
    let state = take();
    for (const index of [0, 1, 2]) {
      state = done(state, { kind: "submit_clip", index });
      state = done(state, { kind: "poll_clip", index });
    }
    return done(state, { kind: "store_clip", index: 2 });
  }

  test("does not begin the finishing a second time when it comes while that is under way", () => {
    const finishing = begin(lastStored(), { kind: "finish_video" }, startedAt);
    expect(due(done(finishing, store), startedAt)).not.toContain("finish_video -1");
  });

  test("changes nothing any more when it comes after the end", () => {
    const ended = done(begin(lastStored(), store, startedAt), { kind: "finish_video" });
    expect(ended.status).toBe("succeeded");
    expect(settle(ended, wellEnded(store), startedAt)).toBe(ended);
  });

  test("can be lost without a harm to the video", () => {
    const late = startedAt + downloadDeadlineMs;
    const lost = settle(begin(lastStored(), store, late), badlyEnded(store, "not_found"), late);
    expect(lost).toMatchObject({ ending: null, error: null });
    expect(done(lost, { kind: "finish_video" }).status).toBe("succeeded");
  });
});

describe("a request that the model certainly did not take", () => {
  function refusedFor(state: TaskState, milliseconds: number): TaskState {
    let current = state;
    for (let now = startedAt; now < startedAt + milliseconds && !current.ending; now += 60_000) {
      const [submit] = dueActions(current, now).filter((action) => indexOf(action) === 1);
      if (submit) current = settle(begin(current, submit, now), badlyEnded(submit, "unavailable"), now);
    }
    return current;
  }

  test("is repeated for hours where other clips may be paid for", () => {
    const state = done(shots(), { kind: "submit_clip", index: 0 });
    expect(refusedFor(state, submitDeadlineMs - 60_000).ending).toBeNull();
    expect(refusedFor(state, submitDeadlineMs + 120_000).ending).toMatchObject({ code: "provider_error" });
  });

  test("soon ends a task that has paid for nothing", () => {
    expect(refusedFor(shots(), 600_000)).toMatchObject({ error: { code: "provider_error", charged: "no" } });
  });
});

test("a task whose end is decided says so while it fetches what is under way", () => {
  let state = done(shots(), { kind: "submit_clip", index: 0 });
  const second: Action = { kind: "submit_clip", index: 1 };
  state = done(state, second, badlyEnded(second, "interrupted"));
  expect(state).toMatchObject({ status: "generating", warnings: [{ code: "clip_failed" }] });
});

test.each(["finish_video", "store_clip", "poll_clip", "analyse_image", "write_prompt"] as const)(
  "a task whose process dies at every %s ends all the same",
  (kind) => {
    let state = until(kind, taskState({ plan: plan({ duration_seconds: 20 }) }), nextWakeAt);
    for (let deaths = 0; !hasEnded(state) && deaths < 1_000; deaths++) {
      const now = nextWakeAt(state);
      const actions = dueActions(state, now);
      state = actions.reduce((current, action) => begin(current, action, now), state);
      state = abandonedWork(state).reduce((current, work) => settleAbandoned(current, work, now + 900_000), state);
    }
    expect(state.status).toBe("failed");
  },
);

describe("finishing", () => {
  const finish: Action = { kind: "finish_video" };
  const ready = () => until("finish_video", shots(), nextWakeAt);

  test("is tried again for a while when R2 fails, then leaves the clips where they are", () => {
    let state = ready();
    const begunAt = nextWakeAt(state);
    for (let now = begunAt; !state.error; now = nextWakeAt(state)) {
      state = settle(begin(state, finish, now), badlyEnded(finish, "unavailable"), now);
      if (state.error) expect(now).toBeGreaterThanOrEqual(begunAt + finishDeadlineMs);
    }
    expect(state.error).toMatchObject({ code: "download_failed", charged: "yes" });
    expect(state.segments.every(({ clip }) => clip !== null)).toBe(true);
  });

  test("of clips that are gone is not tried again", () => {
    const state = done(ready(), finish, badlyEnded(finish, "not_found"));
    expect(state.error).toMatchObject({ code: "download_failed", charged: "yes" });
  });

  test("of clips that do not fit together ends the task at once, as paid", () => {
    const event = { kind: "video_finished", outcome: failed("invalid_request", "injected") } as const;
    const state = done(ready(), finish, event);
    expect(state.error).toMatchObject({
      code: "provider_error",
      charged: "yes",
      message: expect.stringContaining("own address"),
    });
  });

  test("says when the clips were shorter than promised", () => {
    const made = { key: "media/s/video.mp4", bytes: 1, width: 1920, height: 1080, original: null, square_by: null };
    const of = (duration_seconds: number) =>
      done(ready(), finish, { kind: "video_finished", outcome: succeeded({ ...made, duration_seconds }) }).warnings;
    expect(of(20)).toEqual([]);
    expect(of(20 + 1 / 24)).toEqual([]);
    expect(of(19.5)).toMatchObject([{ code: "duration_differs", message: expect.stringContaining("19.5 s") }]);
  });
});

test("what a task cost is unknown as long as one of its clips may have been charged", () => {
  const segments = shots().segments;
  expect(chargedOf(segments)).toBe("no");
  expect(chargedOf(segments.map((segment, index) => index === 1 ? { ...segment, charged: "unknown" } : segment))).toBe(
    "unknown",
  );
  expect(chargedOf(segments.map((segment) => ({ ...segment, lost_tries: ["yes"] })))).toBe("yes");
});
