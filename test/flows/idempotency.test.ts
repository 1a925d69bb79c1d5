/** Requests that are sent again, because their answer was lost: `Idempotency-Key`, over HTTP. */
import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { TaskView } from "../../src/task/view.ts";
import { mp4 } from "../support/movies.ts";
import { file, type FormPart, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import {
  callsSeen,
  ended,
  freshSandbox,
  keysInBucket,
  postForm,
  postJson,
  postUrls,
  remove,
  usualSettings,
  wake,
  withKey,
  withSettings,
} from "../support/sandboxed-service.ts";

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));
const otherPicture = file("reference_image1", jpeg({ width: 48, height: 64 }));
const order = [picture, text("quality", "standard")];
const day = 24 * 3_600_000;

let tests = 0;
let key = "";

beforeEach(async () => {
  await freshSandbox();
  key = `key-${crypto.randomUUID()}`;
});
afterEach(usualSettings);

const send = (parts: readonly FormPart[] = order, sent = key) => postForm(parts, { "Idempotency-Key": sent });
const taskOf = async (response: Response) => await response.json<TaskView>();
const submits = async () => (await callsSeen()).filter(({ call }) => call === "submit").length;

async function conflict(response: Response): Promise<string> {
  expect(response.status).toBe(422);
  const { code, errors } = await response.json<{ code: string; errors: { field: string; message: string }[] }>();
  expect({ code, field: errors[0]?.field }).toEqual({ code: "idempotency_conflict", field: "Idempotency-Key" });
  return errors[0]?.message ?? "";
}

describe("the same key and the same request", () => {
  test("give the same task, which is paid for once", async () => {
    const first = await send();
    expect([first.status, first.headers.get("Idempotent-Replayed")]).toEqual([202, null]);
    const { task_id } = await taskOf(first);
    const again = await send();
    expect([again.status, again.headers.get("Idempotent-Replayed")]).toEqual([202, "true"]);
    expect((await taskOf(again)).task_id).toBe(task_id);
    expect(await ended(task_id)).toMatchObject({ status: "succeeded", references: { images: [{ width: 64 }] } });
    expect((await taskOf(await send())).status).toBe("succeeded");
    expect(await submits()).toBe(1);
  });

  test("are the same also with another order of the fields, and with an empty one", async () => {
    const { task_id } = await taskOf(await send());
    const [quality = text("quality", "standard")] = order.slice(1);
    expect((await taskOf(await send([quality, text("use_case", ""), picture]))).task_id).toBe(task_id);
  });

  test("are the same with the key in quotes, as the draft has it", async () => {
    const { task_id } = await taskOf(await send());
    expect((await taskOf(await send(order, `"${key}"`))).task_id).toBe(task_id);
  });

  test("leave nothing of what came a second time", async () => {
    await send();
    const before = await keysInBucket();
    await send();
    expect(await keysInBucket()).toEqual(before);
  });

  test("sent ten times at once, start one task and leave the files of one request", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, async () => taskOf(await send())));
    const [first] = answers;
    expect(new Set(answers.map(({ task_id }) => task_id))).toEqual(new Set([first?.task_id]));
    expect(await keysInBucket()).toHaveLength(1);
    const task = await ended(first?.task_id ?? "");
    expect(task).toMatchObject({ status: "succeeded", references: { images: [{ bytes: picture.content.length }] } });
    expect(await submits()).toBe(1);
  });

  test("sent at once where a budget has to be asked, start one task and are no failure", async () => {
    const owner = `rich-${crypto.randomUUID().slice(0, 8)}`;
    withSettings({ API_KEYS: `${owner}:${owner}-key`, DAILY_BUDGET_USD: "10" });
    withKey(`${owner}-key`);
    const answers = await Promise.all(Array.from({ length: 8 }, () => send()));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    expect(answers.filter(({ headers }) => headers.get("Idempotent-Replayed") === null)).toHaveLength(1);
    expect(await keysInBucket()).toHaveLength(1);
  });

  test("find the task also when the answer of its object was lost", async () => {
    const starts = losingItsAnswer();
    const { task_id } = await taskOf(await send());
    starts.mockRestore();
    expect(await keysInBucket()).toHaveLength(1);
    expect((await taskOf(await send())).task_id).toBe(task_id);
  });
});

