import { describe, expect, test } from "vitest";
import { abandonedWork, type Action, dueActions, nextDueAfter } from "../../src/task/actions.ts";
import { chargedOf } from "../../src/task/cost.ts";
import { begin, settle, settleAbandoned } from "../../src/task/settle.ts";
import type { TaskState } from "../../src/task/state.ts";
import {
  absenceDeadlineMs,
  brokenOffPauseMs,
  downloadDeadlineMs,
  faultsMaximum,
  generationDeadlineMs,
  pollIntervalMaximumMs,
  preparationDeadlineMs,
  retryAfterMaximumMs,
  silenceDeadlineMs,
  strikesMaximum,
} from "../../src/task/timing.ts";
import { nextWakeAt } from "../../src/task/wake.ts";
import { type FaultKind, succeeded } from "../../src/upstream/outcome.ts";
import type { ClipStatus } from "../../src/veo/model.ts";
import { badlyEnded, round, until, wellEnded } from "../support/drive.ts";
import { startedAt, storedImage, storedVideo, taskState } from "../support/task-state.ts";

const kindsOf = (state: TaskState, now: number) => dueActions(state, now).map(({ kind }) => kind);

/** What a restart makes of the work that it finds under way. */
function resumed(state: TaskState, now: number): TaskState {
  return abandonedWork(state).reduce((current, work) => settleAbandoned(current, work, now), state);
}

function submitted(): { state: TaskState; now: number } {
  const state = round(until("submit_clip", taskState(), nextWakeAt), startedAt);
  return { state, now: startedAt };
}

describe("a task on its way", () => {
  test("asks for all analyses at the same time", () => {
    const state = taskState({ images: [storedImage(), storedImage(), storedImage()], video: storedVideo() });
    expect(kindsOf(state, startedAt)).toEqual(["analyse_image", "analyse_image", "analyse_image", "analyse_video"]);
  });

  test("goes through the states of the contract", () => {
    let state = taskState();
    const seen = [state.status];
    for (let now = startedAt; state.status !== "succeeded"; now = nextWakeAt(state)) {
      for (const action of dueActions(state, now)) {
        state = begin(state, action, now);
        if (seen.at(-1) !== state.status) seen.push(state.status);
        state = settle(state, wellEnded(action), now);
        if (seen.at(-1) !== state.status) seen.push(state.status);
      }
    }
    expect(seen).toEqual(["queued", "analyzing", "prompting", "generating", "finishing", "succeeded"]);
    expect(state.error).toBeNull();
    expect(chargedOf(state.segments)).toBe("yes");
  });

  test("keeps a finished analysis when another one fails in passing", () => {
    let state = taskState({ images: [storedImage(), storedImage()] });
    const [first, second] = dueActions(state, startedAt);
    if (!first || !second) throw new Error("Two analyses were expected.");
    state = settle(begin(state, first, startedAt), wellEnded(first), startedAt);
    state = settle(begin(state, second, startedAt), badlyEnded(second, "unavailable"), startedAt);
    expect(state.images[0]?.analysis?.subject).toBe("a ring with an emerald");
    expect(dueActions(state, startedAt)).toEqual([]);
    expect(dueActions(state, nextWakeAt(state))).toEqual([{ kind: "analyse_image", index: 1 }]);
  });

  test("knows when a retry is due while other work is still under way", () => {
    const [image, video] = dueActions(taskState({ video: storedVideo() }), startedAt);
    if (!image || !video) throw new Error("Two analyses were expected.");
    let state = begin(begin(taskState({ video: storedVideo() }), image, startedAt), video, startedAt);
    expect(nextDueAfter(state, startedAt)).toBe(Infinity);
    state = settle(state, badlyEnded(image, "unavailable"), startedAt);
    expect(nextDueAfter(state, startedAt)).toBeGreaterThanOrEqual(startedAt + 2_000);
    expect(nextDueAfter(state, startedAt)).toBeLessThan(startedAt + 3_000);
  });

  test("sends a large video through the Files API and looks until it is ready", () => {
    let state = taskState({ video: storedVideo({ bytes: 50_000_000 }) });
    state = round(state, startedAt);
    expect(kindsOf(state, startedAt)).toEqual(["check_video_file"]);
    state = round(state, startedAt, () => ({ kind: "video_file_checked", outcome: succeeded("processing") }));
    expect(kindsOf(state, startedAt)).toEqual([]);
    state = round(state, nextWakeAt(state));
    expect(kindsOf(state, nextWakeAt(state))).toEqual(["analyse_video"]);
  });

  test("is not started twice by an action that is already under way", () => {
    const state = begin(taskState(), { kind: "analyse_image", index: 0 }, startedAt);
    expect(dueActions(state, startedAt + 1)).toEqual([]);
  });

  test("wakes for its expiry once it has ended", () => {
    const { state } = submitted();
    const ended = settle(state, badlyEnded({ kind: "submit_clip", index: 0 }, "interrupted"), startedAt + 5_000);
    expect(nextWakeAt(ended)).toBe(startedAt + 5_000 + 7 * 86_400_000);
  });
});

