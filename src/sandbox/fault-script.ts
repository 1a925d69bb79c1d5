/** Which calls are to go wrong, how, and how often: what a test or a person wrote down beforehand. */
import { z } from "zod";
import { type CallName, callNames, type FaultName, faultsByCall } from "./calls.ts";

const faultNames = [...new Set(Object.values(faultsByCall).flat())];

export const faultSchema = z.strictObject({
  call: z.enum(callNames),
  fault: z.enum(faultNames),
  /** How many calls, of those that it could hit, pass unharmed before. */
  after: z.number().int().nonnegative().default(0),
  /** Hits only submits, polls and downloads of a clip in whose prompt this is. */
  prompt_contains: z.string().min(1).nullable().default(null),
  /** How many calls it hits before it is spent. */
  times: z.number().int().positive().default(1),
  /** Share of the calls that it hits, drawn from `seed`; without it, every call until it is spent. */
  probability: z.number().min(0).max(1).default(1),
  seed: z.number().int().default(1),
}).refine(({ call, fault }) => faultsByCall[call].some((possible: FaultName) => possible === fault), {
  error: "this fault cannot happen to this call",
  path: ["fault"],
}).refine(({ fault, prompt_contains }) => fault !== "refused" || prompt_contains === null, {
  error: "a connection is refused before the prompt is read",
  path: ["prompt_contains"],
});

export type Fault = z.infer<typeof faultSchema>;

const storedSchema = z.object({
  id: z.number(),
  call: z.enum(callNames),
  fault: z.enum(faultNames),
  after: z.number(),
  prompt_contains: z.string().nullable(),
  times: z.number(),
  probability: z.number(),
  seed: z.number(),
  draws: z.number(),
});

type StoredFault = z.infer<typeof storedSchema>;

/** A call, as far as it matters to which faults can hit it. */
export interface FaultTarget {
  readonly name: CallName;
  /** The prompt of the clip that the call is about. */
  readonly prompt?: string | undefined;
  /** Faults that cannot happen to it now; they wait for a later call. */
  readonly immune?: readonly FaultName[];
}

export class FaultScript {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`create table if not exists faults (
      id integer primary key, call text not null, fault text not null, after integer not null, prompt_contains text,
      times integer not null, probability real not null, seed integer not null, draws integer not null default 0
    )`);
  }

  add(faults: readonly Fault[]): void {
    for (const { call, fault, after, prompt_contains, times, probability, seed } of faults) {
      this.#sql.exec(
        "insert into faults (call, fault, after, prompt_contains, times, probability, seed) values (?, ?, ?, ?, ?, ?, ?)",
        ...[call, fault, after, prompt_contains, times, probability, seed],
      );
    }
  }

  /** What is still to happen, in the order it was written. */
  list() {
    return this.#sql.exec("select * from faults order by id").toArray().map((row) => storedSchema.parse(row));
  }

  /** The fault that hits this call, if one does; it is spent by that. Every other that waits has seen one call pass. */
  take(target: FaultTarget): FaultName | undefined {
    return this.#takeOne((fault) => canHit(fault, target))?.fault;
  }

  /** The call whose connection is refused, of those that a request can be; undefined when it is let through. */
  takeRefused(calls: readonly CallName[]): CallName | undefined {
    return this.#takeOne(({ call, fault }) => fault === "refused" && calls.includes(call))?.call;
  }

  #takeOne(isPossible: (fault: StoredFault) => boolean): StoredFault | undefined {
    const possible = this.list().filter(isPossible);
    for (const { id } of possible) this.#sql.exec("update faults set after = after - 1 where id = ? and after > 0", id);
    return possible.find((fault) => fault.after === 0 && this.#hits(fault));
  }

  #hits({ id, seed, draws, probability }: StoredFault): boolean {
    this.#sql.exec("update faults set draws = draws + 1 where id = ?", id);
    if (draw(seed, draws) >= probability) return false;
    this.#sql.exec("update faults set times = times - 1 where id = ?", id);
    this.#sql.exec("delete from faults where times <= 0");
    return true;
  }

  clear(): void {
    this.#sql.exec("delete from faults");
  }
}

function canHit({ call, fault, prompt_contains }: StoredFault, { name, prompt, immune = [] }: FaultTarget): boolean {
  if (call !== name || fault === "refused" || immune.includes(fault)) return false;
  return prompt_contains === null || prompt?.includes(prompt_contains) === true;
}

/** The n-th number of a seed's series, 0 to 1: the same seed hits the same calls (mulberry32). */
function draw(seed: number, n: number): number {
  let state = seed + Math.imul(n + 1, 0x6d2b79f5) | 0;
  state = Math.imul(state ^ state >>> 15, state | 1);
  state ^= state + Math.imul(state ^ state >>> 7, state | 61);
  return ((state ^ state >>> 14) >>> 0) / 2 ** 32;
}
