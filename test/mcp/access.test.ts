/** Who may use `/mcp`, how often and for how much; and what of HTTP it takes. */
import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rateLimits } from "../../src/access/rate-limits.ts";
import { taskAnswerSchema } from "../../src/mcp/task-answer.ts";
import { connectedAgent, postMessage } from "../support/agent.ts";
import { anotherAddress, callsSeen, freshSandbox, usualSettings, withSettings } from "../support/sandboxed-service.ts";
import { pictureUrl, servePictures } from "../support/web-pictures.ts";

const cheapest = { reference_image_urls: [pictureUrl], quality: "standard", duration_seconds: 5 };
const listTools = { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} };

/** Keys are counted for minutes, so each test has its own. */
let tests = 0;
let shop = "";
let studio = "";

beforeEach(async () => {
  await freshSandbox();
  servePictures();
  shop = `mcp-shop-${++tests}`;
  studio = `mcp-studio-${tests}`;
});
afterEach(usualSettings);

function withKeys(settings: Record<string, string> = {}): void {
  withSettings({ API_KEYS: `${shop}:${shop}-key,${studio}:${studio}-key`, ...settings });
}

describe("with keys", () => {
  test.each([{}, { Authorization: "Bearer wrong-key" }])("nobody connects with %j", async (headers) => {
    withKeys();
    const response = await postMessage(listTools, headers);
    expect(response.status).toBe(401);
    expect(response.headers.get("WWW-Authenticate")).toMatch(/^Bearer /);
    expect(await response.json()).toMatchObject({ code: "unauthorized" });
    await expect(connectedAgent()).rejects.toThrow();
  });

  test("a task is there for the key that started it alone", async () => {
    withKeys();
    const owner = await connectedAgent(`${shop}-key`);
    const { structured } = await owner.call("generate_video", cheapest);
    const { task_id } = taskAnswerSchema.parse(structured);
    const other = await connectedAgent(`${studio}-key`);
    for (const tool of ["get_video_task", "get_video", "approve_prompts", "cancel_video_task", "delete_video_task"]) {
      expect((await other.call(tool, { task_id })).problem).toMatchObject({ code: "not_found" });
    }
    expect((await owner.call("get_video_task", { task_id })).structured).toMatchObject({ status: "queued" });
  });

  test("a video that the day's budget does not cover is not started", async () => {
    withKeys({ DAILY_BUDGET_USD: "0.10" });
    const agent = await connectedAgent(`${shop}-key`);
    expect((await agent.call("estimate_video", { quality: "standard" })).words).toContain("$0.10 is left");
    const { problem, words } = await agent.call("generate_video", cheapest);
    expect(problem).toMatchObject({ code: "budget_exceeded", status: 402 });
    expect(words).toContain("more than the $0.10 of a whole day");
    expect(await callsSeen()).toEqual([]);
  });

  test("starts are limited as starts, and the refusal says when to go on", async () => {
    withKeys();
    const agent = await connectedAgent(`${shop}-key`);
    const { starts, requests } = rateLimits;
    const problems: unknown[] = [];
    // Refused for its arguments, it counts all the same, and costs no work. The window may end in the middle.
    for (let sent = 0; sent <= 2 * starts.quota; sent++) {
      const { problem } = await agent.call("generate_video", {});
      problems.push(problem);
      if (problem?.code === "rate_limited") break;
    }
    expect(problems.length).toBeGreaterThan(starts.quota);
    expect(problems[0]).toMatchObject({ code: "invalid_input" });
    expect(problems.at(-1)).toMatchObject({ code: "rate_limited", retry_after_seconds: starts.windowSeconds });
    expect(requests.quota).toBeGreaterThan(2 * starts.quota);
  });

  test("a batch gets no further than the same messages one by one", async () => {
    withKeys();
    const key = { Authorization: `Bearer ${shop}-key` };
    const call = { method: "tools/call", params: { name: "get_video", arguments: { task_id: "0".repeat(32) } } };
    const batch = Array.from({ length: 100 }, (_, id) => ({ jsonrpc: "2.0", id, ...call }));
    // Two of them are more than two windows of the limit let through, should the one end in the middle.
    const [first, second] = [await postMessage(batch, key), await postMessage(batch, key)];
    expect(await first.text() + await second.text()).toContain("rate_limited");
  });
});

describe("without keys", () => {
  test("a page of another site is refused, whatever it asks", async () => {
    for (const headers of [{ Origin: "https://evil.example" }, { "Sec-Fetch-Site": "cross-site" }]) {
      const response = await postMessage(listTools, headers);
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: "cross_site_refused" });
    }
    expect((await postMessage(listTools, { Origin: "http://localhost" })).status).toBe(200);
  });

  test("a name that was made to lead to this machine does not open a deployment that can spend", async () => {
    withSettings({ SANDBOX: "false" });
    const rebound = new Request("http://evil.example/mcp", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Origin": "http://evil.example" },
      body: JSON.stringify(listTools),
    });
    const response = await exports.default.fetch(rebound);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: "not_configured" });
  });
});

describe("the address takes", () => {
  test.each(["GET", "DELETE", "PUT"])("no %s", async (method) => {
    const response = await exports.default.fetch(
      new Request("http://localhost/mcp", { method, headers: { Accept: "text/event-stream", ...anotherAddress() } }),
    );
    expect(response.status).toBe(405);
    expect(response.headers.get("Allow")).toContain("POST");
  });

  test("no message of more than 128 kB", async () => {
    const response = await postMessage({ ...listTools, params: { padding: "x".repeat(130_000) } });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: "payload_too_large" });
  });

  test("no broken JSON", async () => {
    const response = await postMessage(`{"jsonrpc": "2.0", `);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ jsonrpc: "2.0", error: { code: -32_700 } });
  });

  test("no other content", async () => {
    expect((await postMessage("a=b", { "Content-Type": "text/plain" })).status).toBe(415);
  });
});
