import { describe, expect, it } from "vitest";
import {
  headBytesMaximum,
  parseElidedJson,
  readElidedJson,
  tailBytesMaximum,
} from "../../src/sandbox/elide-long-strings.ts";
import { anyTextSchema } from "../../src/sandbox/long-text.ts";
import { decodeSample } from "../../src/sandbox/sampled-bytes.ts";
import { countingBytes } from "../support/attachments.ts";
import { inPieces } from "../support/multipart.ts";

const encoder = new TextEncoder();

function read(json: string, pieceBytes = 64 * 1024, declared: number | null = null) {
  return parseElidedJson(inPieces(encoder.encode(json), pieceBytes), declared);
}

describe("a JSON body with long strings", () => {
  it.each([1, 2, 3, 7, 1_000])(
    "comes through as it was when nothing is long, in pieces of %i bytes",
    async (pieceBytes) => {
      const value = {
        'a "key"': ["back\\slash", "\\", 'q"', "line\nbreak", "ключ é 💎", ""],
        number: -1.5e3,
        none: null,
      };
      expect(await read(JSON.stringify(value), pieceBytes)).toMatchObject({ ok: true, value });
    },
  );

  it.each([1_009, 64 * 1024, 10_000_000])(
    "keeps length, head and tail of a long one, in pieces of %i bytes",
    async (pieceBytes) => {
      const picture = countingBytes(600_000);
      const url = `data:image/jpeg;base64,${picture.toBase64()}`;
      const json = await read(JSON.stringify({ before: "b", url, after: "a" }), pieceBytes);
      expect(json).toMatchObject({ ok: true, value: { before: "b", after: "a" } });
      const value = json.ok && typeof json.value === "object" && json.value !== null && "url" in json.value &&
        json.value.url;
      const text = anyTextSchema.parse(value);
      expect(text).toMatchObject({
        length: url.length,
        head: url.slice(0, headBytesMaximum),
        tail: url.slice(-tailBytesMaximum),
      });
      const sample = decodeSample(text, "data:image/jpeg;base64,".length);
      expect(sample?.length).toBe(600_000);
      expect(sample?.head).toEqual(picture.slice(0, sample?.head.length));
      expect(sample?.tail).toEqual(picture.slice(-(sample?.tail.length ?? 0)));
      expect(sample?.tail.length).toBeGreaterThan(40_000);
    },
  );

  it("reads 80 MB and keeps a few hundred kilobytes", async () => {
    const piece = encoder.encode("QUJD".repeat(16 * 1024));
    const pieces = 27 * 16;
    const total = 3 * pieces;
    let given = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (given % pieces === 0) controller.enqueue(encoder.encode(given === 0 ? '["' : given < total ? '","' : '"]'));
        if (given < total) controller.enqueue(piece);
        else controller.close();
        given += 1;
      },
    });
    const json = await parseElidedJson(body, null);
    const texts = json.ok && Array.isArray(json.value) ? json.value.map((text) => anyTextSchema.parse(text)) : [];
    expect(texts.map(({ length }) => length)).toEqual(Array(3).fill(pieces * piece.byteLength));
    expect(JSON.stringify(texts).length).toBeLessThan(1_000_000);
  });

  it.each([0, 1, 262_144, 1_000_000])("is read from a request's body of %i bytes and more", async (bytes) => {
    const value = { text: "x".repeat(bytes), after: "a" };
    const { body } = new Request("http://sandbox.test", { method: "POST", body: JSON.stringify(value) });
    const json = await readElidedJson(body, null);
    expect(json).toMatchObject({ ok: true, bytes: JSON.stringify(value).length, value: { after: "a" } });
  });

  it("is none when there is no body", async () => {
    expect(await readElidedJson(null, null)).toEqual({ ok: false, reason: "not_json", bytes: 0 });
  });

  it("notices base64 that was joined from padded pieces", () => {
    const joined = countingBytes(100).toBase64() + countingBytes(101).toBase64();
    expect(decodeSample(anyTextSchema.parse(joined))).toBeNull();
    expect(decodeSample(anyTextSchema.parse(countingBytes(201).toBase64()))?.length).toBe(201);
  });

  it.each([
    ["cut off", '{"a": "b', null, "not_json"],
    ["shorter than Content-Length said", "{}", 3, "wrong_length"],
    ["without end", `[${"1,".repeat(9_000_000)}1]`, null, "too_large"],
  ])("is refused when it is %s", async (_, json, declared, reason) => {
    expect(await read(json, 64 * 1024, declared)).toMatchObject({ ok: false, reason });
  });
});
