/** The receivers of webhooks among the examples, told of tasks by the service itself. */
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { createServer } from "node:http";
import process from "node:process";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { misbehave, startTask, until } from "../browser/support/task.ts";
import { temporaryFolder } from "../browser/support/temporary-folder.ts";
import { copyExamples, expectVideo, isRunnable, startExample } from "./support/examples.ts";
import { origin } from "./support/provided.ts";

/** The sandbox's own, known to all. */
const WEBHOOK_SECRET = "whsec_c2FuZGJveC1zZWNyZXQtdGhhdC1pcy1ub3Qtc2VjcmV0";

interface Receiver {
  readonly url: string;
  readonly folder: string;
  /** Waits until it has written something like this. @returns all that it has written */
  said(what: RegExp): Promise<string>;
  stop(): void;
}

beforeAll(copyExamples);

describe.each(["webhook/receiver.mjs", "python/webhook_receiver.py"].filter(isRunnable))("%s", (path) => {
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await startReceiver(path);
    return () => receiver.stop();
  });

  afterEach(() => fetch(`${origin}/sandbox/control/faults`, { method: "DELETE" }));

  test("fetches the video of a task, once, however often it is told", async () => {
    const { task_id } = await startTask(origin, { callback_url: receiver.url });
    const said = await receiver.said(/saved .*\n/);
    expect(await expectVideo(receiver.folder, said, 8)).toBe(task_id);
    expect(said).toContain("cost $3.2");
    const told = await until(origin, task_id, ({ webhook }) => webhook?.status === "delivered");
    await fetch(z.string().parse(told.links.redeliver), { method: "POST" });
    const { webhook } = await until(origin, task_id, ({ webhook }) => webhook?.deliveries.length === 2);
    expect(webhook?.deliveries.map(({ status_code }) => status_code)).toEqual([204, 204]);
    expect(await storedEvents(receiver)).toEqual([`${webhook?.event_id}.json`]);
  });

  test("says why a task failed", async () => {
    await misbehave(origin, { call: "submit", fault: "filtered_prompt" });
    const { task_id } = await startTask(origin, { callback_url: receiver.url });
    expect(await receiver.said(/task\.failed/)).toContain(`task.failed ${task_id}: `);
  });

  test("takes nothing that is not signed, or not signed now", async () => {
    const before = await storedEvents(receiver);
    const old = { "webhook-id": "msg_1", "webhook-timestamp": "1700000000", "webhook-signature": "v1,c2lnbmVk" };
    const now = { ...old, "webhook-timestamp": String(Math.floor(Date.now() / 1_000)) };
    for (const headers of [{}, old, now]) {
      const response = await fetch(receiver.url, { method: "POST", headers, body: '{"type":"task.succeeded"}' });
      expect(response.status).toBe(401);
    }
    expect(await storedEvents(receiver)).toEqual(before);
  });
});

async function storedEvents({ folder }: Receiver): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith(".json"));
}

async function startReceiver(path: string): Promise<Receiver> {
  const folder = await temporaryFolder();
  const port = await freePort();
  const child = startExample(path, [], { folder, settings: { WEBHOOK_SECRET, PORT: String(port) } });
  child.stderr.pipe(process.stderr);
  let written = "";
  child.stdout.on("data", (chunk) => written += chunk);
  const said = async (what: RegExp) => {
    while (!what.test(written)) await once(child.stdout, "data", { signal: AbortSignal.timeout(30_000) });
    return written;
  };
  await said(/listening/);
  return { url: `http://localhost:${port}/`, folder, said, stop: () => child.kill() };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0);
  await once(probe, "listening");
  const address = probe.address();
  await once(probe.close(), "close");
  if (!address || typeof address === "string") throw new Error("No free port was found.");
  return address.port;
}
