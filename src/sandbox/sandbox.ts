/** What all parts of the stand-in share: its stores, its clock, and how it waits. */
import { FaultScript } from "./fault-script.ts";
import { FileStore } from "./file-store.ts";
import { Ledger } from "./ledger.ts";
import { OperationStore } from "./operation-store.ts";
import { Settings } from "./settings.ts";

export interface Sandbox {
  readonly settings: Settings;
  readonly faults: FaultScript;
  readonly ledger: Ledger;
  readonly files: FileStore;
  readonly operations: OperationStore;
  /** Milliseconds since 1970. */
  now(): number;
  wait(milliseconds: number): Promise<void>;
}

/** Opens the stand-in on a database; the first time, its tables are made. */
export function openSandbox(sql: SqlStorage, clock: Pick<Sandbox, "now" | "wait">): Sandbox {
  return {
    settings: new Settings(sql),
    faults: new FaultScript(sql),
    ledger: new Ledger(sql),
    files: new FileStore(sql),
    operations: new OperationStore(sql),
    ...clock,
  };
}

/** Forgets everything: calls, faults, files, operations, latencies, limits. */
export function resetSandbox({ settings, faults, ledger, files, operations }: Sandbox): void {
  for (const store of [settings, faults, ledger, files, operations]) store.clear();
}