describe("an analysis", () => {
  const analyse = { kind: "analyse_image", index: 0 } as const;

  test.each(
    [
      ["unavailable", faultsMaximum, "analysis_failed", true],
      ["unreachable", faultsMaximum, "analysis_failed", true],
      ["interrupted", faultsMaximum, "analysis_failed", true],
      ["malformed", faultsMaximum, "analysis_failed", true],
      ["off_schema", 2, "analysis_failed", true],
      ["cut_off", 2, "analysis_failed", true],
      ["refused", 1, "analysis_failed", false],
      ["invalid_request", 1, "analysis_failed", false],
      ["unauthorized", 1, "not_configured", false],
      ["not_found", 1, "model_retired", false],
      ["quota_exhausted", 1, "quota_exhausted", true],
    ] as const,
  )("that is %s is tried %i times and ends as %s", (kind, tries, code, retryable) => {
    let state = taskState();
    let asked = 0;
    for (let now = startedAt; state.status !== "failed"; now = nextWakeAt(state)) {
      state = round(state, now, (action) => {
        asked++;
        return badlyEnded(action, kind);
      });
    }
    expect(asked).toBe(tries);
    expect(state.error).toMatchObject({ code, retryable, charged: "no" });
  });

  test("fails with a sentence of its own for each kind of failure that people can tell apart", () => {
    const sentences = (["unavailable", "refused", "cut_off", "off_schema"] as const).map((kind) => {
      let state = taskState();
      for (let now = startedAt; state.status !== "failed"; now = nextWakeAt(state)) {
        state = round(state, now, (action) => badlyEnded(action, kind));
      }
      return state.error?.message;
    });
    expect(new Set(sentences).size).toBe(4);
  });

  test("waits at least as long as a quota asks, however often, and gives up at the deadline of the preparation", () => {
    let state = taskState();
    let now = startedAt;
    for (; state.status !== "failed"; now = nextWakeAt(state)) {
      state = round(state, now, (action) => badlyEnded(action, "rate_limited", 34_000));
      if (state.error) break;
      expect(nextWakeAt(state)).toBeGreaterThanOrEqual(now + 34_000);
      expect(nextWakeAt(state)).toBeLessThan(now + 120_000);
    }
    expect(now).toBeGreaterThan(startedAt + preparationDeadlineMs - 180_000);
    expect(state.error).toMatchObject({ code: "quota_exhausted", charged: "no" });
  });

  test("that would have to wait past its deadline ends at once, and says why", () => {
    for (const kind of ["rate_limited", "unavailable"] as const) {
      const state = settle(
        begin(taskState(), analyse, startedAt),
        badlyEnded(analyse, kind, preparationDeadlineMs),
        startedAt,
      );
      expect(state.error).toMatchObject({ code: kind === "rate_limited" ? "quota_exhausted" : "analysis_failed" });
    }
  });

  test("is not asked in a loop by an upstream that says 'at once'", () => {
    const once = settle(begin(taskState(), analyse, startedAt), badlyEnded(analyse, "rate_limited", 0), startedAt);
    expect(nextWakeAt(once)).toBeGreaterThanOrEqual(startedAt + 1_000);
  });

  test("keeps its tries for faults of the way when the model's answer was of no use, and the other way round", () => {
    const kinds: FaultKind[] = ["rate_limited", "rate_limited", "unavailable", "off_schema", "unavailable"];
    let state = taskState();
    for (const kind of kinds) state = round(state, nextWakeAt(state), (action) => badlyEnded(action, kind));
    expect(state.error).toBeNull();
  });
});

