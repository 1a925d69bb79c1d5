import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { ServiceError } from "../../src/errors.ts";
import { uploadBytesMaximum } from "../../src/references/limits.ts";
import { receiveMultipart } from "../../src/references/receive-multipart.ts";
import { deletePrefix } from "../../src/storage/task-files.ts";
import {
  brokenAfter,
  file,
  formBody,
  type FormPart,
  formRequest,
  inPieces,
  testBoundary,
  text,
} from "../support/multipart.ts";
import { jpeg, png } from "../support/pictures.ts";

const store = { bucket: env.BUCKET, prefix: "tasks/t1/secret/" };
const size = { width: 40, height: 24 };

beforeEach(() => deletePrefix(env.BUCKET, "tasks/"));

function receive(parts: readonly FormPart[], pieceBytes = 10_000) {
  return receiveMultipart(formRequest(inPieces(formBody(parts), pieceBytes)), store);
}

async function keys(): Promise<string[]> {
  return (await env.BUCKET.list({ prefix: "tasks/" })).objects.map(({ key }) => key);
}

function failure(receiving: Promise<unknown>): Promise<ServiceError> {
  return receiving.then(() => Promise.reject(new Error("It was received.")), (error: unknown) => {
    if (error instanceof ServiceError) return error;
    throw error;
  });
}

describe("a body is refused as a whole, and nothing is left of it,", () => {
  const parts = [
    file("reference_image1", png(size)),
    text("use_case", "general"),
    file("reference_image2", jpeg(size)),
  ];

  test("when it ends anywhere before its end", async () => {
    const body = formBody(parts);
    const lastDash = body.length - 3;
    for (let length = 0; length <= lastDash; length += 7) {
      const error = await failure(receiveMultipart(formRequest(inPieces(body.subarray(0, length), 64)), store));
      expect(error, `${length} bytes`).toMatchObject({ code: "invalid_input" });
    }
    expect(await keys()).toEqual([]);
  });

  test("when the connection breaks", async () => {
    const body = formBody(parts);
    const error = await failure(receiveMultipart(formRequest(brokenAfter(body.subarray(0, body.length - 50))), store));
    expect(error).toMatchObject({ code: "invalid_input", message: "The request was cut off before its end." });
    expect(await keys()).toEqual([]);
  });

  test("when it announces more than can be right", async () => {
    const headers = { "content-length": String(uploadBytesMaximum + 1) };
    const error = await failure(receiveMultipart(formRequest(inPieces(formBody(parts), 100), headers), store));
    expect(error).toMatchObject({ code: "payload_too_large" });
  });

  test("when it sends more than can be right, whatever it announces", async () => {
    const piece = new Uint8Array(1_000_000);
    const head = formBody([file("reference_image1", png(size))]).subarray(0, -60);
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(sent === 0 ? head.slice() : piece.slice());
        sent += sent === 0 ? head.length : piece.length;
      },
    });
    const error = await failure(receiveMultipart(formRequest(endless, { "content-length": "100" }), store));
    expect(error).toMatchObject({ code: "payload_too_large" });
    expect(sent).toBeLessThan(uploadBytesMaximum + 5_000_000);
    expect(await keys()).toEqual([]);
  });

  test("when it has too many parts, too long a name or too long a header", async () => {
    const many = Array.from({ length: 33 }, (_, index) => text(`field${index}`, "x"));
    expect(await failure(receive(many))).toMatchObject({ code: "invalid_input" });
    expect(await failure(receive([text("n".repeat(101), "x")]))).toMatchObject({ code: "invalid_input" });
    const long = { name: "reference_image1", content: png(size), filename: "f".repeat(20_000_000) };
    expect(await failure(receive([long], 65_536))).toMatchObject({ code: "invalid_input" });
  });

  test("when a part has no name or its boundary is another one", async () => {
    const nameless = new TextEncoder().encode(
      `--${testBoundary}\r\nContent-Type: text/plain\r\n\r\nx\r\n--${testBoundary}--`,
    );
    expect(await failure(receiveMultipart(formRequest(nameless), store))).toMatchObject({ code: "invalid_input" });
    expect(await failure(receiveMultipart(formRequest(formBody(parts, "other")), store))).toMatchObject({
      code: "invalid_input",
    });
  });

  test.each([
    ["application/json", "unsupported_media_type"],
    ["", "unsupported_media_type"],
    ["multipart/form-data", "invalid_input"],
    ["multipart/form-data; boundary=", "invalid_input"],
    [`multipart/form-data; boundary=${"x".repeat(71)}`, "invalid_input"],
  ])("when its Content-Type is %j", async (contentType, code) => {
    const request = formRequest(formBody(parts), { "content-type": contentType });
    expect(await failure(receiveMultipart(request, store))).toMatchObject({ code });
  });
});
