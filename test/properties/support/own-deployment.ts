/**
 * A deployment for one request alone: the whole service, with a bucket in memory, a network and objects of tasks that
 * only note what is asked of them. What a request leaves is seen at once, and there is time for thousands of uploads.
 */
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { createService } from "../../../src/service.ts";
import { MemoryBucket } from "../../support/memory-bucket.ts";
import { type Answer, answerOf, requestOf, type SentRequest } from "./sent-request.ts";

/** @throws AssertionError when the request left anything, started anything or asked anybody */
export async function sendAlone(sent: SentRequest): Promise<Answer> {
  const bucket = await bucketAsItIs();
  const keys = bucket.keys;
  const asked: string[] = [];
  const context = createExecutionContext();
  const service = createService({ fetch: refusingFetch(asked) });
  const answer = await answerOf(
    await service.fetch(
      requestOf(sent),
      Object.assign({}, env, { BUCKET: bucket, TASKS: tasksThatNote(asked) }),
      context,
    ),
  );
  await waitOnExecutionContext(context);
  expect(bucket.keys, "files in the bucket").toEqual(keys);
  expectAsked(asked, bucket.calls.some(({ call }) => call === "put" || call === "complete"));
  return answer;
}

/** Who stores a file has told the task's object before, and tells it in the end that there will be no task. */
function expectAsked(asked: readonly string[], isStored: boolean): void {
  const announced = ["expect", "forsake"];
  if (isStored || asked.length > 0) expect(asked).toEqual(announced);
}

/** What the service itself keeps: what was seen of the models, in the time that stands still. */
let kept: Promise<readonly (readonly [key: string, bytes: ArrayBuffer])[]> | null = null;

async function bucketAsItIs(): Promise<MemoryBucket> {
  const bucket = new MemoryBucket();
  for (const [key, bytes] of await (kept ??= keptByService())) await bucket.put(key, bytes);
  bucket.calls.length = 0;
  return bucket;
}

async function keptByService(): Promise<(readonly [key: string, bytes: ArrayBuffer])[]> {
  const { objects } = await env.BUCKET.list({ prefix: "service/" });
  return await Promise.all(objects.map(async ({ key }) => {
    const object = await env.BUCKET.get(key);
    return [key, object ? await object.arrayBuffer() : new ArrayBuffer()] as const;
  }));
}

function refusingFetch(asked: string[]): typeof fetch {
  return (input) => {
    asked.push(`fetch ${new Request(input).url}`);
    return Promise.reject(new Error("Nobody is to be asked."));
  };
}

function tasksThatNote(asked: string[]) {
  const noted = (call: string) => () => {
    asked.push(call);
    // To `forsake` it says that the task has not started, so its files are deleted.
    return Promise.resolve(call === "forsake" ? true : null);
  };
  const calls = ["expect", "forsake", "start", "view", "approve", "cancel", "remove", "fetch"];
  const stub = Object.fromEntries(calls.map((call) => [call, noted(call)]));
  // A look whether there is such a task leaves nothing.
  return { getByName: () => ({ ...stub, find: () => Promise.resolve({ kind: "nothing" }) }) };
}
