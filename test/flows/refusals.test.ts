import { exports } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { file, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import { callsSeen, freshSandbox, get, keysInBucket, postForm, postUrls } from "../support/sandboxed-service.ts";

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly errors?: { field: string; code: string; message: string }[];
}

beforeEach(freshSandbox);

async function refused(response: Response): Promise<Problem> {
  expect(response.headers.get("Content-Type")).toBe("application/problem+json");
  const problem = await response.json<Problem>();
  expect(problem.status).toBe(response.status);
  expect(await keysInBucket()).toEqual([]);
  expect(await callsSeen()).toEqual([]);
  return problem;
}

describe("a request that cannot be used is refused, and nothing of it is left", () => {
  test.each([
    ["duration_seconds", "4"],
    ["duration_seconds", "61"],
    ["duration_seconds", "8.5"],
    ["duration_seconds", "eight"],
    ["aspect_ratio", "4:3"],
    ["use_case", "commercial"],
    ["quality", "best"],
    ["structure", "montage"],
    ["review", "maybe"],
    ["additional_prompt", "x".repeat(2_001)],
    ["durationseconds", "8"],
    ["callback_url", "example.com/hook"],
    ["callbackurl", "https://example.com/hook"],
  ])("for the field %s with %s", async (field, value) => {
    const problem = await refused(await postForm([picture, text(field, value)]));
    expect(problem).toMatchObject({ status: 422, code: "invalid_input", errors: [{ field }] });
  });

  test("for a field that was sent twice", async () => {
    const twice = [picture, text("quality", "high"), text("quality", "standard")];
    expect(await refused(await postForm(twice))).toMatchObject({ errors: [{ field: "quality" }] });
  });

  test("with all its problems at once", async () => {
    const cut = file("reference_image2", jpeg({ width: 64, height: 48 }).slice(0, -2));
    const problem = await refused(
      await postForm([text("quality", "best"), picture, cut, text("duration_seconds", "99")]),
    );
    expect(problem.errors?.map(({ field, code }) => [field, code]).sort()).toEqual([
      ["duration_seconds", "invalid_input"],
      ["quality", "invalid_input"],
      ["reference_image2", "reference_unusable"],
    ]);
  });

  test("without any picture", async () => {
    const problem = await refused(await postForm([text("quality", "high")]));
    expect(problem.errors?.[0]?.field).toMatch(/^reference_image/);
  });

  test("when it is not a form at all", async () => {
    const response = await exports.default.fetch(
      new Request("http://localhost/veo31/generate", { method: "POST", body: "hello" }),
    );
    expect(await refused(response)).toMatchObject({ status: 415, code: "unsupported_media_type" });
  });

  test("with what cannot be read beside what cannot be used", async () => {
    const problem = await refused(
      await postUrls({ reference_image_urls: [1], quality: "best", use_case: {}, extra: 1 }),
    );
    expect(problem.errors?.map(({ field }) => field).sort()).toEqual([
      "extra",
      "quality",
      "reference_image_urls",
      "use_case",
    ]);
  });

  test("by addresses, before anything is fetched", async () => {
    const problem = await refused(
      await postUrls({ reference_image_urls: ["http://localhost/a.jpg"], quality: "best" }),
    );
    expect(problem).toMatchObject({ code: "invalid_input", errors: [{ field: "quality" }] });
  });

  test("by addresses, with all its problems at once", async () => {
    const problem = await refused(
      await postUrls({
        reference_image_urls: ["https://user:password@example.com/a.jpg"],
        video_reference_url: "ftp://example.com/a.mp4",
        quality: "best",
        additional_prompt: ["two", "texts"],
        constructor: "",
      }),
    );
    expect(problem.errors?.map(({ field }) => field)).toContain("additional_prompt");
    const readable = await refused(
      await postUrls({
        reference_image_urls: ["https://user:password@example.com/a.jpg"],
        video_reference_url: "ftp://example.com/a.mp4",
        quality: "best",
        constructor: "",
      }),
    );
    expect(readable.errors?.map(({ field }) => field).sort()).toEqual([
      "constructor",
      "quality",
      "reference_image_urls[0]",
      "video_reference_url",
    ]);
  });

  test("by addresses in a body of endless fields", async () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`field${index}`, "x"]));
    const response = await postUrls({ reference_image_urls: ["https://example.com/a.jpg"], ...many });
    expect(JSON.stringify(await refused(response)).length).toBeLessThan(1_000);
  });

  test("by addresses that are none", async () => {
    const problem = await refused(await postUrls({ reference_image_urls: ["ftp://example.com/a.jpg"] }));
    expect(problem).toMatchObject({ code: "reference_url_refused", errors: [{ field: "reference_image_urls[0]" }] });
  });
});

test.each([["GET", "/veo31/generate"], ["DELETE", "/veo31/generate-from-urls"], ["POST", "/health"]])(
  "%s %s is answered 405 with what is allowed",
  async (method, path) => {
    const response = await exports.default.fetch(new Request(`http://localhost${path}`, { method }));
    expect(response.status).toBe(405);
    expect(response.headers.get("Allow")).toMatch(/POST|GET, HEAD/);
    expect(await response.json()).toMatchObject({ code: "method_not_allowed" });
  },
);

test("an empty field counts as absent", async () => {
  const response = await postForm([picture, text("duration_seconds", ""), text("additional_prompt", "")]);
  expect(response.status).toBe(202);
  expect(await response.json()).toMatchObject({ request: { duration_seconds: 8, additional_prompt: "" } });
});

describe("an address without anything behind it", () => {
  test.each([
    `/veo31/status/${"0".repeat(32)}`,
    "/veo31/status/nonsense",
    `/veo31/media/${"0".repeat(32)}/video.mp4`,
    "/veo31/unknown",
  ])("%s is answered 404 as a problem", async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: "not_found" });
  });
});

test("health says what is configured by name, never a value", async () => {
  const response = await get("/health");
  const body = await response.text();
  expect(JSON.parse(body)).toMatchObject({ ok: true, sandbox: true, missing: [] });
  expect(body).not.toContain("sandbox-openai-key");
});
