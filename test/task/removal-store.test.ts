import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { newRemoval } from "../../src/task/removal.ts";
import { RemovalStore } from "../../src/task/removal-store.ts";
import { plan, taskState } from "../support/task-state.ts";

const operation = { id: "interaction-1", files: [] };

test.each([["omni", [operation]], ["vertex", []]] as const)(
  "a clip that %s took after its task was forgotten is noted where it has to be stopped and forgotten there",
  async (provider, copies) => {
    await runInDurableObject(env.TASKS.getByName(crypto.randomUUID()), (_, { storage }) => {
      const store = new RemovalStore(storage);
      store.addCopy(operation);
      expect(store.load()).toBeNull();
      store.save(newRemoval(taskState({ plan: plan({}, provider) }), "deleted"));
      store.addCopy(operation);
      expect(store.load()?.copies).toEqual(copies);
    });
  },
);
