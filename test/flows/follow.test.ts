import { env, exports } from "cloudflare:workers";
import { listDurableObjectIds, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { TaskObject } from "../../src/task/object.ts";
import { type TaskView, taskViewSchema } from "../../src/task/view.ts";
import { file, formBody, formRequest, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import {
  ended,
  freshSandbox,
  get,
  misbehave,
  postForm,
  postJson,
  started,
  statusOf,
  wake,
} from "../support/sandboxed-service.ts";

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));

interface SeenEvent {
  readonly id: number;
  readonly task: TaskView;
}

/** What a listener hears until the service ends the stream. */
async function eventsOf(response: Response): Promise<SeenEvent[]> {
  const body = await response.text();
  return body.split("\n\n").flatMap((block) => {
    const [, id, data] = /^id: (\d+)\ndata: (.*)$/.exec(block) ?? [];
    return id && data ? [{ id: Number(id), task: taskViewSchema.parse(JSON.parse(data)) }] : [];
  });
}

const listen = (taskId: string, lastEventId?: number) =>
  get(`/veo31/status/${taskId}/events`, lastEventId === undefined ? {} : { "Last-Event-ID": String(lastEventId) });

beforeEach(freshSandbox);

describe("the events of a task", () => {
  test("tell every state from now on with growing numbers, and end with the last one", async () => {
    const { task_id, links } = await started(await postForm([picture]));
    expect(links.events).toBe(`http://localhost/veo31/status/${task_id}/events`);
    const response = await listen(task_id);
    expect(response.headers.get("Content-Type")).toBe("text/event-stream");
    await ended(task_id);
    const events = await eventsOf(response);
    const statuses = events.map(({ task }) => task.status);
    expect([...new Set(statuses)]).toEqual([
      ...["queued", "analyzing", "prompting", "generating", "finishing", "succeeded"],
    ]);
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1)?.task).toEqual(await statusOf(task_id));
  });

  test("are the same for one who was away, without gap or repeat, whenever it was", async () => {
    const { task_id } = await started(await postForm([picture]));
    const whole = await listen(task_id);
    await ended(task_id);
    const all = await eventsOf(whole);
    for (const { id } of all.slice(0, -1)) {
      const rest = await eventsOf(await listen(task_id, id));
      expect(rest).toEqual(all.filter((event) => event.id > id));
    }
  });

  test("are over for one who has seen the last, so that a browser stops asking", async () => {
    const { task_id } = await started(await postForm([picture]));
    await ended(task_id);
    const last = (await eventsOf(await listen(task_id))).at(-1)?.id ?? 0;
    expect((await listen(task_id, last)).status).toBe(204);
    expect(await eventsOf(await listen(task_id, last + 100))).toHaveLength(1);
  });

  test.each(["-1", "x", "1.5", "99999999999999999999"])("begin with the task as it is after the id %s", async (id) => {
    const { task_id } = await started(await postForm([picture]));
    const response = await get(`/veo31/status/${task_id}/events`, { "Last-Event-ID": id });
    await ended(task_id);
    expect((await eventsOf(response)).map(({ id: first }) => first)[0]).toBe(1);
  });

  test("are heard by a thousand at the price of one message each, and no call to the object", async () => {
    const { task_id } = await started(await postForm([picture]));
    const listeners = await Promise.all(Array.from({ length: 1_000 }, () => listen(task_id)));
    const stub = env.TASKS.getByName(task_id);
    const sockets = await runInDurableObject(stub, (_, state) => state.getWebSockets().length);
    expect(sockets).toBe(1_000);
    const task = await ended(task_id);
    const heard = await Promise.all(listeners.map(eventsOf));
    expect(new Set(heard.map((events) => JSON.stringify(events))).size).toBe(1);
    expect(heard[0]?.at(-1)?.task).toEqual(task);
    expect(await runInDurableObject(stub, (_, state) => state.getWebSockets().length)).toBe(0);
  });

  test("use the address by which each listener came", async () => {
    const { task_id } = await started(await postForm([picture]));
    const other = await exports.default.fetch(new Request(`https://videos.example/veo31/status/${task_id}/events`));
    const usual = await listen(task_id);
    await ended(task_id);
    expect((await eventsOf(other)).at(-1)?.task.links.video).toMatch(/^https:\/\/videos\.example\//);
    expect((await eventsOf(usual)).at(-1)?.task.links.video).toMatch(/^http:\/\/localhost\//);
  });

  test("go on for the others, and the task goes on, when one listener cannot be told", async () => {
    const { task_id } = await started(await postForm([picture]));
    const listeners = [await listen(task_id), await listen(task_id)];
    const told = vi.spyOn(console, "error").mockImplementation(() => {});
    await runInDurableObject(env.TASKS.getByName(task_id), (_, state) => {
      state.getWebSockets()[0]?.serializeAttachment(5);
    });
    const task = await ended(task_id);
    expect(task.status).toBe("succeeded");
    const heard = (await Promise.all(listeners.map(eventsOf))).map((events) => events.at(-1)?.task.status);
    expect(heard.sort()).toEqual(["queued", "succeeded"]);
    expect(told.mock.calls.join()).toContain("listener_lost");
    told.mockRestore();
  });

  test("are not listened to by a HEAD", async () => {
    const { task_id } = await started(await postForm([picture]));
    const head = new Request(`http://localhost/veo31/status/${task_id}/events`, { method: "HEAD" });
    const response = await exports.default.fetch(head);
    expect(response.headers.get("Content-Type")).toBe("text/event-stream");
    const stub = env.TASKS.getByName(task_id);
    expect(await runInDurableObject(stub, (_, state) => state.getWebSockets().length)).toBe(0);
  });

  test("cost nothing more once the listener is gone", async () => {
    const { task_id } = await started(await postForm([picture]));
    await (await listen(task_id)).body?.cancel();
    const stub = env.TASKS.getByName(task_id);
    await vi.waitFor(async () => {
      expect(await runInDurableObject(stub, (_, state) => state.getWebSockets().length)).toBe(0);
    });
  });

  test("end when the task is deleted", async () => {
    const { task_id } = await started(await postForm([picture]));
    const response = await listen(task_id);
    await exports.default.fetch(new Request(`http://localhost/veo31/tasks/${task_id}`, { method: "DELETE" }));
    expect((await eventsOf(response)).map(({ task }) => task.status)).toEqual(["queued"]);
    expect((await listen(task_id)).status).toBe(404);
  });

  test("of a task that does not exist are 404, and other methods 405", async () => {
    expect((await listen("0".repeat(32))).status).toBe(404);
    expect((await postJson(`/veo31/status/${"0".repeat(32)}/events`)).status).toBe(405);
  });
});

