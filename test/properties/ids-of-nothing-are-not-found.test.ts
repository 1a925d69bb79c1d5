/** Addresses that hold an id or lead nowhere, and methods that they do not take. */
import fc, { type Arbitrary } from "fast-check";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { jpeg } from "../support/pictures.ts";
import { file, text } from "../support/multipart.ts";
import { freshSandbox, get, postForm, started, usualSettings, wokenUntil } from "../support/sandboxed-service.ts";
import { strangeHeaders } from "./generated/headers.ts";
import { idOfNothing, noId } from "./generated/ids.ts";
import { otherType, type TypedBody, typedBody, wrongJson } from "./generated/url-bodies.ts";
import { checkRequests, propertyTimeoutMs } from "./support/check-requests.ts";
import { expectAnswer, type Expected, type Generated } from "./support/expect-answer.ts";
import { addressOf, type Answer } from "./support/sent-request.ts";

beforeEach(async () => {
  await freshSandbox();
  await get("/veo31/capabilities");
});
afterEach(usualSettings);

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body?: TypedBody;
}

function asked({ method, path, body }: Asked, expected: Expected): Arbitrary<Generated> {
  return strangeHeaders.map((headers) => ({
    ...{
      method,
      path,
      headers: [...headers, ...body?.headers ?? []],
      body: body?.body ?? null,
      pieceBytes: null,
      expected,
    },
  }));
}

/** Dots and question marks may lead to another address, of which something else is true. */
const leadsTo = (request: Generated, pattern: RegExp) => pattern.test(addressOf(request).pathname);

const known = /^\/(health|veo31\/(generate|generate-from-urls|estimate|capabilities))?\/?$|^\/sandbox\//;

const ofTasks = (id: string) => [
  { method: "GET", path: `/veo31/status/${id}` },
  { method: "HEAD", path: `/veo31/status/${id}` },
  { method: "GET", path: `/veo31/status/${id}/events` },
  { method: "POST", path: `/veo31/tasks/${id}/approve` },
  { method: "POST", path: `/veo31/tasks/${id}/cancel` },
  { method: "DELETE", path: `/veo31/tasks/${id}` },
];

test("there is no task of an id that is none, or nobody's", async () => {
  const ids = fc.oneof({ weight: 9, arbitrary: noId }, { weight: 1, arbitrary: idOfNothing });
  const requests = ids.chain((id) => fc.constantFrom(...ofTasks(id))).chain((request) =>
    // A slash in it makes another address, which may not take the method.
    asked(request, { statuses: [404, 405] })
  ).filter((request) => !leadsTo(request, known));
  await checkRequests("idsOfNoTask", requests);
}, propertyTimeoutMs);

test("an approval that cannot be understood leaves the task as it waits", async () => {
  const form = [file("reference_image1", jpeg({ width: 8, height: 8 })), text("review", "true")];
  const { task_id } = await started(await postForm([...form, text("duration_seconds", "10")]));
  await wokenUntil(task_id, ["awaiting_approval"]);
  const path = `/veo31/tasks/${task_id}/approve`;
  const tagBefore = (await get(`/veo31/status/${task_id}`)).headers.get("ETag");
  const wrong = fc.oneof(
    wrongJson.map((body) => ({ body, statuses: [415, 422, 413] })),
    otherType.map((body) => ({ body, statuses: [415] })),
    wrongPrompts.map((json) => ({ body: typedBody("application/json", json), statuses: [422] })),
  ).filter(({ body }) => (body.body?.length ?? 0) > 0);
  const requests = wrong.chain(({ body, statuses }) => asked({ method: "POST", path, body }, { statuses }));
  await checkRequests("approvals", requests);
  expect((await get(`/veo31/status/${task_id}`)).headers.get("ETag")).toBe(tagBefore);
}, propertyTimeoutMs);

const blank = fc.constantFrom("", " ", "\n\n", "\u00a0", "\u2003\t");
const tooLongPrompt = fc.integer({ min: 3_000, max: 20_000 }).map((words) => "gold ring ".repeat(words));

/** For a task of two prompts. */
const wrongPrompts: Arbitrary<string> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }).filter((value) => !Array.isArray(value)).map((prompts) => ({ prompts })),
  fc.array(fc.string(), { maxLength: 200 }).filter(({ length }) => length !== 2).map((prompts) => ({ prompts })),
  fc.tuple(fc.jsonValue({ maxDepth: 2 }).filter((value) => typeof value !== "string"), fc.string()).map((prompts) => ({
    prompts,
  })),
  fc.tuple(fc.oneof(blank, tooLongPrompt), fc.string()).map((prompts) => ({ prompts })),
  fc.jsonValue({ maxDepth: 3 }).map((prompt) => ({ prompt })),
  fc.string().filter((name) => name !== "prompt" && name !== "prompts" && name !== "__proto__").map((name) => ({
    [name]: "a ring",
  })),
  fc.constant({ prompt: "a ring", prompts: ["a ring", "a stone"] }),
).map((body) => JSON.stringify(body));

