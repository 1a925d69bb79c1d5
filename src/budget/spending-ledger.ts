/**
 * The Durable Object of one key's spending: what is set aside and what was spent on a day, to the millionth of a dollar.
 *
 * Before a task may cost anything, its estimate is set aside here; when it has ended, what it really cost stands instead,
 * or nothing. There is one object a key and nothing in it waits, so of any number of tasks at once only those are let
 * through that the day's budget covers. Money that may have been paid counts as paid.
 *
 * What a task sets aside counts for the day it did so on, also when its clips are taken after midnight. Days that are over
 * are forgotten with the first wish of a new one.
 */
import { DurableObject } from "cloudflare:workers";
import { dayOf, endOfDay } from "./day.ts";
import { type Balance, type Reservation, type Settlement, settlementSchema, type Wish, wishSchema } from "./entries.ts";

const entriesTable =
  "create table if not exists entries (day text, task_id text, micro_usd integer not null, primary key (day, task_id))";

export class SpendingLedger extends DurableObject<Env> {
  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    context.storage.sql.exec(entriesTable);
  }

  /** Sets money aside for a task. Asked again, it is the larger of both wishes, so that an answer may be lost. */
  reserve(unread: Wish): Reservation {
    const wish = wishSchema.parse(unread);
    const now = Date.now();
    const day = dayOf(now);
    const { sql } = this.ctx.storage;
    sql.exec("delete from entries where day < ?", day);
    const before = this.#sum(
      "select sum(micro_usd) as micro_usd from entries where day = ? and task_id = ?",
      day,
      wish.task_id,
    );
    if (wish.micro_usd > before) {
      const balance = this.balance(wish.budget_micro_usd);
      if (wish.micro_usd - before > balance.left_micro_usd) return { kind: "refused", balance };
      sql.exec("insert or replace into entries values (?, ?, ?)", day, wish.task_id, wish.micro_usd);
    }
    return { kind: "reserved", day };
  }

  /**
   * Puts what was spent in the place of what was set aside. Of a day that is over nothing is kept; and nothing was spent of
   * what was set aside on a later one, for whoever settles does not know of it: the answer was lost.
   */
  settle(unread: Settlement): void {
    const { task_id, day, micro_usd } = settlementSchema.parse(unread);
    const { sql } = this.ctx.storage;
    sql.exec("delete from entries where day > ? and task_id = ?", day, task_id);
    if (micro_usd === 0) sql.exec("delete from entries where day = ? and task_id = ?", day, task_id);
    else sql.exec("update entries set micro_usd = ? where day = ? and task_id = ?", micro_usd, day, task_id);
  }

  balance(budgetMicroUsd: number): Balance {
    const now = Date.now();
    const taken = this.#sum("select sum(micro_usd) as micro_usd from entries where day = ?", dayOf(now));
    return {
      budget_micro_usd: budgetMicroUsd,
      left_micro_usd: Math.max(0, budgetMicroUsd - taken),
      renews_at: endOfDay(now),
    };
  }

  /** The sum of no rows is null. */
  #sum(query: string, ...bindings: string[]): number {
    return this.ctx.storage.sql.exec<{ micro_usd: number | null }>(query, ...bindings).one().micro_usd ?? 0;
  }
}
