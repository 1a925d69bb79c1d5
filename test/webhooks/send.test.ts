/** One try to send a webhook, with everything that a receiver can do to it. */
import { expect, test } from "vitest";
import { send, sendTimeoutMs } from "../../src/webhooks/send.ts";
import { recordedFetch } from "../support/recorded-fetch.ts";

const secrets = [new Uint8Array(24)];
const rules = { allowPrivate: false, ownOrigin: "https://films.example", httpsOnly: true };
const message = { id: "msg_1", body: '{"type":"task.succeeded"}' };
const url = "https://receiver.example/hooks";

type Options = Parameters<typeof send>[2];

function options(partial: Partial<Options>): Options {
  return {
    ...{ rules, secrets, now: () => 1_700_000_000_999, resolve: () => Promise.resolve(["93.184.215.14"]) },
    fetch: () => Promise.reject(new Error("Nobody is to be asked.")),
    ...partial,
  };
}

test.each([[200, "delivered"], [204, "delivered"], [299, "delivered"], [400, "rejected"], [502, "rejected"], [
  410,
  "gone",
]])("status %i means %s", async (status, outcome) => {
  const { fetch } = recordedFetch(new Response(null, { status }));
  expect(await send(url, message, options({ fetch }))).toMatchObject({ outcome, status_code: status });
});

test("a receiver that is slow is left after 20 seconds, whether it resolves or answers slowly", async () => {
  for (const slow of ["fetch", "resolve"] as const) {
    const limit = new AbortController();
    const asked: number[] = [];
    const timeout = (milliseconds: number) => {
      asked.push(milliseconds);
      return limit.signal;
    };
    const hanging = (signal: AbortSignal | null | undefined) =>
      new Promise<never>((_, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason));
        limit.abort();
      });
    const sent = send(
      url,
      message,
      options({
        timeout,
        fetch: (_url, init) => hanging(init.signal),
        ...(slow === "resolve" && { resolve: (_name, signal) => hanging(signal) }),
      }),
    );
    expect(await sent).toMatchObject({ outcome: "timed_out", status_code: null });
    expect(asked).toEqual([sendTimeoutMs]);
  }
});

test("an answer's body is not read: it may be endless", async () => {
  let pulled = 0;
  let isCanceled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled++;
      controller.enqueue(new Uint8Array(1_000));
    },
    cancel() {
      isCanceled = true;
    },
  }, { highWaterMark: 0 });
  const { fetch } = recordedFetch(new Response(endless));
  expect(await send(url, message, options({ fetch }))).toMatchObject({ outcome: "delivered" });
  expect({ pulled, isCanceled }).toEqual({ pulled: 0, isCanceled: true });
});

test("an answer that breaks off after its status counts by its status", async () => {
  const broken = new ReadableStream({
    cancel() {
      throw new Error("reset");
    },
  });
  const { fetch } = recordedFetch(new Response(broken));
  expect(await send(url, message, options({ fetch }))).toMatchObject({ outcome: "delivered" });
});

test.each([
  ["a private one", "https://10.0.0.1/"],
  ["one without TLS", "http://receiver.example/"],
  ["our own", "https://films.example/veo31/generate"],
])("%s is an address that is not asked", async (_name, address) => {
  expect(await send(address, message, options({}))).toMatchObject({ outcome: "address_refused" });
});

test("a name that cannot be looked up is not reached, and without a secret nobody is asked", async () => {
  const resolve = () => Promise.reject(new Error("no such name"));
  expect(await send(url, message, options({ resolve }))).toMatchObject({ outcome: "unreachable" });
  expect(await send(url, message, options({ secrets: [] }))).toMatchObject({ outcome: "not_sent" });
});