describe("a key that came with another request", () => {
  test("is refused by name, and nothing of that request stays", async () => {
    const { task_id } = await taskOf(await send());
    const before = await keysInBucket();
    for (
      const parts of [
        [otherPicture, text("quality", "standard")],
        [picture, text("quality", "high")],
        [picture],
        [...order, file("reference_image2", jpeg({ width: 64, height: 48 }))],
        [file("reference_image2", jpeg({ width: 64, height: 48 })), text("quality", "standard")],
        [...order, file("video_reference", await mp4())],
      ]
    ) {
      expect(await conflict(await send(parts))).toContain("another request");
    }
    expect(await keysInBucket()).toEqual(before);
    expect(await ended(task_id)).toMatchObject({ status: "succeeded" });
    expect(await submits()).toBe(1);
  });

  test.each([
    ["an unknown file", file("reference_image4", jpeg({ width: 64, height: 48 }))],
    ["a second file in one field", otherPicture],
    ["text for a file", text("reference_image2", "text")],
    ["a text that is too long", text("additional_prompt", "x".repeat(70_000))],
  ])("is refused when besides the same comes %s, which cannot be taken", async (_name, more) => {
    await send();
    expect((await send([...order, more])).status).toBe(422);
  });

  test("keeps to its hour what came with it, whatever is decided about the task meanwhile", async () => {
    const { task_id } = await taskOf(await send([...order, text("review", "true")]));
    const task = env.TASKS.getByName(task_id);
    await postJson(`/veo31/tasks/${task_id}/cancel`);
    await task.expect("a".repeat(32));
    const alarm = () => runInDurableObject(task, (_, { storage }) => storage.getAlarm());
    expect(await alarm()).toBe(Date.now() + 3_600_000);
    expect((await postJson(`/veo31/tasks/${task_id}/cancel`)).status).toBe(200);
    expect(await alarm()).toBe(Date.now() + 3_600_000);
  });

  test("is another task's when the references come another way", async () => {
    await send();
    expect(await conflict(await postUrls({ reference_image_urls: ["https://shop.example/a.jpg"] }, headers())))
      .toContain("another request");
  });

  test("loses against one of two different requests at once", async () => {
    const statuses = (await Promise.all([send(), send([otherPicture])])).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([202, 422]);
    expect(await keysInBucket()).toHaveLength(1);
  });

  test("is a key of its own for each holder of keys", async () => {
    const [one, two] = [`one-${++tests}`, `two-${tests}`];
    withSettings({ API_KEYS: `${one}:${one}-key,${two}:${two}-key` });
    withKey(`${one}-key`);
    const first = await taskOf(await send());
    withKey(`${two}-key`);
    const second = await send([otherPicture]);
    expect(second.status).toBe(202);
    expect((await taskOf(second)).task_id).not.toBe(first.task_id);
  });
});

describe("a request by addresses", () => {
  test("finds its task without fetching the addresses again, also when they answer no more", async () => {
    withSettings({ ALLOW_PRIVATE_URLS: "true" });
    const network = vi.spyOn(globalThis, "fetch").mockImplementation(() => {
      return Promise.resolve(
        new Response(jpeg({ width: 64, height: 48 }), { headers: { "Content-Type": "image/jpeg" } }),
      );
    });
    const sendAddress = () => postUrls({ reference_image_urls: ["https://shop.example/a.jpg"] }, headers());
    const { task_id } = await taskOf(await sendAddress());
    const fetched = network.mock.calls.length;
    network.mockImplementation(() => Promise.reject(new Error("Nobody is there any more.")));
    const again = await sendAddress();
    expect((await taskOf(again)).task_id).toBe(task_id);
    expect(network.mock.calls).toHaveLength(fetched);
    network.mockRestore();
    expect(await ended(task_id)).toMatchObject({ status: "succeeded" });
  });
});

