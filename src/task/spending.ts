/**
 * What a task sets aside of its key's daily budget. Pure.
 *
 * The estimate is set aside before the task begins. A clip that is made again, or by a dearer model, needs more; that is
 * set aside before it is asked for. When the task has ended, the ledger is told what it cost, as far as it may have cost.
 */
import { microUsdOf } from "../budget/money.ts";
import type { Settlement } from "../budget/entries.ts";
import { priceOf } from "../veo/plan.ts";
import { atMostUsd, chargesOf, type Priced } from "./cost.ts";
import { newJob, type Spending, type TaskState } from "./state.ts";

/** What was set aside on a day, as the task remembers it. */
export function newSpending(day: string, microUsd: number, now: number): Spending {
  return { day, reserved_micro_usd: microUsd, earlier_micro_usd: 0, settle: newJob(now) };
}

/** The spending of a task for which nothing was set aside, because no budget was set when it began. */
export function spendingOf(state: TaskState, now: number): Spending {
  if (state.spending) return state.spending;
  // What is being asked for now is still to be set aside.
  const segments = state.segments.map((segment) => ({ ...segment, submit: { ...segment.submit, started_at: null } }));
  return { ...newSpending("", 0, now), earlier_micro_usd: microUsdOf(atMostUsd({ ...state, segments })) };
}

/** What the task may cost in all if each clip that is still to be made is charged. */
export function neededMicroUsd(state: TaskState): number {
  const { plan, segments } = state;
  if (segments.length === 0) return microUsdOf(plan.estimate_usd);
  const seconds = segments.flatMap((segment) => {
    const open = segment.charged === "no" && segment.submit.started_at === null ? 1 : 0;
    const paid = chargesOf(segment).filter((charged) => charged !== "no").length;
    return new Array<number>(open + paid).fill(segment.seconds);
  });
  return microUsdOf(priceOf(seconds.reduce((sum, one) => sum + one, 0), plan.usd_per_second));
}

/** What must be set aside on this day so that the task may cost as much; 0 when nothing more needs to be. */
export function wishFor(spending: Spending, neededInAll: number, today: string): number {
  const { day, reserved_micro_usd, earlier_micro_usd } = spending;
  if (neededInAll <= earlier_micro_usd + reserved_micro_usd) return 0;
  return neededInAll - earlier_micro_usd - (day === today ? 0 : reserved_micro_usd);
}

/** What must be set aside anew when a task begins to cost something only now: a day that is over pays for nothing. */
export function wishForToday(spending: Spending, neededInAll: number, today: string): number {
  return spending.day === today ? wishFor(spending, neededInAll, today) : neededInAll;
}

/** The task after {@link wishForToday} was granted: nothing of an earlier day counts. */
export function withReservedToday(state: TaskState, day: string, microUsd: number, now: number): TaskState {
  if (state.spending?.day === day) return withReserved(state, day, microUsd, now);
  return { ...state, spending: newSpending(day, microUsd, now) };
}

/** The task after a wish was granted. What it costs is told (again) in the end, even if it ended meanwhile. */
export function withReserved(state: TaskState, day: string, microUsd: number, now: number): TaskState {
  const spending = spendingOf(state, now);
  const { reserved_micro_usd: before, earlier_micro_usd: earlier } = spending;
  const granted = spending.day === day
    ? { ...newSpending(day, Math.max(before, microUsd), now), earlier_micro_usd: earlier }
    : { ...newSpending(day, microUsd, now), earlier_micro_usd: earlier + before };
  return { ...state, spending: granted };
}

/** What the ledger is told in the end: days before the last one are over, and keep what was set aside on them. */
export function settlementOf(task: Priced & Pick<TaskState, "task_id" | "spending">): Settlement | null {
  const { spending, task_id } = task;
  if (!spending) return null;
  const spent = microUsdOf(atMostUsd(task)) - spending.earlier_micro_usd;
  return { task_id, day: spending.day, micro_usd: Math.max(0, spent) };
}
