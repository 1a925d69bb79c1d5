/** The requests that the description shows are taken by the service as they stand there. */
import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { addresses, onePrompt, severalPrompts, upload, wishes } from "../../scripts/describe-api/examples/requests.ts";
import { requestSchemas } from "../../scripts/describe-api/requests.ts";
import { file, text } from "../support/multipart.ts";
import { mp4 } from "../support/movies.ts";
import { jpeg } from "../support/pictures.ts";
import {
  freshSandbox,
  get,
  postForm,
  postJson,
  postUrls,
  started,
  usualSettings,
  wokenUntil,
} from "../support/sandboxed-service.ts";

const picture = jpeg({ width: 64, height: 48 });

beforeEach(freshSandbox);
afterEach(usualSettings);

test("the upload", async () => {
  const bytes: Readonly<Record<string, Uint8Array>> = { reference_image1: picture, video_reference: await mp4() };
  const parts = Object.entries(upload).map(([name, value]) => {
    const content = bytes[name];
    return content ? file(name, content) : text(name, value);
  });
  const { request } = await started(await postForm(parts));
  expect(request).toMatchObject({ use_case: upload.use_case, aspect_ratio: upload.aspect_ratio });
});

describe("the wishes", () => {
  test("as JSON", async () => {
    const response = await postJson("/veo31/estimate", wishes);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ plan: { duration_seconds: wishes.duration_seconds, square: true } });
  });

  test("as a form", async () => {
    const body = new URLSearchParams(Object.entries(wishes).map(([name, value]) => [name, String(value)]));
    const request = new Request("http://localhost/veo31/estimate", { method: "POST", body });
    expect((await exports.default.fetch(request)).status).toBe(200);
  });

  test("and the values and defaults that are described are those of the service", async () => {
    const { properties = {} } = requestSchemas["Wishes"] ?? {};
    for (const [field, schema] of Object.entries(properties)) {
      if (typeof schema === "boolean") throw new Error(`${field} has no schema.`);
      const values = schema.enum ??
        [schema.default, schema.minimum, schema.maximum].filter((value) => value !== undefined);
      for (const value of values) {
        const response = await postJson("/veo31/estimate", { [field]: value });
        expect({ field, value, status: response.status }).toEqual({ field, value, status: 200 });
      }
    }
  });
});

test("the order by addresses", async () => {
  const video = await mp4();
  const network = globalThis.fetch;
  vi.spyOn(globalThis, "fetch").mockImplementation((input, init) => {
    const { url } = new Request(input, init);
    if (addresses.reference_image_urls.includes(url)) return Promise.resolve(new Response(picture.slice()));
    return url === addresses.video_reference_url ? Promise.resolve(new Response(video.slice())) : network(input, init);
  });
  const { request, references } = await started(await postUrls(addresses));
  expect(request).toMatchObject({ use_case: addresses.use_case, duration_seconds: addresses.duration_seconds });
  expect(references).toMatchObject({ images: [{ width: 64 }, { width: 64 }], video: { content_type: "video/mp4" } });
});

describe("the edited prompts", () => {
  test.each([
    ["of one segment", "8", onePrompt],
    ["of several segments", "16", severalPrompts],
  ])("%s", async (_, seconds, edits) => {
    const parts = [file("reference_image1", picture), text("review", "true"), text("duration_seconds", seconds)];
    const { task_id } = await started(await postForm(parts));
    await wokenUntil(task_id, ["awaiting_approval"]);
    const response = await postJson(`/veo31/tasks/${task_id}/approve`, edits);
    expect(response.status).toBe(200);
    expect((await get(`/veo31/status/${task_id}`)).status).toBe(200);
  });
});