describe("a key", () => {
  test("whose request was refused may come again with a better one", async () => {
    expect((await send([picture, text("quality", "best")])).status).toBe(422);
    expect((await send()).status).toBe(202);
  });

  test("whose task was not covered by the budget may come again when it is", async () => {
    const owner = `poor-${crypto.randomUUID().slice(0, 8)}`;
    withSettings({ API_KEYS: `${owner}:${owner}-key`, DAILY_BUDGET_USD: "0.10" });
    withKey(`${owner}-key`);
    expect((await send()).status).toBe(402);
    withSettings({ DAILY_BUDGET_USD: "10" });
    const { task_id } = await taskOf(await send());
    await wake(task_id);
    expect(await ended(task_id)).toMatchObject({ status: "succeeded" });
  });

  test("whose task was removed starts no other, until nobody remembers it", async () => {
    const { task_id } = await taskOf(await send());
    await ended(task_id);
    await remove(task_id);
    expect(await conflict(await send())).toContain("removed");
    expect(await keysInBucket()).toEqual([]);
    await wake(task_id);
    expect(await conflict(await send())).toContain("removed");
    vi.setSystemTime(Date.now() + 8 * day);
    await runDurableObjectAlarm(env.TASKS.getByName(task_id));
    const rows = await runInDurableObject(
      env.TASKS.getByName(task_id),
      (_, { storage }) => [...storage.kv.list()].length,
    );
    expect(rows).toBe(0);
    expect((await send()).status).toBe(202);
  });

  test.each([["", "empty"], ["a b", "of two words"], ['"', "of a quote"], ["k".repeat(256), "too long"], [
    "a,b",
    "a list",
  ]])(
    "that cannot be used is refused: %j, %s",
    async (sent) => {
      const response = await send(order, sent);
      expect(response.status).toBe(422);
      expect(await response.json()).toMatchObject({ code: "invalid_input", errors: [{ field: "Idempotency-Key" }] });
      expect(await keysInBucket()).toEqual([]);
    },
  );

  test("that cannot be used is told together with everything else that is wrong", async () => {
    const { errors } = await (await send([picture, text("quality", "best")], "a b")).json<{ errors: object[] }>();
    expect(errors).toEqual([
      expect.objectContaining({ field: "Idempotency-Key" }),
      expect.objectContaining({ field: "quality" }),
    ]);
  });

  test("whose task is removed while the request comes in is told so, and nothing of it stays", async () => {
    const { task_id } = await taskOf(await send());
    await ended(task_id);
    const removing = removingBeforeFiles(task_id);
    expect(await conflict(await send())).toContain("removed");
    removing.mockRestore();
    expect(await keysInBucket()).toEqual([]);
  });

  test("that was not sent is no reason to say that an earlier request started the task", async () => {
    const starts = losingItsAnswer();
    const answer = await postForm(order);
    starts.mockRestore();
    expect([answer.status, answer.headers.get("Idempotent-Replayed")]).toEqual([202, null]);
  });

  test("is not needed: two requests without one are two tasks", async () => {
    const [one, two] = [await taskOf(await postForm(order)), await taskOf(await postForm(order))];
    expect(one.task_id).not.toBe(two.task_id);
  });
});

/** Objects start, and the word of it never comes. */
function losingItsAnswer() {
  return tasksWith("start", (task) => async (...start: Parameters<typeof task.start>) => {
    await task.start(...start);
    throw new Error("The connection broke.");
  });
}

/** A task is removed in the moment in which the next request's first file is announced to it. */
function removingBeforeFiles(taskId: string) {
  return tasksWith("expect", (task) => async (mediaSecret: string) => {
    await remove(taskId);
    await task.expect(mediaSecret);
  });
}

/** Objects of tasks with another way to answer one call. */
function tasksWith(replaced: string, answer: (task: ReturnType<typeof env.TASKS.getByName>) => unknown) {
  const getByName = env.TASKS.getByName.bind(env.TASKS);
  return vi.spyOn(env.TASKS, "getByName").mockImplementation((name) => {
    const task = getByName(name);
    return new Proxy(task, { get: (_, call) => call === replaced ? answer(task) : Reflect.get(task, call) });
  });
}

function headers(): Record<string, string> {
  return { "Idempotency-Key": key };
}
