import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ServiceError } from "../../src/errors.ts";
import { bodiesMaximum, bodyStallMaximumMs, uploadTotalMaximumMs } from "../../src/references/limits.ts";
import { readUrlForm } from "../../src/references/read-url-form.ts";
import { receiveMultipart } from "../../src/references/receive-multipart.ts";
import { bodyChunksOf } from "../../src/references/request-body.ts";
import { deletePrefix } from "../../src/storage/task-files.ts";
import { file, formBody, type FormPart, formRequest, inPieces, testBoundary, text } from "../support/multipart.ts";
import { joined, jpeg, png } from "../support/pictures.ts";
import { RecordedBucket } from "../support/recorded-bucket.ts";

const size = { width: 40, height: 24 };
const picture = file("reference_image1", png(size));
let recorded: RecordedBucket;

beforeEach(async () => {
  await deletePrefix(env.BUCKET, "hostile/");
  recorded = new RecordedBucket(env.BUCKET);
});

afterEach(async () => {
  expect((await env.BUCKET.list({ prefix: "hostile/" })).objects).toEqual([]);
  expect(recorded.unfinished).toEqual(new Set());
});

function receive(request: Request) {
  return receiveMultipart(request, { bucket: recorded.bucket, prefix: "hostile/" });
}

async function failure(receiving: Promise<unknown>): Promise<ServiceError> {
  const error: unknown = await receiving.then(() => null, (reason: unknown) => reason);
  if (error instanceof ServiceError) return error;
  throw new Error("It was received.", { cause: error });
}

/** What is received of a form whose files are refused, or that has none. */
async function receivedWithoutFiles(parts: readonly FormPart[], boundary = testBoundary) {
  const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
  return await receive(formRequest(formBody(parts, boundary.replaceAll('"', "")), headers));
}

function json(body: string | Uint8Array, headers: Record<string, string> = {}): Request {
  const init = { method: "POST", body, headers: { "content-type": "application/json", ...headers } };
  return new Request("http://localhost/veo31/estimate", init);
}

/** A body that gives its bytes and then, without an end, what `more` gives. */
function endless(bytes: Uint8Array, more: () => Uint8Array | Promise<Uint8Array>) {
  const sent = { bytes: 0 };
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = sent.bytes === 0 ? bytes.slice() : await more();
      sent.bytes += piece.length;
      controller.enqueue(piece);
    },
  }, { highWaterMark: 0 });
  return { body, sent };
}

const never = () => new Promise<never>(() => {});
const kilobyte = () => new Uint8Array(1_000).fill(0x61);

describe("an encoded body", () => {
  test.each(["gzip", "br", "identity, GZIP", "x-anything"])(
    "in %s is refused, and told what is taken",
    async (coding) => {
      const refused = { code: "unsupported_media_type", headers: { "Accept-Encoding": "identity" } };
      const headers = { "content-encoding": coding };
      expect(await failure(receive(formRequest(formBody([picture]), headers)))).toMatchObject(refused);
      expect(await failure(readUrlForm(json("{}", headers)))).toMatchObject(refused);
    },
  );

  test("that is not encoded after all is taken", async () => {
    const { fields } = await readUrlForm(json('{"quality":"high"}', { "content-encoding": "Identity" }));
    expect([...fields]).toHaveLength(1);
  });
});

describe("a length that is a lie", () => {
  test.each(["5", "200000", "0", "-1", "1e9", "many", "7, 7"])("of %s changes nothing", async (length) => {
    const { fields } = await readUrlForm(json('{"quality":"high"}', { "content-length": length }));
    expect([...fields]).toEqual([["quality", ["high"]]]);
    const broken = file("reference_image1", png(size).subarray(0, -4));
    const { problems } = await receive(formRequest(formBody([broken]), { "content-length": length }));
    expect(problems).toMatchObject([{ code: "reference_unusable" }]);
  });
});

describe("a boundary", () => {
  const parts = [text("additional_prompt", "a .*+?[b](c)$ b"), text("quality", "high")];

  test.each(['"in quotes"', ".*", "(a+)+$", "[", "x".repeat(70), "--"])("may be %s", async (boundary) => {
    const { fields } = await receivedWithoutFiles(parts, boundary.startsWith('"') ? boundary : `"${boundary}"`);
    expect([...fields.keys()]).toEqual(["additional_prompt", "quality"]);
  });

  test("that stands in a file ends the form there, as an error", async () => {
    const inside = joined(jpeg(size), `\r\n--${testBoundary}more\r\n`);
    const error = await failure(receive(formRequest(formBody([file("reference_image1", inside)]))));
    expect(error).toMatchObject({ code: "invalid_input" });
  });

  test("that does not come at the beginning is not looked for in all that follows", async () => {
    const { body, sent } = endless(kilobyte(), kilobyte);
    expect(await failure(receive(formRequest(body)))).toMatchObject({ code: "invalid_input" });
    expect(sent.bytes).toBeLessThan(200_000);
  });

  test("that ends the form ends the reading, whatever follows", async () => {
    const { body, sent } = endless(formBody(parts), kilobyte);
    expect((await receive(formRequest(body))).fields.size).toBe(2);
    expect(sent.bytes).toBeLessThan(200_000);
  });
});

