/** What reads strangers' bytes, by itself: whatever they are, it says what they are or refuses them, and soon. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { createImageInspector, type ImageInspection } from "../../src/references/image/inspector.ts";
import { splitImageUrls } from "../../src/references/image-urls.ts";
import { MultipartError } from "../../src/references/multipart/multipart-error.ts";
import { parsePartHeader } from "../../src/references/multipart/part-header.ts";
import { Refusal } from "../../src/references/refusal.ts";
import { sniffBytes, sniffImage, sniffVideo } from "../../src/references/sniff.ts";
import { readVideoFacts } from "../../src/video/facts.ts";
import { absoluteRange, isUnsatisfiable, parseRange } from "../../src/video/range.ts";
import { allowedAddress } from "./generated/addresses.ts";
import { hurtPicture, hurtVideo } from "./generated/files.ts";
import { seed } from "./support/seed.ts";

const runs = (numRuns: number) => ({ seed, numRuns });

function inspected(bytes: Uint8Array, pieceBytes: number): ImageInspection {
  try {
    const inspector = createImageInspector(sniffImage(bytes.subarray(0, sniffBytes), null));
    for (let offset = 0; offset < bytes.length; offset += pieceBytes) {
      const refusal = inspector.push(bytes.subarray(offset, offset + pieceBytes));
      if (refusal) return refusal;
    }
    return inspector.end();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, code: error.code, message: error.message };
  }
}

test("a damaged picture is told or refused, and the same in whatever pieces it comes", () => {
  const property = fc.property(hurtPicture, fc.integer({ min: 1, max: 40 }), (bytes, pieceBytes) => {
    const whole = inspected(bytes, bytes.length || 1);
    expect(inspected(bytes, pieceBytes)).toEqual(whole);
    if (!whole.ok) {
      expect(["reference_unusable", "unsupported_media_type"]).toContain(whole.code);
    } else {
      expect(whole.width * whole.height).toBeLessThanOrEqual(100_000_000);
      expect(Math.min(whole.width, whole.height)).toBeGreaterThan(0);
    }
  });
  fc.assert(property, runs(10_000));
});

/** Each is a request to R2, of which there may be only so many. */
const readsMaximum = 600;

test("a damaged video is told or refused, after a bounded number of looks into it", async () => {
  const property = fc.asyncProperty(hurtVideo, async (bytes) => {
    let reads = 0;
    const read = (start: number, end: number) => {
      reads++;
      expect(end - start).toBeGreaterThanOrEqual(0);
      return Promise.resolve(bytes.slice(start, end));
    };
    const { ok, ...facts } = await readVideoFacts({ bytes: bytes.length, read });
    expect(reads).toBeLessThan(readsMaximum);
    expect(facts).toMatchObject(ok ? { facts: { width: expect.any(Number) } } : { code: "reference_unusable" });
  });
  await fc.assert(property, runs(2_000));
});

test("any first bytes are a known kind of file or a refusal that is a sentence", () => {
  const property = fc.property(fc.uint8Array({ maxLength: sniffBytes }), fc.string(), (head, declared) => {
    for (const sniff of [sniffImage, sniffVideo]) {
      try {
        expect(sniff(head, declared)).toMatch(/^(image|video)\//);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        expect(error.message).toMatch(/^[A-Z].*\.$/);
      }
    }
  });
  fc.assert(property, runs(5_000));
});

const headerPieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      "Content-Disposition",
      "content-type",
      ": ",
      "form-data",
      "; ",
      "name",
      "filename*",
      "=",
      '"',
      "\\",
      "\r\n",
      "%22",
    ),
    fc.string({ unit: "binary", maxLength: 12 }),
  ),
  { maxLength: 40 },
).map((parts) => new TextEncoder().encode(parts.join("")));

test("the header of a part has a name or is malformed", () => {
  const property = fc.property(fc.oneof(headerPieces, fc.uint8Array({ maxLength: 300 })), (bytes) => {
    try {
      expect(parsePartHeader(new Uint8Array(bytes)).name.length).toBeGreaterThan(0);
    } catch (error) {
      if (!(error instanceof MultipartError)) throw error;
    }
  });
  fc.assert(property, runs(20_000));
});

test("a range that can be sent lies inside the file", () => {
  const digits = fc.oneof(fc.nat().map(String), fc.bigInt({ min: 0n, max: 10n ** 400n }).map(String), fc.constant(""));
  const headers = fc.oneof(fc.tuple(digits, digits).map(([first, last]) => `bytes=${first}-${last}`), fc.string());
  const property = fc.property(headers, fc.nat(), (header, size) => {
    const range = parseRange(header);
    if (!range || isUnsatisfiable(range, size)) return;
    const { offset, length } = absoluteRange(range, size);
    expect(Number.isSafeInteger(offset) && Number.isSafeInteger(length)).toBe(true);
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(length).toBeGreaterThanOrEqual(0);
    expect(offset + length).toBeLessThanOrEqual(size);
  });
  fc.assert(property, runs(20_000));
});

test("addresses come out of a list as they went in, however the list is written", () => {
  const lists = fc.array(allowedAddress, { minLength: 1, maxLength: 3 });
  const separators = fc.constantFrom(",", " , ", "\n", " ", ",\n");
  const property = fc.property(lists, separators, (urls, separator) => {
    for (const values of [[urls.join(separator)], urls, [JSON.stringify(urls)], [`${urls.join(separator)},`]]) {
      expect(splitImageUrls(values)).toEqual({ urls, problems: [] });
    }
  });
  fc.assert(property, runs(5_000));
});

test("any text is a list of addresses or a problem", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    fc.string({ unit: fc.constantFrom(...'[]", https:/\\n') }),
  );
  const property = fc.property(fc.array(texts, { maxLength: 4 }), (values) => {
    const { urls, problems } = splitImageUrls(values);
    expect(urls.length).toBeLessThanOrEqual(3);
    expect(problems).toHaveLength(urls.length === 0 ? 1 : 0);
  });
  fc.assert(property, runs(10_000));
});
