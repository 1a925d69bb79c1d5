/** Which calls are to go wrong, how, and how often: what a test or a person wrote down beforehand. */
import { z } from "zod";
import { type CallName, callNames, type FaultName, faultsByCall } from "./calls.ts";

const faultNames = [...new Set(Object.values(faultsByCall).flat())];

export const faultSchema = z.strictObject({
  call: z.enum(callNames),
  fault: z.enum(faultNames),
  /** How many calls it hits before it is spent. */
  times: z.number().int().positive().default(1),
  /** Share of the calls that it hits, drawn from `seed`; without it, every call until it is spent. */
  probability: z.number().min(0).max(1).default(1),
  seed: z.number().int().default(1),
}).refine(({ call, fault }) => faultsByCall[call].some((possible: FaultName) => possible === fault), {
  error: "this fault cannot happen to this call",
  path: ["fault"],
});

export type Fault = z.infer<typeof faultSchema>;

const storedSchema = z.object({
  id: z.number(),
  call: z.enum(callNames),
  fault: z.enum(faultNames),
  times: z.number(),
  probability: z.number(),
  seed: z.number(),
  draws: z.number(),
});

export class FaultScript {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`create table if not exists faults (
      id integer primary key, call text not null, fault text not null, times integer not null,
      probability real not null, seed integer not null, draws integer not null default 0
    )`);
  }

  add(faults: readonly Fault[]): void {
    for (const { call, fault, times, probability, seed } of faults) {
      this.#sql.exec(
        "insert into faults (call, fault, times, probability, seed) values (?, ?, ?, ?, ?)",
        ...[call, fault, times, probability, seed],
      );
    }
  }

  /** What is still to happen, in the order it was written. */
  list() {
    return this.#sql.exec("select * from faults order by id").toArray().map((row) => storedSchema.parse(row));
  }

  /** The fault that hits this call, if one does; it is spent by that. */
  take(call: CallName): FaultName | undefined {
    for (const entry of this.list().filter((entry) => entry.call === call)) {
      this.#sql.exec("update faults set draws = draws + 1 where id = ?", entry.id);
      if (draw(entry.seed, entry.draws) >= entry.probability) continue;
      this.#sql.exec("update faults set times = times - 1 where id = ?", entry.id);
      this.#sql.exec("delete from faults where times <= 0");
      return entry.fault;
    }
    return undefined;
  }

  clear(): void {
    this.#sql.exec("delete from faults");
  }
}

/** The n-th number of a seed's series, 0 to 1: the same seed hits the same calls (mulberry32). */
function draw(seed: number, n: number): number {
  let state = seed + Math.imul(n + 1, 0x6d2b79f5) | 0;
  state = Math.imul(state ^ state >>> 15, state | 1);
  state ^= state + Math.imul(state ^ state >>> 7, state | 61);
  return ((state ^ state >>> 14) >>> 0) / 2 ** 32;
}