describe("an uploaded video", () => {
  const uploaded = () =>
    until("remove_video_file", taskState({ video: storedVideo({ bytes: 50_000_000 }) }), nextWakeAt);
  const remove: Action = { kind: "remove_video_file" };

  test("is removed from Google once its analysis is saved", () => {
    const state = uploaded();
    expect(state.video_reference?.analysis).not.toBeNull();
    expect(settle(begin(state, remove, startedAt), wellEnded(remove), startedAt).video_reference?.file).toBeNull();
  });

  test("that Google has lost fails the analysis, and is not told as a retired model", () => {
    let state = until("check_video_file", taskState({ video: storedVideo({ bytes: 50_000_000 }) }), nextWakeAt);
    for (let tries = 0; !state.error && tries < 20; tries++) {
      const isCheck = ({ kind }: Action) => kind === "check_video_file";
      state = round(
        state,
        nextWakeAt(state),
        (action) => isCheck(action) ? badlyEnded(action, "not_found") : wellEnded(action),
      );
    }
    expect(state.error).toMatchObject({ code: "analysis_failed", charged: "no" });
  });

  test("that cannot be removed does not fail the task", () => {
    let state = uploaded();
    for (let tries = 0; state.video_reference?.file && tries < 20; tries++) {
      state = settle(begin(state, remove, startedAt), badlyEnded(remove, "unavailable"), startedAt);
    }
    expect(state.video_reference?.file).toBeNull();
    expect(state.error).toBeNull();
  });
});

describe("the request for a clip", () => {
  const submit = { kind: "submit_clip", index: 0 } as const;

  test("is never repeated by itself when its answer was lost", () => {
    const ready = until("submit_clip", taskState(), nextWakeAt);
    for (const kind of ["interrupted", "malformed"] as const) {
      const state = settle(begin(ready, submit, startedAt), badlyEnded(submit, kind), startedAt);
      expect(state.error).toMatchObject({ code: "submit_unknown", charged: "unknown" });
      expect(dueActions(state, startedAt + 1e12)).toEqual([]);
    }
  });

  test("is never repeated by itself when the process died while it was under way", () => {
    const begun = begin(until("submit_clip", taskState(), nextWakeAt), submit, startedAt);
    const state = resumed(begun, startedAt + 60_000);
    expect(state.error).toMatchObject({ code: "submit_unknown", charged: "unknown" });
  });

  test("is repeated when Veo certainly did not take it", () => {
    const ready = until("submit_clip", taskState(), nextWakeAt);
    for (const kind of ["unreachable", "unavailable", "rate_limited"] as const) {
      const state = settle(begin(ready, submit, startedAt), badlyEnded(submit, kind), startedAt);
      expect(state.error).toBeNull();
      expect(dueActions(state, nextWakeAt(state))).toEqual([submit]);
    }
  });

  test.each(
    [
      ["not_found", "model_retired"],
      ["invalid_request", "provider_error"],
      ["unauthorized", "not_configured"],
      ["quota_exhausted", "quota_exhausted"],
    ] as const,
  )("that is %s ends the task as %s without a charge", (kind, code) => {
    const ready = until("submit_clip", taskState(), nextWakeAt);
    const state = settle(begin(ready, submit, startedAt), badlyEnded(submit, kind), startedAt);
    expect(state.error).toMatchObject({ code, charged: "no" });
  });
});

