/** Sends generated requests in batches and looks after each whether anything is there that was not there before. */
import fc, { type Arbitrary } from "fast-check";
import { expect } from "vitest";
import { expectAnswer, type Generated } from "./expect-answer.ts";
import { seed } from "./seed.ts";
import { type Answer, send, type SentRequest, shown } from "./sent-request.ts";
import { type PropertyName, shares } from "./shares.ts";
import { expectNoTasksSince, objectsOfTasks, whatIsThere } from "./untouched.ts";

/** Requests under way at once; a batch is looked after as a whole. */
const batchRequests = 25;

/** How long a failure is made smaller. */
const shrinkingMaximumMs = 10_000;

/** For `test`: on a machine that does other things, too. */
export const propertyTimeoutMs = 120_000;

export interface Way<Request extends Generated> {
  readonly deliver?: (request: SentRequest) => Promise<Answer>;
  readonly check?: (request: Request, answer: Answer) => void;
}

/**
 * Sends as many requests as the property's share says.
 *
 * @throws Error with the seed and the one request that was answered wrongly or left something behind
 */
export async function checkRequests<Request extends Generated>(
  name: PropertyName,
  requests: Arbitrary<Request>,
  { deliver = send, check = expectAnswer }: Way<Request> = {},
): Promise<void> {
  const failures = new Failures();
  let sent = 0;
  const checkOne = async (request: Request) => {
    sent++;
    try {
      check(request, await deliver(request));
    } catch (error) {
      throw new Error(`${messageOf(error)}\n\n${shown(request)}`);
    }
  };
  const batches = fc.array(requests, { minLength: batchRequests, maxLength: batchRequests });
  const property = fc.asyncProperty(batches, (batch) => failures.noted(() => checkBatch(batch, checkOne)));
  const objects = await objectsOfTasks();
  const began = performance.now();
  const result = await fc.check(property, { seed, numRuns: Math.ceil(shares[name] / batchRequests) });
  if (result.failed) throw failures.told(`${name}, seed ${seed}`);
  tell(name, sent, performance.now() - began);
  expect(sent).toBe(shares[name]);
  await expectNoTasksSince(objects);
}

/** What failed first, and the smallest that failed after it. */
class Failures {
  #first: Error | null = null;
  #last: Error | null = null;
  #endsAt = Infinity;

  /** Does nothing once there was time enough to make a failure smaller. */
  async noted(run: () => Promise<void>): Promise<void> {
    if (performance.now() > this.#endsAt) return;
    try {
      await run();
    } catch (error) {
      this.#last = error instanceof Error ? error : new Error(String(error));
      if (!this.#first) this.#endsAt = performance.now() + shrinkingMaximumMs;
      this.#first ??= this.#last;
      throw error;
    }
  }

  told(what: string): Error {
    return new Error(`${what}: ${this.#last?.message}\n\nAnd first: ${this.#first?.message}`);
  }
}

async function checkBatch<Request extends SentRequest>(
  batch: readonly Request[],
  checkOne: (request: Request) => Promise<void>,
): Promise<void> {
  const before = await whatIsThere();
  const checked = await Promise.allSettled(batch.map(checkOne));
  for (const result of checked) if (result.status === "rejected") throw result.reason;
  if (await whatIsThere() !== before) await blame(batch);
}

/** Which of the requests it was that left something behind. */
async function blame(batch: readonly SentRequest[]): Promise<never> {
  for (const request of batch) {
    const before = await whatIsThere();
    await send(request);
    const after = await whatIsThere();
    if (after !== before) throw new Error(`Something is left of a request:\n${after}\n\n${shown(request)}`);
  }
  throw new Error("Something is left of requests that were sent side by side.");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function tell(name: PropertyName, sent: number, milliseconds: number): void {
  console.info(`${name}: ${sent} requests, ${Math.round(sent / milliseconds * 1_000)} a second`);
}
