/** What follows from telling the ledger what the task cost. Pure. */
import { endOfDay } from "../budget/day.ts";
import type { Outcome } from "../upstream/outcome.ts";
import { withFault } from "./change.ts";
import type { TaskState } from "./state.ts";

/** What was set aside while the ledger was told is told anew; else it is told again and again until the day is over that it counts for: then it is no longer of use. */
export function settleSpendingSettled(state: TaskState, outcome: Outcome<null>, now: number): TaskState {
  const { spending } = state;
  if (!spending?.settle || spending.settle.started_at === null) return state;
  if (outcome.ok || now >= endOfDay(Date.parse(spending.day))) {
    return { ...state, spending: { ...spending, settle: null } };
  }
  return withFault(state, { kind: "settle_spending" }, outcome.fault, now);
}
