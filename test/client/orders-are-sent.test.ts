/** An order on its way to a deployment: which request carries it, and what happens when its answer is lost. */
import { expect, test } from "vitest";
import { createDeploymentWay } from "../../src/client/deployment/deployment-way.ts";
import { ConnectionError, RequestRefusedError } from "../../src/client/errors.ts";
import type { Order } from "../../src/client/order.ts";
import { ServiceError } from "../../src/errors.ts";
import { problemResponse } from "../../src/answer-problem.ts";
import { type Answer, recordedFetch } from "../support/recorded-fetch.ts";
import { baseUrl, pageAnswer, refusal, taskAnswer, taskId } from "./support/answers.ts";
import { movedTime } from "./support/moved-time.ts";

const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);
const never = new AbortController().signal;
const lost = () => new TypeError("fetch failed");

function sending(...answers: Answer[]) {
  const { fetch, requests } = recordedFetch(...answers);
  const time = movedTime();
  const way = createDeploymentWay({ baseUrl: `${baseUrl}/`, apiKey: "key-1", fetch }, time);
  return { requests, time, start: (order: Order, signal = never) => way.start(order, signal) };
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  return await work.then(() => "It did not fail.", (reason: unknown) => reason);
}

test("addresses alone go as JSON, for the deployment to fetch", async () => {
  const { start, requests } = sending(taskAnswer());
  const referenceImages = ["https://shop.example/a,b.jpg", new URL("https://shop.example/c.png")];
  const wishes = { useCase: "luxury_brand", durationSeconds: 10, review: true } as const;
  const task = await start({ referenceImages, videoReference: "HTTPS://shop.example/v.mp4", ...wishes });
  expect(task.task_id).toBe(taskId);
  expect(requests.map(({ method, url }) => [method, url])).toEqual([["POST", `${baseUrl}/veo31/generate-from-urls`]]);
  expect(JSON.parse(requests[0]?.body ?? "")).toEqual({
    reference_image_urls: ["https://shop.example/a,b.jpg", "https://shop.example/c.png"],
    video_reference_url: "HTTPS://shop.example/v.mp4",
    use_case: "luxury_brand",
    duration_seconds: 10,
    review: true,
  });
});

test("bytes, blobs and streams go as files of one form, and an address among them is fetched without the key", async () => {
  const { start, requests } = sending(new Response(jpeg), taskAnswer());
  const stream = new Blob([jpeg]).stream();
  const named = new File([jpeg], "../my ring.jpg", { type: "image/jpeg" });
  await start({
    referenceImages: [jpeg, "https://shop.example/p/ring.jpg?s=1", named],
    videoReference: stream,
    quality: "standard",
  });
  const [fetched, sent] = requests;
  expect(fetched?.url).toBe("https://shop.example/p/ring.jpg?s=1");
  expect(fetched?.headers.get("Authorization")).toBeNull();
  expect(sent?.url).toBe(`${baseUrl}/veo31/generate`);
  expect(sent?.headers.get("Authorization")).toBe("Bearer key-1");
  const parts = sent?.body.match(/name="[^\n]*\n[^\n]*/g)?.map((part) => part.replace(/\r/g, ""));
  expect(parts).toEqual([
    'name="quality"\n',
    'name="reference_image1"; filename="reference-image1"\nContent-Type: image/jpeg',
    'name="reference_image2"; filename="ring.jpg"\nContent-Type: image/jpeg',
    'name="reference_image3"; filename="my ring.jpg"\nContent-Type: image/jpeg',
    'name="video_reference"; filename="video-reference"\nContent-Type: image/jpeg',
  ]);
});

test("a misspelt wish is sent, so that it is refused, by the argument's name", async () => {
  const problem = { field: "duration_second", code: "invalid_input", message: "There is no such field." } as const;
  const { start, requests } = sending(problemResponse(ServiceError.ofProblems([problem])));
  const misspelt = { referenceImages: ["https://shop.example/a.jpg"], durationSecond: 10 };
  expect(await failure(start(misspelt))).toMatchObject({ message: "durationSecond: There is no such field." });
  expect(JSON.parse(requests[0]?.body ?? "")).toMatchObject({ duration_second: 10 });
});

test.each([
  ["the connection is lost", lost],
  ["a gateway answers", () => pageAnswer(502)],
  ["the answer breaks off", () => new Response('{"task_id": "00', { status: 202 })],
  ["the service fails in the middle", () => refusal("internal", "Something went wrong here.")],
])("when %s, the order is sent again with the same key, files and all", async (_, answer) => {
  const { start, requests, time } = sending(answer(), answer(), taskAnswer());
  const task = await start({ referenceImages: [new Blob([jpeg]).stream()] });
  expect(task.task_id).toBe(taskId);
  const keys = requests.map(({ headers }) => headers.get("Idempotency-Key"));
  expect(keys[0]).toMatch(/^[\w-]{36}$/);
  expect(new Set(keys).size).toBe(1);
  expect(requests.map(({ body }) => body.includes("reference_image1"))).toEqual([true, true, true]);
  expect(time.pauses).toEqual([1_000, 2_000]);
});

test("each call is an order of its own, unless it names its key", async () => {
  const { start, requests } = sending(taskAnswer(), taskAnswer(), taskAnswer());
  const order = { referenceImages: ["https://shop.example/a.jpg"] };
  for (const key of [{}, {}, { idempotencyKey: "order-7" }]) await start({ ...order, ...key });
  const keys = requests.map(({ headers }) => headers.get("Idempotency-Key"));
  expect(new Set(keys).size).toBe(3);
  expect(keys[2]).toBe("order-7");
});

test("an order that stays unanswered tells the key that finds what became of it", async () => {
  const { start, requests } = sending(...Array.from({ length: 9 }, lost));
  const error = await failure(start({ referenceImages: [jpeg], idempotencyKey: "order-7" }));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ status: null, taskId: null, message: expect.stringContaining('"order-7"') });
  expect(requests).toHaveLength(5);
});

