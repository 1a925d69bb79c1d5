/** What a task has with its owner's ledger where no budget is set: nothing. */
import type { PerformDependencies } from "../../task/perform.ts";
import { succeeded } from "../../upstream/outcome.ts";

export const noAccount: PerformDependencies["account"] = {
  cover: () => Promise.resolve(succeeded(null)),
  settle: () => Promise.resolve(succeeded(null)),
  ledger: () => {
    throw new Error("Without a budget nothing is set aside.");
  },
};
