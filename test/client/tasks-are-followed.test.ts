/** A task is followed over a network as it is. */
import { expect, test } from "vitest";
import { createDeploymentWay } from "../../src/client/deployment/deployment-way.ts";
import { ConnectionError, RequestRefusedError } from "../../src/client/errors.ts";
import { type Answer, recordedFetch } from "../support/recorded-fetch.ts";
import { baseUrl, events, eventsAnswer, pageAnswer, refusal, taskAnswer, taskId, view } from "./support/answers.ts";
import { statusesOf } from "./support/gathered.ts";
import { movedTime } from "./support/moved-time.ts";

function following(answers: readonly Answer[], signal: AbortSignal = new AbortController().signal) {
  const { fetch, requests } = recordedFetch(...answers);
  const time = movedTime();
  const way = createDeploymentWay({ baseUrl, apiKey: "key-1", fetch }, time);
  return { requests, time, states: way.follow(taskId, signal) };
}

test("each state is told once, in order, up to the last", async () => {
  const { states, requests } = following([eventsAnswer(events(1, "queued", "analyzing", "succeeded"), "hangs")]);
  expect(await statusesOf(states)).toEqual(["queued", "analyzing", "succeeded"]);
  expect(requests.map(({ url }) => url)).toEqual([`${baseUrl}/veo31/status/${taskId}/events`]);
  expect(requests[0]?.headers.get("Authorization")).toBe("Bearer key-1");
  expect(requests[0]?.headers.get("Last-Event-ID")).toBeNull();
});

test("a task that waits to be approved is not followed further", async () => {
  const { states } = following([eventsAnswer(events(4, "prompting", "awaiting_approval"), "hangs")]);
  expect(await statusesOf(states)).toEqual(["prompting", "awaiting_approval"]);
});

test.each(["ends", "breaks", "hangs"] as const)(
  "after a connection that %s it goes on after the last event",
  async (how) => {
    const { states, requests } = following([
      eventsAnswer(events(1, "queued", "analyzing"), how),
      eventsAnswer(events(2, "analyzing", "generating"), how),
      eventsAnswer(events(4, "finishing", "succeeded")),
    ]);
    expect(await statusesOf(states)).toEqual(["queued", "analyzing", "generating", "finishing", "succeeded"]);
    expect(requests.map(({ headers }) => headers.get("Last-Event-ID"))).toEqual([null, "2", "3"]);
  },
);

test("heartbeats keep a connection", async () => {
  const { states, requests } = following([
    eventsAnswer(`${events(1, "queued")}: still here\n\n${events(2, "failed")}`),
  ]);
  expect(await statusesOf(states)).toEqual(["queued", "failed"]);
  expect(requests).toHaveLength(1);
});

test("where no events come, the status is asked for as often as the deployment wants, and answered only when it is new", async () => {
  const running = { status: 200, headers: { "ETag": '"1"', "Retry-After": "3" } };
  const { states, requests, time } = following([
    pageAnswer(),
    taskAnswer(view("queued"), running),
    new Response(null, { status: 304, headers: { "ETag": '"1"' } }),
    taskAnswer(view("queued"), running),
    taskAnswer(view("succeeded"), { status: 200, headers: { ETag: 'W/"5"' } }),
  ]);
  expect(await statusesOf(states)).toEqual(["queued", "succeeded"]);
  expect(requests.map(({ headers }) => headers.get("If-None-Match"))).toEqual([null, null, '"1"', '"1"', '"1"']);
  expect(time.pauses).toEqual([3_000, 2_000, 3_000]);
});

test("a proxy that holds events back is found out", async () => {
  const silent = () => eventsAnswer("", "hangs");
  const { states } = following([silent(), silent(), taskAnswer(view("succeeded"), { status: 200 })]);
  expect(await statusesOf(states)).toEqual(["succeeded"]);
});

test("an outage is sat out, and nothing is missed", async () => {
  const gone = new TypeError("fetch failed");
  const { states, requests } = following([
    eventsAnswer(events(1, "queued"), "breaks"),
    ...[gone, pageAnswer(502), gone, refusal("internal", "Something went wrong here.")],
    eventsAnswer(events(2, "analyzing", "succeeded")),
  ]);
  expect(await statusesOf(states)).toEqual(["queued", "analyzing", "succeeded"]);
  expect(requests.at(-1)?.headers.get("Last-Event-ID")).toBe("1");
});

test("an outage that does not end is told with the task that goes on", async () => {
  const { states, time } = following(Array.from({ length: 100 }, () => new TypeError("fetch failed")));
  const error = await statusesOf(states).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ taskId });
  const waitedMs = time.pauses.reduce((sum, pause) => sum + pause);
  expect(waitedMs).toBeGreaterThanOrEqual(5 * 60_000);
  expect(waitedMs).toBeLessThan(6 * 60_000);
});

test("a task that is gone is told at once", async () => {
  const { states, requests } = following([refusal("not_found", "There is no such task.")]);
  const error = await statusesOf(states).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(RequestRefusedError);
  expect(error).toMatchObject({ code: "not_found", message: "There is no such task." });
  expect(requests).toHaveLength(1);
});

test("an abort ends a connection that says nothing, with its own reason", async () => {
  const control = new AbortController();
  const reason = new Error("enough");
  const { states } = following([eventsAnswer(events(1, "queued"), "hangs")], control.signal);
  const seen: string[] = [];
  const all = (async () => {
    for await (const { status } of states) {
      seen.push(status);
      queueMicrotask(() => control.abort(reason));
    }
  })();
  await expect(all).rejects.toBe(reason);
  expect(seen).toEqual(["queued"]);
});

test("a status, a code and a field that only a newer deployment knows end nothing", async () => {
  const newer = {
    ...view("generating"),
    status: "upscaling",
    webhooks: [],
    warnings: [{ code: "new", message: "New." }],
  };
  const event = `id: 2\ndata: ${JSON.stringify(newer)}\n\n`;
  const { states } = following([eventsAnswer(events(1, "queued") + event + events(3, "succeeded"))]);
  expect(await statusesOf(states)).toEqual(["queued", "upscaling", "succeeded"]);
});
