/** Every call that reached the stand-in, in order: what was asked, whether it was accepted, and so what was paid for. */
import { z } from "zod";
import { type CallName, callNames } from "./calls.ts";

/** Polls go on for minutes; of what is not paid for, only the last calls are kept. */
const freeCallsMaximum = 2_000;

const rowSchema = z.object({
  seq: z.number().int(),
  /** Milliseconds since 1970. */
  at: z.number(),
  call: z.enum(callNames),
  model: z.string().nullable(),
  accepted: z.number().transform((flag) => flag === 1),
  fault: z.string().nullable(),
  /** HTTP status of the answer, null when the connection was broken. */
  status: z.number().int().nullable(),
  /** What was asked for, without the files. */
  detail: z.string().transform((json): unknown => JSON.parse(json)),
});

export type LedgerRow = z.infer<typeof rowSchema>;

export interface LedgerEntry {
  readonly at: number;
  readonly call: CallName;
  readonly model: string | null;
  readonly accepted: boolean;
  readonly fault: string | null;
  readonly status: number | null;
  readonly detail: unknown;
}

export class Ledger {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`create table if not exists ledger (
      seq integer primary key autoincrement, at integer not null, call text not null, model text,
      accepted integer not null, fault text, status integer, detail text not null
    )`);
  }

  record({ at, call, model, accepted, fault, status, detail }: LedgerEntry): void {
    const { seq } = this.#sql.exec<{ seq: number }>(
      "insert into ledger (at, call, model, accepted, fault, status, detail) values (?, ?, ?, ?, ?, ?, ?) returning seq",
      ...[at, call, model, accepted ? 1 : 0, fault, status, JSON.stringify(detail ?? null)],
    ).one();
    this.#sql.exec("delete from ledger where call <> 'submit' and seq <= ?", seq - freeCallsMaximum);
  }

  list(): LedgerRow[] {
    return this.#sql.exec("select * from ledger order by seq").toArray().map((row) => rowSchema.parse(row));
  }

  /** Clips that the real Veo would have charged for, or refused without charge only later. */
  acceptedSubmits(): number {
    return this.#sql.exec<{ count: number }>(
      "select count(*) as count from ledger where call = 'submit' and accepted = 1",
    ).one().count;
  }

  clear(): void {
    this.#sql.exec("delete from ledger");
  }
}
