/**
 * Runs last: nothing that the service answered, logged or stored in the whole suite holds a key, a token, an address or an
 * id of an upstream, or a text that an upstream said. Run alone, it looks at the tasks that it makes itself.
 */
import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SpendingLedger } from "../../src/budget/spending-ledger.ts";
import type { TaskObject } from "../../src/task/object.ts";
import { disclosures, look, looked } from "../support/disclosures.ts";
import { mp4 } from "../support/movies.ts";
import { file, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import {
  ended,
  freshSandbox,
  get,
  misbehave,
  postForm,
  started,
  usualSettings,
  withSettings,
} from "../support/sandboxed-service.ts";

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));

beforeEach(freshSandbox);
afterEach(usualSettings);

describe.each(["gemini", "vertex", "omni"])("a job on %s", (provider) => {
  beforeEach(() => withSettings({ VIDEO_PROVIDER: provider, DAILY_BUDGET_USD: "100" }));

  test.each(["status_400", "status_500", "status_403", "filtered_output", "operation_error", null])(
    "with %s is looked at from its first to its last word",
    async (fault) => {
      if (fault !== null) await misbehave({ call: "submit", fault, times: 9 });
      const parts = [picture, file("video_reference", await mp4()), text("duration_seconds", "10")];
      const { task_id } = await started(await postForm(parts));
      await ended(task_id);
      const events = await get(`/veo31/status/${task_id}/events`);
      expect(await events.text()).toContain(task_id);
    },
  );
});

test("the stored rows of every task and every ledger are looked at", { timeout: 120_000 }, async () => {
  const lookInto = (stub: DurableObjectStub<TaskObject> | DurableObjectStub<SpendingLedger>) =>
    runInDurableObject(stub, (_, { id, storage }) => {
      for (const row of rowsOf(storage)) look("rows", `object ${id}`, row);
    });
  for (const id of await listDurableObjectIds(env.TASKS)) await lookInto(env.TASKS.get(id));
  for (const id of await listDurableObjectIds(env.LEDGERS)) await lookInto(env.LEDGERS.get(id));
  const { objects } = await env.BUCKET.list({ include: ["customMetadata", "httpMetadata"] });
  for (const { key, customMetadata, httpMetadata } of objects) {
    look("rows", `file ${key}`, JSON.stringify({ key, customMetadata, httpMetadata }));
  }
  for (const { key } of objects.filter((object) => object.key.startsWith("service/"))) {
    look("rows", `file ${key}`, await (await env.BUCKET.get(key))?.text() ?? "");
  }
  expect(looked().rows).toBeGreaterThan(50);
});

test("there were answers, lines and rows, and nothing in them that must stay inside", () => {
  expect(looked().answers).toBeGreaterThan(100);
  expect(looked().lines).toBeGreaterThan(100);
  expect(disclosures()).toEqual([]);
});

test("what must stay inside would be found", () => {
  const before = disclosures().length;
  look("answers", "this test", "…the key sandbox-gemini-key is not accepted…");
  expect(disclosures().length).toBe(before + 1);
});

function* rowsOf({ kv, sql }: DurableObjectStorage): Generator<string> {
  for (const [key, value] of kv.list()) yield `${key} ${JSON.stringify(value)}`;
  const tables = sql.exec<{ name: string }>("select name from sqlite_master where type = 'table'").toArray();
  for (const { name } of tables.filter((table) => !table.name.startsWith("_cf_"))) {
    for (const row of sql.exec(`select * from "${name}"`)) yield `${name} ${JSON.stringify(row)}`;
  }
}