test("a deployment that is busy is given the time it asks for, within reason", async () => {
  const busy = (seconds: string) => refusal("rate_limited", "Too many.", { headers: { "Retry-After": seconds } });
  const { start, time } = sending(busy("30"), taskAnswer(), busy("3600"));
  const order = { referenceImages: ["https://shop.example/a.jpg"] };
  await start(order);
  expect(time.pauses).toEqual([30_000]);
  expect(await failure(start(order))).toMatchObject({ code: "rate_limited", retryAfterSeconds: 3_600 });
});

test("a refusal names the arguments at fault, and the fields for programs, and is not repeated", async () => {
  const problems = [
    { field: "reference_image2", code: "reference_unusable", message: "The file is empty." },
    { field: "aspect_ratio", code: "invalid_input", message: "Send one of 16:9, 9:16, 1:1." },
  ] as const;
  const { start, requests } = sending(problemResponse(ServiceError.ofProblems(problems)));
  const error = await failure(start({ referenceImages: [jpeg, new Blob([])] }));
  expect(error).toBeInstanceOf(RequestRefusedError);
  expect(error).toMatchObject({
    code: "invalid_input",
    message: "referenceImages[1]: The file is empty. aspectRatio: Send one of 16:9, 9:16, 1:1.",
    problems,
  });
  expect(requests).toHaveLength(1);
});

test("a problem of a newer deployment is told by what is understood of it", async () => {
  const { start } = sending(Response.json({ code: "out_of_film", detail: "No film is left." }, { status: 422 }));
  expect(await failure(start({ referenceImages: [jpeg] }))).toMatchObject({
    code: "invalid_input",
    message: "No film is left.",
  });
});

test("what answers without being the service is not asked again, and told by its status", async () => {
  const { start, requests } = sending(pageAnswer(403));
  expect(await failure(start({ referenceImages: [jpeg] }))).toMatchObject({ name: "ConnectionError", status: 403 });
  expect(requests).toHaveLength(1);
});

test("all references that cannot be read are told at once, and nothing is sent", async () => {
  const broken = new ReadableStream<Uint8Array>({ pull: (control) => control.error(new Error("torn")) });
  const { start, requests } = sending(new Response(null, { status: 404 }));
  const error = await failure(start({ referenceImages: [jpeg, broken, "https://shop.example/gone.jpg"] }));
  expect(error).toBeInstanceOf(RequestRefusedError);
  expect(error).toMatchObject({
    problems: [
      { field: "reference_image2", code: "reference_unusable" },
      { field: "reference_image3", code: "reference_fetch_failed" },
    ],
    message: expect.stringMatching(/^referenceImages\[1\]: .* referenceImages\[2\]: .* status 404\.$/),
  });
  expect(requests).toHaveLength(1);
});

test.each([
  ["no reference", { referenceImages: [] }, "reference_images"],
  ["four references", { referenceImages: [jpeg, jpeg, jpeg, jpeg] }, "reference_images"],
  ["a reference that is none", { referenceImages: ["", jpeg] }, "reference_image1"],
  ["an address of another kind", { referenceImages: [new URL("ftp://shop.example/a.jpg")] }, "reference_image1"],
  ["a key that no header carries", { referenceImages: [jpeg], idempotencyKey: "заказ" }, "Idempotency-Key"],
])("%s is refused before anything is sent", async (_, order, field) => {
  const { start, requests } = sending();
  expect(await failure(start(order))).toMatchObject({ code: "invalid_input", problems: [{ field }] });
  expect(requests).toHaveLength(0);
});

test("an abort is thrown as its own reason, also while waiting to try again", async () => {
  const reason = new Error("enough");
  const control = new AbortController();
  const { start } = sending(() => {
    control.abort(reason);
    return pageAnswer(502);
  });
  expect(await failure(start({ referenceImages: [jpeg] }, control.signal))).toBe(reason);
});

test.each([
  [{ baseUrl: "video.example.com" }, /http or https/],
  [{ baseUrl: "https://name:word@video.example.com" }, /apiKey/],
  [{ baseUrl, apiKey: "ключ" }, /apiKey/],
])("options that cannot be used are told at once: %j", (options, message) => {
  expect(() => createDeploymentWay(options)).toThrow(message);
});
