import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { AddressError } from "../../src/addresses/address-error.ts";
import type { ResolveName } from "../../src/addresses/address-guard.ts";
import { headersTimeoutMs, totalTimeoutMs } from "../../src/addresses/open-address.ts";
import { fetchReferences } from "../../src/references/fetch-references.ts";
import { deletePrefix } from "../../src/storage/task-files.ts";
import { webm } from "../support/movies.ts";
import { brokenAfter, inPieces } from "../support/multipart.ts";
import { jpeg, png, strangers, webp } from "../support/pictures.ts";

const prefix = "tasks/t1/secret/";
const size = { width: 40, height: 24 };

beforeEach(() => deletePrefix(env.BUCKET, "tasks/"));

type Answer = () => Response | Promise<Response>;
type Site = Record<string, Answer>;

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

const resolve = () => Promise.resolve(["93.184.216.34"]);

/** Fetches from a made-up web. */
function fetching(site: Site, addresses: readonly string[], videoUrl: string | null = null, options: {
  allowPrivate?: boolean;
  timeout?: (milliseconds: number) => AbortSignal;
  resolve?: ResolveName;
} = {}) {
  const sent: Sent[] = [];
  const fetch = (url: string, init: RequestInit) => {
    sent.push({ url, init });
    init.signal?.throwIfAborted();
    const answer = site[url];
    return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError("no such host"));
  };
  const store = { bucket: env.BUCKET, prefix };
  const { allowPrivate = false, ...rest } = options;
  const rules = { allowPrivate, ownOrigin: "https://videos.example" };
  const fetched = fetchReferences({ imageUrls: addresses, videoUrl }, store, { rules, fetch, resolve, ...rest });
  return { fetched, sent };
}

const answer = (body: BodyInit | null, init: ResponseInit = {}): Answer => () => new Response(body, init);
const redirect = (location: string, status = 302): Answer => answer(null, { status, headers: { location } });

async function keys(): Promise<string[]> {
  return (await env.BUCKET.list({ prefix: "tasks/" })).objects.map(({ key }) => key);
}

/** A picture that goes on for 100 MB of zeros, and a counter of what is unpacked of it. */
async function gzipBomb() {
  const pieces = [jpeg(size), ...new Array<Uint8Array<ArrayBuffer>>(100).fill(new Uint8Array(1_000_000))];
  const packed = new Blob(pieces).stream().pipeThrough(new CompressionStream("gzip"));
  const unpacked = {
    bytes: 0,
    counter: new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        unpacked.bytes += chunk.length;
        controller.enqueue(chunk);
      },
    }),
  };
  return { bomb: new Uint8Array(await new Response(packed).arrayBuffer()), unpacked };
}

async function problemsOf(site: Site, ...addresses: string[]) {
  return (await fetching(site, addresses).fetched).problems;
}

test("pictures and a video are fetched into the bucket, with what they are", async () => {
  const video = await webm();
  const { fetched, sent } = fetching(
    {
      "https://a.com/1": answer(inPieces(jpeg({ ...size, orientation: 8 }), 100), {
        headers: { "content-type": "text/plain" },
      }),
      "https://b.com/2": answer(png(size), { headers: { "content-length": String(png(size).length) } }),
      "https://c.com/v": answer(video),
    },
    ["https://a.com/1", "https://b.com/2"],
    "https://c.com/v",
  );
  expect(await fetched).toMatchObject({
    problems: [],
    images: [
      { field: "reference_image_urls[0]", key: `${prefix}reference_image1.jpg`, width: 24, height: 40, orientation: 8 },
      { field: "reference_image_urls[1]", key: `${prefix}reference_image2.png`, content_type: "image/png", ...size },
    ],
    video: { field: "video_reference_url", key: `${prefix}video_reference.webm`, bytes: video.length },
  });
  expect(sent.map(({ init }) => [init.redirect, new Headers(init.headers).get("accept")])).toEqual([
    ["manual", "image/jpeg, image/png, image/webp"],
    ["manual", "image/jpeg, image/png, image/webp"],
    ["manual", "video/mp4, video/quicktime, video/webm"],
  ]);
  expect(await keys()).toHaveLength(3);
});

test("all are asked for before any has answered", async () => {
  const open = Promise.withResolvers<void>();
  let waiting = 0;
  const together: Answer = async () => {
    if (++waiting === 3) open.resolve();
    await open.promise;
    return new Response(png(size));
  };
  const site = { "https://a.com/1": together, "https://a.com/2": together, "https://a.com/3": together };
  expect((await fetching(site, Object.keys(site)).fetched).images).toHaveLength(3);
});

