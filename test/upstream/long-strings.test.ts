import { describe, expect, test } from "vitest";
import { shortStringBytesMaximum } from "../../src/upstream/long-string-separator.ts";
import { longStringIn, openLongString, parseLongJson } from "../../src/upstream/long-strings.ts";
import { countingBytes } from "../support/attachments.ts";
import { inPieces } from "../support/multipart.ts";

const encoder = new TextEncoder();
const bodyOf = (json: string, pieceBytes = 4_096) => inPieces(encoder.encode(json), pieceBytes);
const parse = (json: string, pieceBytes?: number) => parseLongJson(bodyOf(json, pieceBytes));
const open = async (json: string, order: number, pieceBytes?: number) =>
  new Uint8Array(await new Response(openLongString(bodyOf(json, pieceBytes), order)).arrayBuffer());

/** 50,000 bytes are some 66,700 characters, a little more than a short string has; the last group is padded. */
const clip = countingBytes(50_000);
const other = countingBytes(49_700);
const json = JSON.stringify({
  name: "op",
  videos: [{ data: clip.toBase64() }, { data: other.toBase64() }],
  done: true,
});

async function marksIn(text: string, pieceBytes?: number) {
  const parsed = await parse(text, pieceBytes);
  const marks: unknown[] = [];
  JSON.stringify(parsed, (_, value) => {
    const mark = typeof value === "string" ? longStringIn(value) : null;
    if (mark) marks.push(mark);
    return value;
  });
  return marks;
}

describe("an answer without long strings", () => {
  test.each([1, 2, 3, 7, 4_096])("is parsed as it stands, in pieces of %i bytes", async (pieceBytes) => {
    const value = {
      'a "key"': ["back\\slash", "\\", 'q"', "line\nbreak", "ключ é 💎", "", "\u2028"],
      number: -1.5e3,
      none: null,
      nearly: "x".repeat(shortStringBytesMaximum),
    };
    expect(await parse(JSON.stringify(value), pieceBytes)).toEqual(value);
    expect(await parse('"\\u0041\\/\\ud83d\\udc8e"', pieceBytes)).toBe("A/💎");
  });

  test.each(["", "{", '{"a":"b', '{"a":"\\', "<html>", "{}{}"])("that is not whole JSON is none: %j", async (text) => {
    await expect(parse(text)).rejects.toThrow(SyntaxError);
  });

  test("cannot be mistaken for one that had some", () => {
    expect(longStringIn("long-string:0:100")).toBeNull();
    expect(longStringIn("")).toBeNull();
  });
});

describe("an answer with long strings", () => {
  test.each([1, 1_009, 65_536, 1_000_000])(
    "tells their order and length, in pieces of %i bytes",
    async (pieceBytes) => {
      expect(await marksIn(json, pieceBytes)).toEqual([{ order: 0, bytes: 50_000 }, { order: 1, bytes: 49_700 }]);
      expect(await parse(json, pieceBytes)).toMatchObject({ name: "op", videos: [{}, {}], done: true });
    },
  );

  test.each([1, 1_009, 65_536, 1_000_000])("gives each one's bytes, in pieces of %i bytes", async (pieceBytes) => {
    expect(await open(json, 0, pieceBytes)).toEqual(clip);
    expect(await open(json, 1, pieceBytes)).toEqual(other);
  });

  test("understands what JSON encoders escape in base64, and line breaks and missing padding", async () => {
    const base64 = clip.toBase64();
    const lines = base64.replaceAll(/.{76}/g, "$&\n");
    const escaped = JSON.stringify({ a: lines, b: base64.replace(/=+$/, "") })
      .replaceAll("/", "\\/").replaceAll("=", "\\u003d").replaceAll("+", "\\u002B");
    expect(escaped).toContain("\\u003d");
    for (const pieceBytes of [1, 997]) {
      expect(await marksIn(escaped, pieceBytes)).toEqual([{ order: 0, bytes: 50_000 }, { order: 1, bytes: 50_000 }]);
      expect(await open(escaped, 0, pieceBytes)).toEqual(clip);
      expect(await open(escaped, 1, pieceBytes)).toEqual(clip);
    }
  });

  test("that is cut is no JSON, and its string no video", async () => {
    const cut = json.slice(0, 66_000);
    await expect(parse(cut)).rejects.toThrow(SyntaxError);
    await expect(open(cut, 0)).rejects.toThrow();
  });

  test("says so when a string is asked for that it has not", async () => {
    await expect(open(json, 2)).rejects.toThrow();
    await expect(open("{}", 0)).rejects.toThrow();
  });

  test.each([
    ["another text", "n".repeat(99_999) + "é"],
    ["two files joined", clip.toBase64() + clip.toBase64()],
    ["a group of one character", "A".repeat(100_001)],
    ["padding and more", "A".repeat(100_002) + "==" + "\n".repeat(100_000) + "AAAA"],
  ])("does not give %s for a video", async (_, text) => {
    await expect(open(JSON.stringify({ text }), 0)).rejects.toThrow();
  });

  test("passes the failure of its connection on", async () => {
    const broken = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          controller.enqueue(encoder.encode(json.slice(0, 66_500)));
          controller.error(new Error("connection lost"));
        },
      });
    await expect(parseLongJson(broken())).rejects.toThrow("connection lost");
    await expect(new Response(openLongString(broken(), 0)).arrayBuffer()).rejects.toThrow("connection lost");
  });
});

describe("a string of 30 MB", () => {
  const group = encoder.encode(countingBytes(12_288).toBase64());
  const groups = 2_442;
  /** Made while it is read; tells how much of it was. */
  function generated() {
    const read = { groups: 0, isCanceled: false };
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (read.groups === 0) controller.enqueue(encoder.encode('{"data":"'));
        controller.enqueue(group);
        read.groups += 1;
        if (read.groups < groups) return;
        controller.enqueue(encoder.encode('","done":true}'));
        controller.close();
      },
      cancel() {
        read.isCanceled = true;
      },
    }, { highWaterMark: 0 });
    return { body, read };
  }

  test("is measured, and no more than a chunk of it kept", async () => {
    const { body } = generated();
    const parsed = await parseLongJson(body);
    expect(JSON.stringify(parsed).length).toBeLessThan(200);
    expect(parsed).toMatchObject({ done: true });
    const data = typeof parsed === "object" && parsed !== null && "data" in parsed ? String(parsed.data) : "";
    expect(longStringIn(data)).toEqual({ order: 0, bytes: groups * 12_288 });
  });

  test("is read only as fast as its bytes are taken, and no further than they are", async () => {
    const { body, read } = generated();
    const reader = openLongString(body, 0).getReader();
    let bytes = 0;
    while (bytes < 1_000_000) {
      const { value } = await reader.read();
      bytes += value?.length ?? NaN;
      // What may turn out a short string is held until it is too long for one.
      expect(read.groups * 12_288).toBeLessThanOrEqual(bytes + shortStringBytesMaximum + 2 * 12_288);
    }
    await reader.cancel();
    expect(read.isCanceled).toBe(true);
    expect(read.groups).toBeLessThan(100);
  });
});
