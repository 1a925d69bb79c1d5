import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { expect, test, vi } from "vitest";
import { mediaKey } from "../../src/storage/task-files.ts";
import { newRemoval, performRemoval } from "../../src/task/removal.ts";
import { RemovalStore } from "../../src/task/removal-store.ts";
import { performDependencies } from "../support/perform-dependencies.ts";
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

test("a copy that cannot be forgotten, for whatever reason, does not keep the files in R2", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const state = taskState({ plan: plan({}, "omni") });
  const removal = { ...newRemoval(state, "deleted"), copies: ["of another version"], tries: 1 };
  const key = mediaKey(state.media_secret, "reference_image1.jpg");
  await env.BUCKET.put(key, "picture");
  const isOver = await performRemoval(removal, performDependencies());
  expect(isOver).toBe(false);
  expect(await env.BUCKET.head(key)).toBeNull();
});