test("all problems are told at once, each with its field", async () => {
  const { fetched } = fetching(
    { "https://a.com/gif": answer(strangers["a GIF"]), "https://a.com/none": answer("gone", { status: 404 }) },
    ["https://a.com/gif", "http://127.0.0.1/a.jpg", "https://a.com/none"],
    "ftp://a.com/v.mp4",
  );
  expect((await fetched).problems.map(({ field, code }) => `${field} ${code}`)).toEqual([
    "reference_image_urls[0] unsupported_media_type",
    "reference_image_urls[1] reference_url_refused",
    "reference_image_urls[2] reference_fetch_failed",
    "video_reference_url reference_url_refused",
  ]);
  expect(await keys()).toEqual([]);
});

describe("redirects", () => {
  test.each([301, 302, 303, 307, 308])("with status %i are followed, also relative ones", async (status) => {
    const { fetched, sent } = fetching({
      "https://a.com/x/1": redirect("../2", status),
      "https://a.com/2": redirect("//b.com/3", status),
      "https://b.com/3": answer(webp(size)),
    }, ["https://a.com/x/1"]);
    expect((await fetched).images).toMatchObject([{ content_type: "image/webp" }]);
    expect(sent.map(({ url }) => url)).toEqual(["https://a.com/x/1", "https://a.com/2", "https://b.com/3"]);
  });

  test("are followed five times and not six", async () => {
    const site: Site = { "https://a.com/0": answer(png(size)) };
    for (let step = 1; step <= 6; step++) site[`https://a.com/${step}`] = redirect(`/${step - 1}`);
    expect(await problemsOf(site, "https://a.com/5")).toEqual([]);
    expect(await problemsOf(site, "https://a.com/6")).toMatchObject([{ code: "reference_fetch_failed" }]);
  });

  test.each([
    "http://169.254.169.254/",
    "http://[::1]/",
    "file:///etc/passwd",
    "https://user:secret@b.com/",
    "//localhost/",
  ])(
    "to %s are refused before they are asked",
    async (location) => {
      const { fetched, sent } = fetching({ "https://a.com/1": redirect(location) }, ["https://a.com/1"]);
      expect((await fetched).problems).toMatchObject([{
        field: "reference_image_urls[0]",
        code: "reference_url_refused",
      }]);
      expect(sent).toHaveLength(1);
    },
  );

  test("without a target are a failure", async () => {
    const problems = await problemsOf({ "https://a.com/1": answer(null, { status: 302 }) }, "https://a.com/1");
    expect(problems).toMatchObject([{ code: "reference_fetch_failed", message: expect.stringContaining("302") }]);
  });
});

test("a private address is fetched where that is allowed", async () => {
  const site = { "http://127.0.0.1:9/1.png": answer(png(size)) };
  const { fetched } = fetching(site, ["http://127.0.0.1:9/1.png"], null, { allowPrivate: true });
  expect((await fetched).problems).toEqual([]);
});

describe("an announced length is not believed", () => {
  const lying = (bytes: number, headers: Record<string, string> = {}): Site => ({
    "https://a.com/1": answer(png(size), { headers: { ...headers, "content-length": String(bytes) } }),
  });

  test.each([0, 1, png(size).length + 1_000, 19_999_999])("when it is wrong: %i", async (bytes) => {
    expect(await fetching(lying(bytes), ["https://a.com/1"]).fetched).toMatchObject({
      problems: [],
      images: [{ bytes: png(size).length }],
    });
  });

  test("when it is that of a compressed answer", async () => {
    const site = lying(20_000_001, { "content-encoding": "gzip" });
    expect(await problemsOf(site, "https://a.com/1")).toEqual([]);
  });
});

test("a name that cannot be looked up is a problem of its reference", async () => {
  const message = "The name of the host in this address could not be looked up.";
  const { fetched, sent } = fetching({}, ["https://a.com/1"], null, {
    resolve: () => Promise.reject(new AddressError("failed", message)),
  });
  expect((await fetched).problems).toEqual([
    { field: "reference_image_urls[0]", code: "reference_fetch_failed", message },
  ]);
  expect(sent).toEqual([]);
});