describe("a clip in the making", () => {
  const poll = { kind: "poll_clip", index: 0 } as const;
  const withStatus = (outcome: Parameters<typeof settle>[1] & { kind: "clip_polled" }) => outcome;
  const polled = (state: TaskState, now: number, status: ClipStatus) =>
    settle(begin(state, poll, now), { kind: "clip_polled", index: 0, outcome: succeeded(status) }, now);

  /** Looks until it is given up; every look is answered with one of these faults. */
  function lookedFor(kinds: readonly FaultKind[], retryAfterMs: number | null = null) {
    let { state } = submitted();
    let now = startedAt;
    let looks = 0;
    while (!state.error) {
      now = nextWakeAt(state);
      state = settle(
        begin(state, poll, now),
        badlyEnded(poll, kinds[looks++ % kinds.length] ?? "unavailable", retryAfterMs),
        now,
      );
    }
    return { state, looks, spentMs: now - startedAt };
  }

  const silence: readonly FaultKind[] = ["unreachable", "interrupted", "unavailable", "rate_limited", "unauthorized"];

  test.each([[silence, silenceDeadlineMs], [["not_found", "invalid_request"], generationDeadlineMs]] as const)(
    "outlives any number of %j until its deadline",
    (kinds, deadlineMs) => {
      const { state, spentMs } = lookedFor(kinds);
      expect(spentMs).toBeGreaterThanOrEqual(deadlineMs);
      expect(spentMs).toBeLessThan(deadlineMs + 5 * retryAfterMaximumMs);
      expect(state.error).toMatchObject({ code: "deadline_exceeded", charged: "unknown" });
    },
  );

  test("is looked for more and more rarely while nobody answers, but is not put off past its deadline", () => {
    expect(lookedFor(["unavailable"]).looks).toBeLessThan(400);
    expect(lookedFor(["unavailable"], 1e10).looks).toBeGreaterThan(silenceDeadlineMs / (2 * retryAfterMaximumMs));
  });

  test.each(["not_found", "pending"] as const)(
    "is not given up for the first %s after an outage of an hour",
    (answer) => {
      let { state } = submitted();
      let now = startedAt;
      while (now < startedAt + 3_600_000) {
        now = nextWakeAt(state);
        state = settle(begin(state, poll, now), badlyEnded(poll, "unavailable"), now);
      }
      const answered = (at: number) =>
        answer === "pending"
          ? polled(state, at, { state: "pending" })
          : settle(begin(state, poll, at), badlyEnded(poll, answer), at);
      const outageEndedAt = now;
      for (now++; !state.error; now = nextWakeAt(state)) {
        state = answered(now);
        if (state.error) expect(now).toBeGreaterThanOrEqual(outageEndedAt + absenceDeadlineMs);
        expect(now).toBeLessThan(outageEndedAt + 4 * absenceDeadlineMs);
      }
      expect(state.error).toMatchObject({ code: "deadline_exceeded" });
    },
  );

  test.each([2, 3, 10, 40])("that never gets ready is given up though every %ith look fails", (every) => {
    let { state } = submitted();
    let now = startedAt;
    for (let look = 1; !state.error; look++) {
      now = nextWakeAt(state);
      state = look % every === 0
        ? settle(begin(state, poll, now), badlyEnded(poll, "unavailable"), now)
        : polled(state, now, { state: "pending" });
      expect(now - startedAt).toBeLessThan(generationDeadlineMs + 3 * absenceDeadlineMs);
    }
    expect(state.error).toMatchObject({ code: "deadline_exceeded", charged: "unknown" });
  });

  test("is not given up for one failure after a long sleep, whatever failed before it", () => {
    for (const [kind, sleptMs] of [["not_found", generationDeadlineMs], ["unreachable", silenceDeadlineMs]] as const) {
      let { state } = submitted();
      for (let faults = 0; faults < 4; faults++) {
        const now = nextWakeAt(state);
        state = settle(begin(state, poll, now), badlyEnded(poll, "rate_limited"), now);
      }
      state = polled(state, nextWakeAt(state), { state: "pending" });
      const late = startedAt + sleptMs + 3_600_000;
      expect(settle(begin(state, poll, late), badlyEnded(poll, kind), late).error).toBeNull();
    }
  });

  test("is looked for in proportion to the time already spent", () => {
    let { state } = submitted();
    const pauses: number[] = [];
    for (let now = nextWakeAt(state); now < startedAt + 360_000; now = nextWakeAt(state)) {
      state = settle(
        begin(state, poll, now),
        withStatus({ kind: "clip_polled", index: 0, outcome: succeeded({ state: "pending" }) }),
        now,
      );
      pauses.push(nextWakeAt(state) - now);
    }
    expect(pauses[0]).toBe(2_000);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(Math.max(...pauses)).toBe(pollIntervalMaximumMs);
  });

  test("is woken for when something is due, even where a pause is a fraction of a millisecond", () => {
    let { state } = submitted();
    const pending = withStatus({ kind: "clip_polled", index: 0, outcome: succeeded({ state: "pending" }) });
    state = settle(begin(state, poll, startedAt + 50_001), pending, startedAt + 50_001);
    expect(Number.isInteger(nextWakeAt(state))).toBe(true);
    expect(dueActions(state, nextWakeAt(state))).toEqual([poll]);
  });

  test("that is ready is found after the server slept past every deadline", () => {
    const { state } = submitted();
    const late = startedAt + 10 * generationDeadlineMs;
    expect(dueActions(state, late)).toEqual([poll]);
    expect(settle(begin(state, poll, late), wellEnded(poll), late).status).toBe("finishing");
  });

  test("may cost money while it is made, and does once it is there", () => {
    const { state } = submitted();
    expect(chargedOf(state.segments)).toBe("unknown");
    expect(chargedOf(settle(begin(state, poll, startedAt), wellEnded(poll), startedAt).segments)).toBe("yes");
  });

  test.each(
    [
      [{ state: "filtered", what: "prompt", subject: null, charged: "no", note: "" }, "filtered_prompt", "no"],
      [
        { state: "filtered", what: "output", subject: null, charged: "unknown", note: "" },
        "filtered_output",
        "unknown",
      ],
      [{ state: "failed", retryable: false, note: "" }, "provider_error", "unknown"],
    ] as const,
  )("that ended as %o ends the task as %s, charged %s", (status, code, charged) => {
    const ended = polled(submitted().state, startedAt, status);
    expect(ended.error).toMatchObject({ code, charged });
  });

  test.each(
    [
      [{ state: "filtered", what: "output", subject: null, charged: "no", note: "" }, "filtered_output", "no"],
      [{ state: "failed", retryable: true, note: "" }, "provider_error", "unknown"],
    ] as const,
  )("that ended as %o is made again, and ends the task as %s, charged %s, the second time", (status, code, charged) => {
    const again = polled(submitted().state, startedAt, status);
    expect(again).toMatchObject({ status: "generating", error: null });
    expect(again.warnings[0]).toMatchObject({ code: "clip_made_again" });
    const askedAgainAt = nextWakeAt(again);
    expect(askedAgainAt - startedAt).toBe(status.state === "failed" ? brokenOffPauseMs : 0);
    expect(dueActions(again, askedAgainAt)).toEqual([{ kind: "submit_clip", index: 0 }]);
    const ended = polled(round(again, askedAgainAt), askedAgainAt, status);
    expect(ended.error).toMatchObject({ code, charged });
  });
});

