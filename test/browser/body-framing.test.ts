/**
 * Lengths and encodings as no client library would send them, on a connection of their own: what of them reaches the
 * Worker, and that it is refused there.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { send } from "./support/raw-upload.ts";
import { newStorage, type Server, startServer } from "./support/server.ts";

const json = '{"use_case":"general"}';
const bytes = new TextEncoder().encode(json);
const oneChunk = new TextEncoder().encode(`${bytes.length.toString(16)};a=b\r\n${json}\r\n0\r\nTrailer: x\r\n\r\n`);

let server: Server;

beforeAll(async () => {
  server = await startServer(await newStorage());
});

afterAll(() => server.kill());

type Headers = [name: string, value: string][];

async function answer(headers: Headers, body: Uint8Array) {
  const all: Headers = [["content-type", "application/json"], ...headers];
  return await send(server.origin, { path: "/veo31/estimate", headers: all, pieces: [body] });
}

const length = String(bytes.length);

test.each<[string, Headers, Uint8Array]>([
  ["its length", [["content-length", length]], bytes],
  ["chunks with extensions and trailers", [["transfer-encoding", "chunked"]], oneChunk],
])("a body with %s is taken", async (_, headers, body) => {
  expect(await answer(headers, body)).toEqual({ status: 200, code: "" });
});

test.each<[string, Headers, Uint8Array, { status: number; code: string }]>([
  ["a length that is too small", [["content-length", "10"]], bytes, { status: 422, code: "invalid_input" }],
  ["a length that nobody takes", [["content-length", "999999"]], bytes, { status: 413, code: "payload_too_large" }],
  ["a length that is no number", [["content-length", "many"]], bytes, { status: 400, code: "" }],
  ["a length below zero", [["content-length", "-5"]], bytes, { status: 400, code: "" }],
  ["two lengths", [["content-length", "5"], ["content-length", length]], bytes, { status: 400, code: "" }],
  ["a transfer coding of its own", [["transfer-encoding", "secret"]], bytes, { status: 400, code: "" }],
  [
    "a packed content",
    [["content-length", length], ["content-encoding", "gzip"]],
    bytes,
    { status: 415, code: "unsupported_media_type" },
  ],
])("a body with %s is refused", async (_, headers, body, refusal) => {
  expect(await answer(headers, body)).toEqual(refusal);
});