describe("the status of a task", () => {
  test("keeps its ETag while only looked for, and answers 304", async () => {
    const { task_id } = await started(await postForm([picture]));
    await misbehave({ call: "poll", fault: "still_running", times: 5 });
    let etag: string | null = null;
    for (let task = await statusOf(task_id); task.step3_video_generation?.status !== "running";) {
      task = await wake(task_id) ?? task;
    }
    etag = (await get(`/veo31/status/${task_id}`)).headers.get("ETag");
    await wake(task_id);
    const again = await get(`/veo31/status/${task_id}`, { "If-None-Match": etag ?? "" });
    expect(again.status).toBe(304);
    expect(again.headers.get("ETag")).toBe(etag);
    await ended(task_id);
    expect((await get(`/veo31/status/${task_id}`, { "If-None-Match": etag ?? "" })).status).toBe(200);
  });
});

describe("Prefer: wait", () => {
  const post = (prefer: string, ...more: Parameters<typeof formBody>[0]) => {
    const request = formRequest(formBody([picture, ...more]));
    request.headers.set("Prefer", prefer);
    return exports.default.fetch(request);
  };

  /** Runs the alarms of the one task there is until the answer has come. */
  async function answeredWhileMoving(answer: Promise<Response>): Promise<Response> {
    let isThere = false;
    answer.finally(() => isThere = true);
    for (let alarms = 0; alarms < 200 && !isThere; alarms++) {
      for (const id of await listDurableObjectIds(env.TASKS)) {
        const stub = env.TASKS.get(id);
        const alarm = await runInDurableObject(stub, (_, state) => state.storage.getAlarm());
        if (alarm !== null && alarm < Date.now() + 3_600_000) {
          vi.setSystemTime(Math.max(alarm, Date.now()));
          await runDurableObjectAlarm(stub);
        }
      }
    }
    return await answer;
  }

  test("gives the finished task with 200 when it got there in time", async () => {
    const response = await answeredWhileMoving(post("respond-async, wait=60"));
    expect(response.status).toBe(200);
    expect(response.headers.get("Preference-Applied")).toBe("wait=60");
    expect(response.headers.get("Retry-After")).toBeNull();
    const task = taskViewSchema.parse(await response.json());
    expect(task.status).toBe("succeeded");
    expect(response.headers.get("Location")).toBe(task.links.self);
  });

  test("gives the started task when the wait breaks off, so that nobody asks for it again", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const broken = vi.spyOn(TaskObject.prototype, "fetch").mockImplementation(() => {
      throw new Error("The object was reset.");
    });
    const response = await post("wait=60");
    broken.mockRestore();
    expect(response.status).toBe(202);
    const { task_id } = taskViewSchema.parse(await response.json());
    expect((await ended(task_id)).status).toBe("succeeded");
  });

  test("does not wait for a person", async () => {
    const response = await answeredWhileMoving(post("wait=60", text("review", "true")));
    expect(response.status).toBe(202);
    expect(response.headers.get("Preference-Applied")).toBe("wait=60");
    expect(taskViewSchema.parse(await response.json()).status).toBe("awaiting_approval");
  });

  test.each([["wait=0"], ["wait=soon"], ["handling=strict"]])(
    "is passed over when it is %s, and not said to be applied",
    async (prefer) => {
      const response = await post(prefer);
      expect(response.status).toBe(202);
      expect(response.headers.get("Preference-Applied")).toBeNull();
    },
  );
});

afterEach(() => {
  vi.useRealTimers();
});
