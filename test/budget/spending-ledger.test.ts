import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { endOfDay } from "../../src/budget/day.ts";
import { ledgerOf } from "../../src/budget/ledger-of.ts";
import { microUsdOf, usdOf } from "../../src/budget/money.ts";

const noon = Date.UTC(2026, 10, 23, 12);
const budget = microUsdOf(10);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: noon });
});

/** A ledger that nobody has written to. */
function freshLedger() {
  const ledger = ledgerOf(env, crypto.randomUUID());
  const reserve = (task_id: string, usd: number) =>
    ledger.reserve({ task_id, micro_usd: microUsdOf(usd), budget_micro_usd: budget });
  const settle = (task_id: string, usd: number, day = "2026-11-23") =>
    ledger.settle({ task_id, day, micro_usd: microUsdOf(usd) });
  const left = async () => usdOf((await ledger.balance(budget)).left_micro_usd);
  return { reserve, settle, left };
}

describe("a day's budget", () => {
  test("lets through what it covers, to its last cent, and tells what is left and until when", async () => {
    const { reserve, left } = freshLedger();
    expect(await reserve("a", 6.4)).toEqual({ kind: "reserved", day: "2026-11-23" });
    expect(await reserve("b", 3.61)).toEqual({
      kind: "refused",
      balance: { budget_micro_usd: budget, left_micro_usd: 3_600_000, renews_at: endOfDay(noon) },
    });
    expect(await reserve("b", 3.6)).toMatchObject({ kind: "reserved" });
    expect(await left()).toBe(0);
    expect(await reserve("c", 0.01)).toMatchObject({ kind: "refused" });
  });

  test("is exact when 500 tasks ask at once at its edge", async () => {
    const { reserve, left } = freshLedger();
    const prices = Array.from({ length: 500 }, (_, index) => [0.37, 0.41, 1.6][index % 3] ?? 0);
    const answers = await Promise.all(prices.map((usd, index) => reserve(`task ${index}`, usd)));
    const granted = prices.filter((_, index) => answers[index]?.kind === "reserved");
    const spent = granted.reduce((sum, usd) => sum + microUsdOf(usd), 0);
    expect(spent).toBeLessThanOrEqual(budget);
    expect(await left()).toBe(usdOf(budget - spent));
    // Whoever was refused would not have fitted: nobody who would fit is sent away.
    expect(budget - spent).toBeLessThan(microUsdOf(0.37));
  });

  test("is exact when 500 tasks end at once: what was not spent is free again, what was is not", async () => {
    const { reserve, settle, left } = freshLedger();
    const tasks = Array.from({ length: 500 }, (_, index) => `task ${index}`);
    await Promise.all(tasks.map((task) => reserve(task, 0.02)));
    expect(await left()).toBe(0);
    await Promise.all(tasks.map((task, index) => settle(task, index % 4 === 0 ? 0.01 : 0)));
    expect(await left()).toBe(10 - 125 * 0.01);
  });

  test("does not count a task twice that asks again, and counts the larger of its wishes", async () => {
    const { reserve, left } = freshLedger();
    await reserve("a", 4);
    await reserve("a", 4);
    expect(await left()).toBe(6);
    await reserve("a", 7);
    await reserve("a", 5);
    expect(await left()).toBe(3);
    expect(await reserve("a", 10.5)).toMatchObject({ kind: "refused", balance: { left_micro_usd: 3_000_000 } });
    expect(await left()).toBe(3);
  });

  test("takes a settlement that comes twice, or for a task that set nothing aside, without counting it", async () => {
    const { reserve, settle, left } = freshLedger();
    await reserve("a", 4);
    await settle("a", 1.5);
    await settle("a", 1.5);
    await settle("unknown", 9);
    expect(await left()).toBe(8.5);
  });

  test("that was overspent because it was lowered has nothing left, and not less", async () => {
    const ledger = ledgerOf(env, crypto.randomUUID());
    await ledger.reserve({ task_id: "a", micro_usd: microUsdOf(8), budget_micro_usd: budget });
    expect(await ledger.balance(microUsdOf(5))).toMatchObject({ left_micro_usd: 0 });
    const wish = { task_id: "b", micro_usd: 1, budget_micro_usd: microUsdOf(5) };
    expect(await ledger.reserve(wish)).toMatchObject({ kind: "refused" });
  });

  test("is whole again at midnight UTC, and what is settled later changes nothing of the new day", async () => {
    const { reserve, settle, left } = freshLedger();
    await reserve("a", 10);
    vi.setSystemTime(endOfDay(noon) - 1);
    expect(await reserve("b", 1)).toMatchObject({ kind: "refused" });
    vi.setSystemTime(endOfDay(noon));
    expect(await left()).toBe(10);
    expect(await reserve("b", 1)).toEqual({ kind: "reserved", day: "2026-11-24" });
    await settle("a", 3);
    expect(await left()).toBe(9);
  });

  test("is given back for a later day, too, of which the task never learned", async () => {
    const { reserve, settle, left } = freshLedger();
    await reserve("a", 1);
    vi.setSystemTime(endOfDay(noon));
    await reserve("a", 4);
    await reserve("b", 2);
    await settle("a", 0);
    expect(await left()).toBe(8);
  });

  test("of one key is not another's", async () => {
    const [one, other] = [freshLedger(), freshLedger()];
    await one.reserve("a", 10);
    expect(await other.left()).toBe(10);
  });
});
