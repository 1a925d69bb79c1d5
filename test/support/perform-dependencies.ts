/** What an action is performed with, where a test does not say otherwise: nothing answers, and no budget is set. */
import { env } from "cloudflare:workers";
import { ledgerOf } from "../../src/budget/ledger-of.ts";
import { readSettings } from "../../src/env.ts";
import { consoleLog } from "../../src/log.ts";
import type { PerformDependencies } from "../../src/task/perform.ts";
import { succeeded } from "../../src/upstream/outcome.ts";

export function performDependencies(partial: Partial<PerformDependencies> = {}): PerformDependencies {
  return {
    settings: () => readSettings(env),
    bucket: env.BUCKET,
    media: null,
    fetch: () => Promise.reject(new Error("Nobody answers.")),
    isWanted: () => true,
    inTurn: (work) => work(),
    log: consoleLog,
    account: {
      cover: () => Promise.resolve(succeeded(null)),
      settle: () => Promise.resolve(succeeded(null)),
      ledger: (owner) => ledgerOf(env, owner),
    },
    ...partial,
  };
}