describe("parts", () => {
  test("by the thousand are not read to their end", async () => {
    const many = formBody(Array.from({ length: 5_000 }, () => text("quality", "high")));
    const error = await failure(receive(formRequest(inPieces(many, 1_000))));
    expect(error).toMatchObject({ code: "invalid_input", message: "The form has more than 32 parts." });
  });

  test("with a header in drops, or of line ends, are refused as soon as it is too long", async () => {
    const start = `--${testBoundary}\r\nContent-Disposition: form-data; name="a"\r\nX: `;
    for (const filling of ["\r", "\r\n ", "x"]) {
      const body = joined(start, filling.repeat(40_000));
      expect(await failure(receive(formRequest(inPieces(body, 9))))).toMatchObject({ code: "invalid_input" });
    }
  });

  test("with parts in them are not opened", async () => {
    const inner = new TextDecoder().decode(formBody([text("quality", "high")], "inner"));
    const nested = { name: "additional_prompt", content: inner, contentType: "multipart/mixed; boundary=inner" };
    const { fields } = await receivedWithoutFiles([nested]);
    expect([...fields]).toEqual([["additional_prompt", [inner]]]);
    const { problems } = await receivedWithoutFiles([{ ...nested, name: "reference_image1" }]);
    expect(problems).toMatchObject([{ field: "reference_image1", code: "invalid_input" }]);
  });

  test.each(["__proto__", "constructor", "toString", "a\0b", "\x01\x7f", "quality\t"])(
    "named %j are fields like any other",
    async (name) => {
      const { fields } = await receivedWithoutFiles([text(name, "1"), text(name, "2")]);
      expect([...fields]).toEqual([[name, ["1", "2"]]]);
    },
  );
});

describe("JSON", () => {
  const deep = 100_000;

  test.each([
    ["an array as deep as fits", `{"quality":${"[".repeat(deep)}${"]".repeat(deep)}}`],
    ["an object as deep as fits", `{"quality":${'{"a":'.repeat(40_000)}1${"}".repeat(40_000)}}`],
    ["a number that is none", '{"quality":1e400}'],
    ["half a character", String.raw`{"quality":"\ud83d"}`],
    ["half a character in a list", String.raw`{"reference_image_urls":["https://a/\udc00"]}`],
    ["a name twice", '{"quality":"high","quality":"standard"}'],
    ["a name twice, once in disguise", String.raw`{"quality":"high","qualit\u0079":"high"}`],
  ])("with %s is refused by its field", async (_, body) => {
    const { problems } = await readUrlForm(json(body));
    expect(problems.map(({ field, code }) => `${field} ${code}`)).toEqual([
      `${body.includes("urls") ? "reference_image_urls" : "quality"} invalid_input`,
    ]);
  });

  test.each([
    ["only an array", `${"[".repeat(deep)}${"]".repeat(deep)}`],
    ["bytes that are no text", joined('{"quality":"', Uint8Array.from([0xed, 0xa0, 0x80]), '"}')],
    ["names without end", `{${Array.from({ length: 20_000 }, (_, index) => `"f${index}":1`).join()}}`],
  ])("with %s is refused", async (_, body) => {
    const error = await failure(readUrlForm(json(body)));
    expect(error.code).toBe("invalid_input");
    expect(error.problems.length).toBeLessThan(4);
  });

  test("with one name without end is refused by that name, once", async () => {
    const body = `{${Array.from({ length: 20_000 }, () => '"quality":1').join()},"x":{}}`;
    const { problems } = await readUrlForm(json(body));
    expect(problems.map(({ field }) => field)).toEqual(["quality", "x"]);
  });

  test("may have a mark before it, escapes in its names, and names again in its values", async () => {
    const body = String.raw`{"a\"b\\":"{\"a\":[","__proto__":"x","c":"\"c\":1"}`;
    const { fields } = await readUrlForm(json(joined(Uint8Array.from([0xef, 0xbb, 0xbf]), body)));
    expect([...fields]).toEqual([
      ['a"b\\', ['{"a":[']],
      ["__proto__", ["x"]],
      ["c", ['"c":1']],
    ]);
  });
});

describe("a client", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] }));
  afterEach(() => void vi.useRealTimers());

  const large = joined(jpeg(size), new Uint8Array(7_000_000));
  const begun = formBody([picture, file("reference_image2", large)]).subarray(0, -100);

  test("that falls silent is given up, and its upload undone", async () => {
    const { body } = endless(begun, never);
    const refused = failure(receive(formRequest(body)));
    await vi.waitFor(() => expect(recorded.calls).toContain("create"));
    await vi.advanceTimersByTimeAsync(bodyStallMaximumMs);
    expect(await refused).toMatchObject({ code: "invalid_input", message: expect.stringContaining("20 seconds") });
    expect(recorded.calls).toContain("abort");
  });

  test("that sends a byte now and then is given up when its time is over", async () => {
    const later = () => new Promise<Uint8Array>((resolve) => setTimeout(() => resolve(new Uint8Array(1)), 10_000));
    const { body } = endless(formBody([text("additional_prompt", "")]).subarray(0, -30), later);
    const refused = failure(receive(formRequest(body)));
    await vi.advanceTimersByTimeAsync(uploadTotalMaximumMs + 20_000);
    expect(await refused).toMatchObject({ code: "invalid_input", message: expect.stringContaining("15 minutes") });
  });
});

test("no more bodies are read at once than there is memory for", async () => {
  const silent = () => formRequest(endless(kilobyte(), never).body);
  const readers = Array.from({ length: bodiesMaximum }, () => bodyChunksOf(silent(), 1_000_000));
  for (const reader of readers) await reader.next();
  expect(await failure(bodyChunksOf(silent(), 1_000_000).next())).toMatchObject({
    code: "rate_limited",
    headers: { "Retry-After": "15" },
  });
  await Promise.all(readers.map((reader) => reader.return()));
  expect((await bodyChunksOf(silent(), 1_000_000).next()).done).toBe(false);
});
