/** Where a key's ledger is. */
import type { SpendingLedger } from "./spending-ledger.ts";

export type Ledger = Pick<DurableObjectStub<SpendingLedger>, "reserve" | "settle" | "balance">;

/** Without keys everybody who is let in spends from one budget. */
const commonLedger = "everybody";

/** @param owner whose key it is (`ownerOf`); null in a deployment without keys */
export function ledgerOf({ LEDGERS }: Pick<Env, "LEDGERS">, owner: string | null): Ledger {
  return LEDGERS.getByName(owner ?? commonLedger);
}
