import { describe, expect, test } from "vitest";
import { begin, settle } from "../../src/task/settle.ts";
import { neededMicroUsd, newSpending, settlementOf, wishFor, withReserved } from "../../src/task/spending.ts";
import type { TaskState } from "../../src/task/state.ts";
import { nextWakeAt } from "../../src/task/wake.ts";
import { failed } from "../../src/upstream/outcome.ts";
import { badlyEnded, until } from "../support/drive.ts";
import { plan, startedAt, taskState } from "../support/task-state.ts";

const today = "2026-11-23";
const tomorrow = "2026-11-24";
const settleSpending = { kind: "settle_spending" } as const;

/** A task of two clips of $3.20 that are about to be asked for, with its estimate set aside. */
function asking(): TaskState {
  const state = taskState({ plan: plan({ duration_seconds: 16 }) });
  return { ...until("submit_clip", state, nextWakeAt), spending: newSpending(today, 6_400_000, startedAt) };
}

const submit = { kind: "submit_clip", index: 0 } as const;

describe("what a task may cost", () => {
  test("is its estimate, as long as no try was lost that may have cost money", () => {
    const state = asking();
    expect(neededMicroUsd(state)).toBe(6_400_000);
    expect(neededMicroUsd(begin(state, submit, startedAt))).toBe(6_400_000);
    expect(wishFor(newSpending(today, 6_400_000, startedAt), neededMicroUsd(state), tomorrow)).toBe(0);
  });

  test("is more after a try that may have cost money, and of another day only what is more", () => {
    const [first, ...others] = asking().segments;
    const lost = { ...asking(), segments: first ? [{ ...first, lost_tries: ["unknown" as const] }, ...others] : [] };
    const needed = neededMicroUsd(lost);
    expect(needed).toBe(9_600_000);
    expect(wishFor(newSpending(today, 6_400_000, startedAt), needed, today)).toBe(9_600_000);
    expect(wishFor(newSpending(today, 6_400_000, startedAt), needed, tomorrow)).toBe(3_200_000);
    const granted = withReserved(lost, tomorrow, 3_200_000, startedAt);
    expect(granted.spending).toMatchObject({
      day: tomorrow,
      reserved_micro_usd: 3_200_000,
      earlier_micro_usd: 6_400_000,
    });
    expect(granted.spending && wishFor(granted.spending, needed, tomorrow)).toBe(0);
    // One try was lost: that is what is known to have been spent, all of it on the day before.
    expect(settlementOf(granted)).toMatchObject({ day: tomorrow, micro_usd: 0 });
  });
});

test("a settlement that was under way does not close what was set aside meanwhile", () => {
  const ended = { ...asking(), status: "canceled" as const };
  const under = begin(ended, settleSpending, startedAt);
  const renewed = withReserved(under, tomorrow, 3_200_000, startedAt);
  const settled = settle(renewed, { kind: "spending_settled", outcome: { ok: true, value: null } }, startedAt);
  expect(settled.spending?.settle).not.toBeNull();
  const again = begin(settled, settleSpending, startedAt);
  const closed = settle(again, { kind: "spending_settled", outcome: { ok: true, value: null } }, startedAt);
  expect(closed.spending?.settle).toBeNull();
});

test("a ledger that does not answer is told again until the day is over", () => {
  const outcome = failed("unavailable", "silent");
  const under = begin({ ...asking(), status: "canceled" as const }, settleSpending, startedAt);
  const before = settle(under, { kind: "spending_settled", outcome }, Date.parse(tomorrow) - 1);
  expect(before.spending?.settle).not.toBeNull();
  const after = settle(under, { kind: "spending_settled", outcome }, Date.parse(tomorrow));
  expect(after.spending?.settle).toBeNull();
});

test("a ledger that does not answer before a clip is not blamed on the model, and nothing is paid", () => {
  let state = asking();
  for (let tries = 0; tries < 5; tries++) {
    const now = nextWakeAt(state);
    state = settle(begin(state, submit, now), badlyEnded(submit, "ledger_silent"), now);
    expect(state.segments[0]?.submit.waits_for).toBeNull();
  }
  expect(state).toMatchObject({ status: "failed", error: { code: "provider_error", charged: "no" } });
  expect(state.error?.message).toContain("budget");
  expect(state.error?.message).not.toMatch(/Veo|Google/);
});
