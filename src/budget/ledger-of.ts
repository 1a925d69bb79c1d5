/** Where a key's ledger is. */
import type { Balance, Reservation, Settlement, Wish } from "./entries.ts";

/** A ledger as it is reached from elsewhere (`SpendingLedger`). */
export interface Ledger {
  reserve(wish: Wish): Promise<Reservation>;
  settle(settlement: Settlement): Promise<void>;
  balance(budgetMicroUsd: number): Promise<Balance>;
}

/** Without keys everybody who is let in spends from one budget. */
const commonLedger = "everybody";

/** @param owner whose key it is (`ownerOf`); null in a deployment without keys */
export function ledgerOf({ LEDGERS }: Pick<Env, "LEDGERS">, owner: string | null): Ledger {
  return LEDGERS.getByName(owner ?? commonLedger);
}
