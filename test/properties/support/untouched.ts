/** Everything that a refused request must leave as it was. */
import { env } from "cloudflare:workers";
import { listDurableObjectIds, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, vi } from "vitest";
import { callsSeen } from "../../support/sandboxed-service.ts";

/** What is there now, as text that can be compared: all of the bucket, all calls of upstreams. */
export async function whatIsThere(): Promise<string> {
  const [stored, calls] = await Promise.all([env.BUCKET.list(), callsSeen()]);
  const files = stored.objects.map(({ key, etag }) => `${key} ${etag}`);
  return JSON.stringify({ files, more: stored.truncated, calls }, null, 1);
}

/** Names of all objects of tasks that were ever asked for anything. */
export async function objectsOfTasks(): Promise<ReadonlySet<string>> {
  return new Set((await listDurableObjectIds(env.TASKS)).map(String));
}

/** Of how many objects it is looked up what they keep. */
const objectsLookedInto = 25;

/**
 * An object that was told to expect files may have an alarm to remove them; after it nothing is kept in it.
 *
 * @param before what {@link objectsOfTasks} said before the requests
 */
export async function expectNoTasksSince(before: ReadonlySet<string>): Promise<void> {
  const fresh = [...await objectsOfTasks()].filter((id) => !before.has(id)).slice(-objectsLookedInto);
  for (const id of fresh) {
    const stub = env.TASKS.get(env.TASKS.idFromString(id));
    const kept = () => runInDurableObject(stub, (_, state) => [...state.storage.kv.list()].map(([key]) => key));
    expect(await kept()).not.toContain("task");
    const alarm = await runInDurableObject(stub, (_, state) => state.storage.getAlarm());
    if (alarm !== null) vi.setSystemTime(Math.max(alarm, Date.now()));
    await runDurableObjectAlarm(stub);
    expect(await kept()).toEqual([]);
  }
}
