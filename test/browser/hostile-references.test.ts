/** A host of references that means harm, as the server's real network meets it. */
import { Buffer } from "node:buffer";
import { once } from "node:events";
import { createServer, type RequestListener, type Server as HttpServer } from "node:http";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newStorage, type Server, startServer } from "./support/server.ts";
import { pictures } from "./support/uploads.ts";

let server: Server;
let host: HttpServer;
let hostOrigin: string;
const asked: string[][] = [];

beforeAll(async () => {
  const [picture] = await pictures();
  host = createServer(answers(picture?.buffer ?? Buffer.alloc(0))).listen(0, "127.0.0.1");
  await once(host, "listening");
  const address = host.address();
  hostOrigin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  server = await startServer(await newStorage());
});

afterAll(async () => {
  await server.kill();
  host.closeAllConnections();
  host.close();
});

/** The picture and 300 MB of zeros after it, as few bytes. */
const bombBytes = 300_000_000;

function answers(picture: Buffer): RequestListener {
  const unpacked = Buffer.concat([picture.subarray(0, -2), Buffer.alloc(bombBytes)]);
  const packed = {
    gzip: gzipSync(unpacked),
    br: brotliCompressSync(unpacked, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  };
  return ({ url = "", rawHeaders }, response) => {
    asked.push(rawHeaders);
    const { pathname, searchParams } = new URL(url, "http://host");
    const location = searchParams.get("to");
    const bomb = pathname === "/gzip" ? packed.gzip : pathname === "/br" ? packed.br : null;
    if (location !== null) response.writeHead(302, { location }).end();
    else if (bomb) response.writeHead(200, { "content-encoding": pathname.slice(1) }).end(bomb);
    else response.writeHead(200, { "set-cookie": "a=b" }).end(picture);
  };
}

/** Orders a video of the picture at an address, with headers that are nobody else's business. */
async function order(url: string): Promise<{ status: number; code: unknown }> {
  const response = await fetch(`${server.origin}/veo31/generate-from-urls`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Cookie": "client=1", "Authorization": "Bearer client" },
    body: JSON.stringify({ reference_image_urls: [url] }),
  });
  const answer: unknown = await response.json();
  const code = typeof answer === "object" && answer !== null && "code" in answer ? answer.code : null;
  return { status: response.status, code };
}

test("it learns only what is wanted, on each step of the way", async () => {
  asked.length = 0;
  expect(await order(`${hostOrigin}/?to=/picture`)).toEqual({ status: 202, code: null });
  expect(asked).toHaveLength(2);
  for (const rawHeaders of asked) {
    const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
    // The runtime names the Worker's zone to whom it asks; nobody can keep it from that.
    expect(names.filter((name) => name !== "cf-worker").sort()).toEqual(["accept", "accept-encoding", "host"]);
    expect(rawHeaders[rawHeaders.findIndex((name) => name.toLowerCase() === "accept-encoding") + 1]).toBe("identity");
  }
});

test.each(["gzip", "br"])("300 MB of zeros that come as a few kB are counted unpacked: %s", async (encoding) => {
  expect(await order(`${hostOrigin}/${encoding}`)).toEqual({ status: 413, code: "payload_too_large" });
});

test.each(["/health", "/veo31/capabilities", "/%76eo31/capabilities"])(
  "it cannot lead the server to its own routes: %s",
  async (path) => {
    const { port } = new URL(server.origin);
    for (const own of [server.origin, `http://127.0.0.1:${port}`, `http://[::ffff:7f00:1]:${port}`]) {
      const location = encodeURIComponent(own + path);
      const refused = { status: 422, code: "reference_url_refused" };
      expect(await order(`${hostOrigin}/?to=${location}`)).toEqual(refused);
    }
  },
);
