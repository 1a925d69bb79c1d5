import { env, exports } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freshSandbox, usualSettings, withSettings } from "../support/sandboxed-service.ts";

beforeEach(freshSandbox);
afterEach(usualSettings);

/** What is wrong with a picture's address, when the service is asked under a host. */
async function problemOf(address: string, origin: string): Promise<unknown> {
  const request = new Request(`${origin}/veo31/generate-from-urls`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ reference_image_urls: [address], video_reference_url: `${address}?video` }),
  });
  const response = await exports.default.fetch(request);
  expect(response.status).toBe(422);
  expect((await env.BUCKET.list({ prefix: "media/" })).objects).toEqual([]);
  return await response.json();
}

const isOurs = {
  code: "reference_url_refused",
  errors: ["reference_image_urls[0]", "video_reference_url"].map((field) => ({
    field,
    code: "reference_url_refused",
    message: "This is an address of this service itself, which it does not open.",
  })),
};

test("all of the host that the service is asked under", async () => {
  withSettings({ ALLOW_PRIVATE_URLS: "false" });
  expect(await problemOf("https://videos.example/a.jpg", "https://videos.example")).toMatchObject(isOurs);
  expect(await problemOf("http://VIDEOS.example.:8080/", "https://videos.example")).toMatchObject(isOurs);
});

test("its routes, where private addresses are allowed", async () => {
  expect(await problemOf("http://localhost/health", "http://localhost")).toMatchObject(isOurs);
  expect(await problemOf("http://127.1/veo31/capabilities", "http://localhost")).toMatchObject(isOurs);
});