describe("a finished clip", () => {
  const store = { kind: "store_clip", index: 0 } as const;

  /** Fetches until it is given up; every try fails this way. */
  function fetchedFor(kind: FaultKind, retryAfterMs: number | null = null) {
    let state = until("store_clip", submitted().state, nextWakeAt);
    const completedAt = state.segments[0]?.completed_at ?? 0;
    let now = completedAt;
    let tries = 0;
    for (; !state.error; tries++) {
      now = Math.max(now, nextWakeAt(state));
      state = settle(begin(state, store, now), badlyEnded(store, kind, retryAfterMs), now);
    }
    return { state, tries, spentMs: now - completedAt };
  }

  test.each([["unavailable", null], ["interrupted", null], ["rate_limited", 1e10], ["unauthorized", null]] as const)(
    "that is %s is fetched again and again while Veo still has it, then given up as paid",
    (kind, retryAfterMs) => {
      const { state, tries, spentMs } = fetchedFor(kind, retryAfterMs);
      expect(spentMs).toBeGreaterThanOrEqual(downloadDeadlineMs);
      expect(state.error).toMatchObject({ code: "download_failed", charged: "yes" });
      expect(tries).toBeGreaterThan(50);
      expect(tries).toBeLessThan(300);
    },
  );

  test("is not given up for one absence after an outage, nor after a sleep of the server", () => {
    let state = until("store_clip", submitted().state, nextWakeAt);
    const failed = (kind: FaultKind, now: number) => settle(begin(state, store, now), badlyEnded(store, kind), now);
    state = failed("unavailable", startedAt);
    const later = [
      ["invalid_request", 60_000],
      ["not_found", 11 * 60_000],
      ["unavailable", downloadDeadlineMs],
      ["not_found", downloadDeadlineMs + 60_000],
    ] as const;
    for (const [kind, laterMs] of later) {
      state = failed(kind, startedAt + laterMs);
      expect(state.error).toBeNull();
    }
  });

  test("that Veo no longer has is given up after some minutes, not after one answer", () => {
    const { state, tries, spentMs } = fetchedFor("not_found");
    expect(state.error).toMatchObject({ code: "download_failed", charged: "yes" });
    expect(tries).toBeGreaterThan(5);
    expect(spentMs).toBeGreaterThanOrEqual(absenceDeadlineMs);
    expect(spentMs).toBeLessThan(2 * absenceDeadlineMs);
  });
});

