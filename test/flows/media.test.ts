import { env, exports } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";

const secret = "b".repeat(32);
const address = `http://localhost/veo31/media/${secret}/video.mp4`;
const bytes = Uint8Array.from({ length: 1_000 }, (_, index) => index % 256);

const get = (headers: Record<string, string> = {}, method = "GET") =>
  exports.default.fetch(new Request(address, { method, headers }));
const bodyOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

beforeAll(async () => {
  await env.BUCKET.put(`media/${secret}/video.mp4`, bytes, {
    httpMetadata: { contentType: "video/mp4", contentDisposition: 'inline; filename="ring.mp4"' },
  });
});

describe("a task's video", () => {
  test("is served whole, with its name, its tag and its length", async () => {
    const response = await get();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "video/mp4",
      "content-length": "1000",
      "content-disposition": 'inline; filename="ring.mp4"',
      "accept-ranges": "bytes",
      "x-content-type-options": "nosniff",
    });
    expect(response.headers.get("ETag")).toMatch(/^".+"$/);
    expect(await bodyOf(response)).toEqual(bytes);
  });

  test("is described by HEAD without a body", async () => {
    const response = await get({}, "HEAD");
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Length")).toBe("1000");
    expect((await bodyOf(response)).byteLength).toBe(0);
  });

  test.each([
    ["bytes=0-0", "bytes 0-0/1000", 0, 1],
    ["bytes=990-", "bytes 990-999/1000", 990, 1_000],
    ["bytes=-10", "bytes 990-999/1000", 990, 1_000],
    ["bytes=-5000", "bytes 0-999/1000", 0, 1_000],
    ["bytes=500-5000", "bytes 500-999/1000", 500, 1_000],
  ])("gives the range %s as %s", async (range, contentRange, start, end) => {
    const response = await get({ Range: range });
    expect(response.status).toBe(206);
    expect(response.headers.get("Content-Range")).toBe(contentRange);
    expect(response.headers.get("Content-Length")).toBe(String(end - start));
    expect(await bodyOf(response)).toEqual(bytes.slice(start, end));
  });

  test.each(["bytes=1000-", "bytes=5000-6000", "bytes=-0"])("refuses the range %s with 416", async (range) => {
    const response = await get({ Range: range });
    expect(response.status).toBe(416);
    expect(response.headers.get("Content-Range")).toBe("bytes */1000");
    expect(await response.json()).toMatchObject({ code: "range_not_satisfiable" });
  });

  test("is not sent again to who has it", async () => {
    const etag = (await get({}, "HEAD")).headers.get("ETag") ?? "";
    expect((await get({ "If-None-Match": etag })).status).toBe(304);
    expect((await get({ "If-None-Match": etag }, "HEAD")).status).toBe(304);
    expect((await get({ "If-None-Match": etag, "Range": "bytes=0-9", "If-Range": etag })).status).toBe(304);
    expect((await get({ "If-None-Match": `"a", W/${etag}` })).status).toBe(304);
    expect((await get({ "If-None-Match": "no tag at all" })).status).toBe(200);
  });

  test("is not sent to who expects another", async () => {
    expect((await get({ "If-Match": '"another"' })).status).toBe(412);
    expect((await get({ "If-Match": '"another"', "If-None-Match": '"a third"' })).status).toBe(412);
  });

  test("takes no other method", async () => {
    const response = await get({}, "DELETE");
    expect(response.status).toBe(405);
    expect(response.headers.get("Allow")).toBe("GET, HEAD, OPTIONS");
    expect(await response.json()).toMatchObject({ code: "method_not_allowed" });
  });

  test("is sent whole when the range belongs to an older file", async () => {
    const etag = (await get({}, "HEAD")).headers.get("ETag") ?? "";
    expect((await get({ "Range": "bytes=0-9", "If-Range": etag })).status).toBe(206);
    expect((await get({ "Range": "bytes=0-9", "If-Range": '"another"' })).status).toBe(200);
  });

  test("is not found under another secret", async () => {
    const response = await exports.default.fetch(address.replace(secret, "c".repeat(32)));
    expect(response.status).toBe(404);
    expect(response.headers.get("Content-Type")).toBe("application/problem+json");
    await response.body?.cancel();
  });
});
