/** Which methods an address takes, and what is said to the others: OPTIONS, 404, 405, over HTTP. */
import { exports } from "cloudflare:workers";
import { afterEach, describe, expect, test } from "vitest";
import { usualSettings, withKey, withSettings } from "../support/sandboxed-service.ts";

const task = "0123456789abcdef0123456789abcdef";

/** Every address of the service with the methods it takes. */
const addresses: readonly (readonly [path: string, taken: readonly string[]])[] = [
  ["/", ["GET", "HEAD"]],
  ["/docs", ["GET", "HEAD"]],
  ["/openapi.json", ["GET", "HEAD"]],
  ["/health", ["GET", "HEAD"]],
  ["/mcp", ["POST"]],
  ["/veo31/capabilities", ["GET", "HEAD"]],
  ["/veo31/estimate", ["POST"]],
  ["/veo31/generate", ["POST"]],
  ["/veo31/generate-from-urls", ["POST"]],
  [`/veo31/status/${task}`, ["GET", "HEAD"]],
  [`/veo31/status/${task}/events`, ["GET", "HEAD"]],
  [`/veo31/tasks/${task}`, ["DELETE"]],
  [`/veo31/tasks/${task}/approve`, ["POST"]],
  [`/veo31/tasks/${task}/cancel`, ["POST"]],
  [`/veo31/tasks/${task}/redeliver`, ["POST"]],
  [`/veo31/media/${task}/clip-1.mp4`, ["GET", "HEAD"]],
];

const ask = (path: string, method: string, headers: Record<string, string> = {}) =>
  exports.default.fetch(new Request(new URL(path, "http://localhost"), { method, headers }));

afterEach(usualSettings);

describe.each(addresses)("%s", (path, taken) => {
  test("tells which methods it takes", async () => {
    const answer = await ask(path, "OPTIONS");
    expect([answer.status, answer.headers.get("Allow")]).toEqual([204, [...taken, "OPTIONS"].join(", ")]);
    expect(await answer.text()).toBe("");
  });

  test("refuses the others with a problem that names them", async () => {
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((method) => !taken.includes(method))) {
      const answer = await ask(path, method);
      expect([method, answer.status, answer.headers.get("Allow")]).toEqual([
        method,
        405,
        [...taken, "OPTIONS"].join(", "),
      ]);
      expect(answer.headers.get("Content-Type")).toBe("application/problem+json");
      expect(await answer.json()).toMatchObject({ code: "method_not_allowed", status: 405 });
    }
  });
});

test.each(["/nothing", "/veo31", "/veo31/", "/veo31/statuses", "/veo31/capabilities/", "/docs/nothing", "/mcp/tools"])(
  "there is nothing at %s, whatever the method, which is told by a problem",
  async (path) => {
    for (const method of ["GET", "POST", "OPTIONS", "DELETE"]) {
      const answer = await ask(path, method);
      expect([method, answer.status]).toEqual([method, 404]);
      expect(await answer.json()).toMatchObject({ code: "not_found", status: 404 });
    }
  },
);

test("who has no key is not told which addresses there are", async () => {
  withSettings({ API_KEYS: "somebody:somebody-key" });
  const stranger = { "CF-Connecting-IP": "2001:db8:77::1" };
  expect((await ask("/veo31/generate", "OPTIONS", stranger)).status).toBe(401);
  withKey(null);
  expect((await ask("/veo31/generate", "OPTIONS", { Authorization: "Bearer somebody-key" })).status).toBe(204);
});