describe("making the video of stored clips", () => {
  const finish: Action = { kind: "finish_video" };

  test("that ends with the process each time is given up, and the clips stay", () => {
    let state = until("finish_video", submitted().state, nextWakeAt);
    let tries = 0;
    for (; !state.error; tries++) state = resumed(begin(state, finish, startedAt), startedAt);
    expect(tries).toBe(strikesMaximum);
    expect(state).toMatchObject({ status: "failed", error: { code: "download_failed", charged: "yes" } });
    expect(state.segments[0]?.clip).not.toBeNull();
  });
});

describe("work that was under way when the process died is done again, however long the sleep", () => {
  test.each(["analyse_image", "write_prompt", "poll_clip", "store_clip", "finish_video"] as const)("%s", (kind) => {
    const ready = until(kind, taskState(), nextWakeAt);
    const [action] = dueActions(ready, ready.updated_at);
    if (!action) throw new Error("An action was expected.");
    const late = ready.updated_at + 3 * downloadDeadlineMs;
    const state = resumed(begin(ready, action, ready.updated_at), late);
    expect(state.error).toBeNull();
    expect(dueActions(state, nextWakeAt(state))).toEqual([action]);
  });
});

test("a task that is fetching its paid clip does not expire", () => {
  const finishing = until("store_clip", taskState({ retention_days: 1 }), nextWakeAt);
  let state = finishing;
  for (let now = nextWakeAt(state); now < finishing.expires_at + 3_600_000; now = nextWakeAt(state)) {
    const store: Action = { kind: "store_clip", index: 0 };
    state = settle(begin(state, store, now), badlyEnded(store, "unavailable"), now);
  }
  expect(state.status).toBe("finishing");
});

test("an event that comes after the end changes nothing", () => {
  const ready = until("submit_clip", taskState(), nextWakeAt);
  const submit = { kind: "submit_clip", index: 0 } as const;
  const ended = settle(begin(ready, submit, startedAt), badlyEnded(submit, "refused"), startedAt);
  expect(settle(ended, wellEnded(submit), startedAt)).toBe(ended);
});