describe("a reference is refused, and nothing of it is stored,", () => {
  test.each<[string, Answer, string]>([
    ["when it answers with an error", answer("no", { status: 503 }), "reference_fetch_failed"],
    ["when it answers with nothing", answer(null, { status: 204 }), "reference_fetch_failed"],
    ["when it is empty", answer(new Uint8Array()), "reference_unusable"],
    ["when it breaks off", answer(brokenAfter(png(size).subarray(0, 50))), "reference_fetch_failed"],
    ["when it is cut off", answer(png(size).slice(0, -5)), "reference_unusable"],
    ["when it is a web page", answer("<!doctype html><p>Log in"), "unsupported_media_type"],
    [
      "when it announces too much",
      answer(png(size), { headers: { "content-length": "20000001" } }),
      "payload_too_large",
    ],
  ])("%s", async (_, answered, code) => {
    const problems = await problemsOf({ "https://a.com/1": answered }, "https://a.com/1");
    expect(problems).toMatchObject([{ field: "reference_image_urls[0]", code }]);
    expect(await keys()).toEqual([]);
  });

  test("when it sends more than is taken without announcing it", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(sent === 0 ? jpeg(size) : new Uint8Array(1_000_000));
        sent += 1_000_000;
      },
    });
    const problems = await problemsOf({ "https://a.com/1": answer(endless) }, "https://a.com/1");
    expect(problems).toMatchObject([{ code: "payload_too_large", message: "The file is longer than 20 MB." }]);
    expect(sent).toBeLessThan(25_000_000);
    expect(await keys()).toEqual([]);
  });

  test("when it was compressed to a thousandth of what it is", async () => {
    const { bomb, unpacked } = await gzipBomb();
    // As the runtime does with what it fetches: the header stays, the body is unpacked while it is read.
    const body = new Blob([bomb]).stream().pipeThrough(new DecompressionStream("gzip")).pipeThrough(unpacked.counter);
    const headers = { "content-encoding": "gzip", "content-length": String(bomb.length) };
    const problems = await problemsOf({ "https://a.com/1": answer(body, { headers }) }, "https://a.com/1");
    expect(problems).toMatchObject([{ code: "payload_too_large", message: "The file is longer than 20 MB." }]);
    expect(bomb.length).toBeLessThan(200_000);
    expect(unpacked.bytes).toBeLessThan(25_000_000);
    expect(await keys()).toEqual([]);
  });

  test("when it cannot be reached", async () => {
    expect(await problemsOf({}, "https://a.com/1")).toMatchObject([{ code: "reference_fetch_failed" }]);
  });

  test("when its headers do not come in time", async () => {
    const timeout = (milliseconds: number) =>
      milliseconds === headersTimeoutMs ? AbortSignal.abort() : new AbortController().signal;
    const { fetched } = fetching({ "https://a.com/1": answer(png(size)) }, ["https://a.com/1"], null, { timeout });
    const message = "This address took too long to answer.";
    expect((await fetched).problems).toEqual([{
      field: "reference_image_urls[0]",
      code: "reference_fetch_failed",
      message,
    }]);
  });

  test("when its body does not come in time, though its headers did", async () => {
    const total = new AbortController();
    const timeout = (milliseconds: number) =>
      milliseconds === totalTimeoutMs ? total.signal : new AbortController().signal;
    const stuck: Answer = () =>
      new Response(
        new ReadableStream<Uint8Array>({
          start(controller) {
            controller.enqueue(png(size).slice(0, 40));
            total.signal.addEventListener("abort", () => controller.error(total.signal.reason));
          },
          pull() {
            total.abort();
          },
        }),
      );
    const { fetched } = fetching({ "https://a.com/1": stuck }, ["https://a.com/1"], null, { timeout });
    const message = "This address took too long to answer.";
    expect((await fetched).problems).toMatchObject([{ code: "reference_fetch_failed", message }]);
    expect(await keys()).toEqual([]);
  });
});

test("a failure of the bucket is a failure of ours, and nothing is left", async () => {
  const bucket = new Proxy(env.BUCKET, {
    get(target, method: keyof R2Bucket) {
      if (method !== "put") return target[method].bind(target);
      return (key: string, value: Uint8Array, options: R2PutOptions) =>
        key.includes("image2") ? Promise.reject(new Error("R2 is down")) : target.put(key, value, options);
    },
  });
  const fetch = () => Promise.resolve(new Response(png(size)));
  const addresses = { imageUrls: ["https://a.com/1", "https://a.com/2"], videoUrl: null };
  const fetched = fetchReferences(addresses, { bucket, prefix }, {
    ...{ fetch, resolve },
    rules: { allowPrivate: false, ownOrigin: null },
  });
  await expect(fetched).rejects.toThrow("R2 is down");
  expect(await keys()).toEqual([]);
});
