/** Hono's typed client with the types that are published: they are the service's own, and what it answers. */
import { exports } from "cloudflare:workers";
import { hc } from "hono/client";
import type { ExtractSchema } from "hono/types";
import type { JSONParsed } from "hono/utils/types";
import { beforeEach, expect, expectTypeOf, test } from "vitest";
import type { Problem, Veo31Api, Veo31Routes } from "../../src/client/hono.ts";
import type { createService } from "../../src/service.ts";
import { jpeg } from "../support/pictures.ts";
import { ended, freshSandbox } from "../support/sandboxed-service.ts";

const api = hc<Veo31Api>("http://localhost", {
  fetch: (input: RequestInfo | URL, init?: RequestInit) => exports.default.fetch(new Request(input, init)),
});

beforeEach(freshSandbox);

type Service = ExtractSchema<ReturnType<typeof createService>>;

/** What a route answers with JSON, as it is when it was read: status and body. Problems come from the one error boundary, which has no types. */
type JsonAnswers<Endpoint> = Endpoint extends { output: infer Output; outputFormat: "json"; status: infer Status }
  ? Output extends Problem ? never : { output: JSONParsed<Output>; status: Status }
  : never;

type Publishes<
  Path extends keyof Veo31Routes & keyof Service,
  Method extends keyof Veo31Routes[Path] & keyof Service[Path],
> = JsonAnswers<Service[Path][Method]> extends infer Own ? [Own] extends [never] ? "the route has no types"
  : JsonAnswers<Veo31Routes[Path][Method]> extends infer Published
    ? [Own] extends [Published] ? [Published] extends [Own] ? "the same" : "more than the route answers"
    : "less than the route answers"
  : never
  : never;

test("the published types are those of the service's own routes", () => {
  expectTypeOf<keyof Veo31Routes>().toExtend<keyof Service>();
  expectTypeOf<Publishes<"/veo31/generate", "$post">>().toEqualTypeOf<"the same">();
  expectTypeOf<Publishes<"/veo31/generate-from-urls", "$post">>().toEqualTypeOf<"the same">();
  expectTypeOf<Publishes<"/veo31/estimate", "$post">>().toEqualTypeOf<"the same">();
  expectTypeOf<Publishes<"/veo31/capabilities", "$get">>().toEqualTypeOf<"the same">();
  expectTypeOf<Publishes<"/veo31/status/:task_id", "$get">>().toEqualTypeOf<"the same">();
  expectTypeOf<Publishes<"/veo31/tasks/:task_id/approve", "$post">>().toEqualTypeOf<"the same">();
  expectTypeOf<Publishes<"/veo31/tasks/:task_id/cancel", "$post">>().toEqualTypeOf<"the same">();
  expectTypeOf<Publishes<"/veo31/tasks/:task_id/redeliver", "$post">>().toEqualTypeOf<"the same">();
  expectTypeOf<Publishes<"/health", "$get">>().toEqualTypeOf<"the same">();
});

test("a video is asked for, followed and removed", async () => {
  const picture = new File([jpeg({ width: 64, height: 48 }).slice()], "ring.jpg");
  const response = await api.veo31.generate.$post({ form: { reference_image1: picture, duration_seconds: "6" } });
  if (!response.ok) throw new Error((await response.json()).detail);
  const { task_id, request } = await response.json();
  expect(request.duration_seconds).toBe(6);
  await ended(task_id);
  const status = await api.veo31.status[":task_id"].$get({ param: { task_id } });
  expect(await status.json()).toMatchObject({ status: "succeeded" });
  expect((await api.veo31.tasks[":task_id"].$delete({ param: { task_id } })).status).toBe(204);
});

test("what it costs is asked, and what is wrong is told", async () => {
  const estimate = await api.veo31.estimate.$post({ json: { duration_seconds: 30, aspect_ratio: "1:1" } });
  if (!estimate.ok) throw new Error((await estimate.json()).detail);
  expect((await estimate.json()).plan.square).toBe(true);
  const refused = await api.veo31.estimate.$post({ json: { duration_seconds: 3 } });
  if (refused.ok) throw new Error("It was not refused.");
  const problem = await refused.json();
  expectTypeOf(problem).toEqualTypeOf<Problem>();
  expect(problem).toMatchObject({ code: "invalid_input", errors: [{ field: "duration_seconds" }] });
});