test("there is no file at an address that is none, or nobody's", async () => {
  const names = fc.oneof(
    noId,
    fc.constantFrom("video.mp4", "reference_image1.jpg", "..", "%2e%2e%2fmodels.json", "VIDEO.MP4", "a.b.c"),
  );
  const ids = fc.tuple(fc.oneof(noId, idOfNothing, fc.constantFrom("service", "..")), names);
  const queries = fc.constantFrom(
    "",
    "?variant=original",
    "?variant=original&variant=x",
    "?variant=",
    "?variant=%00",
    "?x=1",
  );
  const requests = fc.tuple(ids, queries, fc.constantFrom("GET", "HEAD"), anyRange).chain((
    [[id, name], query, method, range],
  ) =>
    asked({ method, path: `/veo31/media/${id}/${name}${query}` }, { statuses: [404, 405, 422] }).map((request) => ({
      ...request,
      headers: [...request.headers, ["Range", range] as const],
    }))
  ).filter((request) => !leadsTo(request, known));
  await checkRequests("filesThatAreNotThere", requests);
}, propertyTimeoutMs);

const place = fc.oneof(
  fc.nat({ max: 1_200 }).map(String),
  fc.bigInt({ min: 0n, max: 10n ** 40n }).map(String),
  fc.constantFrom(
    "",
    "0",
    "999",
    "1000",
    "9007199254740992",
    "18446744073709551616",
    "9".repeat(400),
    "-1",
    "1.5",
    "0x1",
    " 1",
  ),
);

const anyRange = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(place, place).map(([first, last]) => `bytes=${first}-${last}`) },
  fc.array(fc.tuple(place, place).map(([first, last]) => `${first}-${last}`), { maxLength: 5 }).map((ranges) =>
    `bytes=${ranges}`
  ),
  fc.string({ maxLength: 40 }),
);

test("any range of a file gives that part of it, all of it, or nothing", async () => {
  const bytes = Uint8Array.from({ length: 1_000 }, (_, index) => index % 251);
  const path = `/veo31/media/${"b".repeat(32)}/video.mp4`;
  await env.BUCKET.put(path.slice("/veo31/".length), bytes, { httpMetadata: { contentType: "video/mp4" } });
  const requests = fc.tuple(fc.constantFrom("GET", "HEAD"), anyRange).chain(([method, range]) =>
    asked({ method, path }, { statuses: [200, 206, 304, 412, 416] }).map((request) => ({
      ...request,
      headers: [...request.headers.filter(([name]) => name !== "Range"), ["Range", range] as const],
    }))
  );
  await checkRequests("rangesOfAFile", requests, {
    check(request, answer) {
      expectAnswer(request, answer);
      if (request.method === "GET") expectPart(bytes, answer);
    },
  });
}, propertyTimeoutMs);

function expectPart(whole: Uint8Array, { status, headers, bytes }: Answer): void {
  if (status === 200) expect(bytes).toEqual(whole);
  if (status !== 206) return;
  const [, first = "", last = ""] = /^bytes (\d+)-(\d+)\/1000$/.exec(headers.get("Content-Range") ?? "") ?? [];
  expect(bytes).toEqual(whole.slice(Number(first), Number(last) + 1));
  expect(bytes.length).toBeGreaterThan(0);
}

test("there is nothing at any other address", async () => {
  const steps = fc.array(
    fc.oneof(noId, fc.constantFrom("veo31", "generate", "status", "tasks", "health", "media", "Veo31", "v1")),
    {
      minLength: 1,
      maxLength: 5,
    },
  );
  const methods = fc.constantFrom("GET", "POST", "HEAD", "PUT", "DELETE", "PATCH");
  const requests = fc.tuple(methods, steps).chain(([method, path]) =>
    asked({ method, path: `/${path.join("/")}` }, { statuses: [404, 405] })
  ).filter((request) => !leadsTo(request, known));
  await checkRequests("unknownAddresses", requests);
}, propertyTimeoutMs);

const methods = [
  "GET",
  "POST",
  "PUT",
  "DELETE",
  "PATCH",
  "TRACE",
  "COPY",
  "LOCK",
  "MKCOL",
  "MOVE",
  "PROPFIND",
  "SEARCH",
  "PURGE",
  "QUERY",
];

const takes: readonly (readonly [path: string, ...methods: string[]])[] = [
  ["/health", "GET"],
  ["/veo31/generate", "POST"],
  ["/veo31/generate-from-urls", "POST"],
  ["/veo31/estimate", "POST"],
  ["/veo31/capabilities", "GET"],
  [`/veo31/status/${"a".repeat(32)}`, "GET"],
  [`/veo31/status/${"a".repeat(32)}/events`, "GET"],
  [`/veo31/tasks/${"a".repeat(32)}/approve`, "POST"],
  [`/veo31/tasks/${"a".repeat(32)}/cancel`, "POST"],
  [`/veo31/tasks/${"a".repeat(32)}`, "DELETE"],
  [`/veo31/media/${"a".repeat(32)}/video.mp4`, "GET"],
];

test("a method that an address does not take is answered with those it takes", async () => {
  const requests = fc.constantFrom(...takes).chain(([path, ...taken]) =>
    fc.tuple(fc.constantFrom(...methods.filter((method) => !taken.includes(method))), wrongJson).chain((
      [method, body],
    ) =>
      asked({ method, path, ...(method !== "GET" && method !== "TRACE" && { body }) }, { statuses: [405] }).map((
        request,
      ) => ({
        ...request,
        taken,
      }))
    )
  );
  await checkRequests("methodsNotTaken", requests, {
    check(request, answer) {
      expectAnswer(request, answer);
      for (const method of request.taken) expect(answer.headers.get("Allow")).toContain(method);
    },
  });
}, propertyTimeoutMs);
