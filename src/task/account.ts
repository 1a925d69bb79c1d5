/**
 * What a task has with its owner's ledger. A ledger that does not answer lets nothing be spent; where no budget is set, none
 * is asked.
 */
import { dayOf } from "../budget/day.ts";
import type { Reservation, Settlement } from "../budget/entries.ts";
import { type Ledger, ledgerOf } from "../budget/ledger-of.ts";
import { microUsdOf } from "../budget/money.ts";
import type { Settings } from "../env.ts";
import { logFailure } from "../log.ts";
import { failed, type Outcome, succeeded } from "../upstream/outcome.ts";
import type { Truth } from "./mover.ts";
import {
  neededMicroUsd,
  newSpending,
  settlementOf,
  spendingOf,
  wishFor,
  wishForToday,
  withReserved,
  withReservedToday,
} from "./spending.ts";
import type { Spending, TaskStart, TaskState } from "./state.ts";

/** A grant, a look whether it is enough, and both once more. */
const coverLooksMaximum = 4;

/** What became of the wish to set money aside. */
export type Reserved<Value> =
  | { readonly kind: "reserved"; readonly value: Value }
  | (Reservation & { readonly kind: "refused"; readonly needed_micro_usd: number });

export class TaskAccount {
  readonly #env: Env;
  readonly #settings: () => Settings;
  readonly #truth: Truth;

  constructor(env: Env, settings: () => Settings, truth: Truth) {
    this.#env = env;
    this.#settings = settings;
    this.#truth = truth;
  }

  /**
   * Sets aside what a task is expected to cost, before there is one.
   *
   * @returns null in place of the spending where no budget is set
   */
  async open({ task_id, owner, plan }: TaskStart): Promise<Reserved<Spending | null>> {
    const needed = microUsdOf(plan.estimate_usd);
    const reservation = await this.#reserve(owner, task_id, needed);
    if (reservation?.kind === "refused") return { ...reservation, needed_micro_usd: needed };
    const spending = reservation && newSpending(reservation.day, needed, Date.now());
    return { kind: "reserved", value: spending };
  }

  /** What takes {@link open} back, should the task not start; null where no budget is set. */
  withdrawal({ task_id, owner }: TaskStart): (Settlement & { owner: string | null }) | null {
    if (this.#settings().dailyBudgetUsd === null) return null;
    return { task_id, owner, day: dayOf(Date.now()), micro_usd: 0 };
  }

  /**
   * Before prompts are approved, perhaps a day later: until then nothing of what was set aside was spent.
   *
   * @returns whether something was set aside anew
   */
  async renew(state: TaskState): Promise<Reserved<boolean>> {
    const now = Date.now();
    const needed = wishForToday(spendingOf(state, now), neededMicroUsd(state), dayOf(now));
    const reservation = needed > 0 ? await this.#reserve(state.owner, state.task_id, needed) : null;
    if (reservation?.kind === "refused") return { ...reservation, needed_micro_usd: needed };
    if (!reservation) return { kind: "reserved", value: false };
    await this.#keep(state, (current) => withReservedToday(current, reservation.day, needed, Date.now()));
    return { kind: "reserved", value: true };
  }

  /**
   * Before a clip is asked for: sets aside what the task may cost with it, as far as it has not been.
   *
   * @returns `over_budget` when the day's budget does not cover it, `ledger_silent` when the ledger does not answer: the
   * clip must not be asked for then
   */
  async cover(): Promise<Outcome<null>> {
    try {
      // A second time when midnight came between the wish and its grant, which then counts for another day.
      for (let looks = 0; looks < coverLooksMaximum; looks++) {
        const covered = await this.#coverOnce();
        if (covered !== "more") return covered;
      }
      return failed("ledger_silent", "the ledger's day and ours do not agree");
    } catch (error) {
      logFailure("ledger_not_asked", error, { task_id: this.#truth.load()?.task_id });
      return failed("ledger_silent", "the ledger of the key's spending did not answer");
    }
  }

  async #coverOnce(): Promise<Outcome<null> | "more"> {
    const state = this.#truth.load();
    if (!state) return succeeded(null);
    const now = Date.now();
    const wish = wishFor(spendingOf(state, now), neededMicroUsd(state), dayOf(now));
    const reservation = wish > 0 ? await this.#reserve(state.owner, state.task_id, wish) : null;
    if (!reservation) return succeeded(null);
    if (reservation.kind === "refused") {
      const untilRenewalMs = reservation.balance.renews_at - Date.now();
      return failed("over_budget", "the day's budget does not cover the clip", Math.max(0, untilRenewalMs));
    }
    await this.#keep(state, (current) => withReserved(current, reservation.day, wish, Date.now()));
    return "more";
  }

  /** Tells the ledger what the task cost. */
  async settle(state: TaskState): Promise<Outcome<null>> {
    const settlement = settlementOf(state);
    if (settlement) await this.ledger(state.owner).settle(settlement);
    return succeeded(null);
  }

  ledger(owner: string | null): Ledger {
    return ledgerOf(this.#env, owner);
  }

  /** Remembers what was set aside. Of a task that is gone by now, only what it may have cost stays set aside. */
  async #keep(state: TaskState, reserved: (state: TaskState) => TaskState): Promise<void> {
    if (!this.#truth.change(reserved)) await this.settle(reserved(state));
  }

  /** @returns null where no budget is set (any more) */
  async #reserve(owner: string | null, taskId: string, microUsd: number): Promise<Reservation | null> {
    const { dailyBudgetUsd } = this.#settings();
    if (dailyBudgetUsd === null) return null;
    const budget_micro_usd = microUsdOf(dailyBudgetUsd);
    return await this.ledger(owner).reserve({ task_id: taskId, micro_usd: microUsd, budget_micro_usd });
  }
}
