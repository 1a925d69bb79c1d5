/** Described answers that no other test brings about over HTTP; that they are as described is looked at in the end. */
import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { file, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import {
  ended,
  freshSandbox,
  get,
  postForm,
  postJson,
  postUrls,
  started,
  usualSettings,
  withSettings,
} from "../support/sandboxed-service.ts";
import { pictureUrl, servePictures } from "../support/web-pictures.ts";

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));
const byAddress = { reference_image_urls: [pictureUrl] };
/** More than any body without files may have. */
const tooLong = "x".repeat(256_001);

beforeEach(freshSandbox);
afterEach(usualSettings);

const post = (path: string, body: string, headers: Record<string, string>) =>
  exports.default.fetch(new Request(new URL(path, "http://localhost"), { method: "POST", body, headers }));

test("an order by addresses that was sent before, and is done, is answered with the finished task", async () => {
  servePictures();
  const headers = { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() };
  const order = (more: Record<string, string>) =>
    post("/veo31/generate-from-urls", JSON.stringify(byAddress), { ...headers, ...more });
  const first = await started(await order({}));
  await ended(first.task_id);
  const again = await order({ Prefer: "wait=1" });
  expect(again.status).toBe(200);
  expect(again.headers.get("Idempotent-Replayed")).toBe("true");
  expect(await again.json()).toMatchObject({ task_id: first.task_id, status: "succeeded" });
});

test("an order by addresses is refused when the day's budget does not cover it", async () => {
  servePictures();
  withSettings({ DAILY_BUDGET_USD: "0.01" });
  const response = await postUrls(byAddress);
  expect(response.status).toBe(402);
  expect(await response.json()).toMatchObject({ code: "budget_exceeded" });
});

test("a task with another tag than the wanted one is not told", async () => {
  const { task_id } = await started(await postForm([picture]));
  expect((await get(`/veo31/status/${task_id}`, { "If-Match": '"another"' })).status).toBe(412);
});

test("edited prompts that are too long are not read", async () => {
  const { task_id } = await started(await postForm([picture, text("review", "true")]));
  const response = await postJson(`/veo31/tasks/${task_id}/approve`, { prompt: tooLong });
  expect(await response.json()).toMatchObject({ status: 413, code: "payload_too_large" });
});

test("an estimate is not made of what is too long, or of another kind", async () => {
  const long = await postJson("/veo31/estimate", { additional_prompt: tooLong });
  expect(await long.json()).toMatchObject({ status: 413, code: "payload_too_large" });
  const other = await post("/veo31/estimate", "<wish/>", { "Content-Type": "text/xml" });
  expect(await other.json()).toMatchObject({ status: 415, code: "unsupported_media_type" });
});

test("an agent that takes neither of the protocol's types is told so", async () => {
  const message = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" });
  const response = await post("/mcp", message, { "Content-Type": "application/json", "Accept": "text/plain" });
  expect(response.status).toBe(406);
  await response.text();
});
