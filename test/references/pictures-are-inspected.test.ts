import { describe, expect, test } from "vitest";
import { createImageInspector, type ImageInspection } from "../../src/references/image/inspector.ts";
import { Refusal } from "../../src/references/refusal.ts";
import { sniffBytes, sniffImage, sniffVideo } from "../../src/references/sniff.ts";
import {
  animationControl,
  exif,
  joined,
  jpeg,
  lossyWebp,
  number,
  png,
  pngChunk,
  strangers,
  webp,
  webpCanvas,
  webpChunk,
  webpFile,
} from "../support/pictures.ts";

/** Sniffed and inspected as an upload is, in pieces of a size. */
function inspect(bytes: Uint8Array, pieceBytes = bytes.length, declared: string | null = null): ImageInspection {
  try {
    const inspector = createImageInspector(sniffImage(bytes.subarray(0, sniffBytes), declared));
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

const formats = { jpeg, png, webp };
const size = { width: 40, height: 24 };

describe.each(Object.entries(formats))("a %s", (format, build) => {
  test("is told by its content, with its size", () => {
    expect(inspect(build(size))).toEqual({ ok: true, content_type: `image/${format}`, ...size, orientation: 1 });
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])("is seen as EXIF orientation %i turns it, in both byte orders", (orientation) => {
    const seen = orientation < 5 ? size : { width: size.height, height: size.width };
    for (const littleEndian of [false, true]) {
      expect(inspect(build({ ...size, orientation, littleEndian }))).toMatchObject({ ok: true, ...seen, orientation });
    }
  });

  test("is upright when its EXIF says nonsense", () => {
    expect(inspect(build({ ...size, orientation: 9 }))).toMatchObject({ ok: true, ...size, orientation: 1 });
  });

  test("is the same picture wherever its bytes are cut into chunks", () => {
    const bytes = build({ ...size, orientation: 6 });
    const whole = inspect(bytes);
    for (let pieceBytes = 1; pieceBytes < bytes.length; pieceBytes++) expect(inspect(bytes, pieceBytes)).toEqual(whole);
  });

  test("is refused when it ends anywhere before its end", () => {
    const bytes = build({ ...size, orientation: 6 });
    for (let length = 12; length < bytes.length; length++) {
      expect(inspect(bytes.subarray(0, length)), `${length} bytes`).toMatchObject({
        ok: false,
        code: "reference_unusable",
      });
    }
  });

  test("may be followed by other bytes", () => {
    expect(inspect(joined(build(size), "and a video"))).toMatchObject({ ok: true, ...size });
  });

  test("is refused when it is larger than anything that should be decoded", () => {
    const message = expect.stringContaining("16383 pixels a side and 100 megapixels");
    expect(inspect(oversized[format as keyof typeof oversized])).toEqual({
      ok: false,
      code: "reference_unusable",
      message,
    });
  });
});

/** Only headers: nobody decodes the rest. */
const oversized = {
  jpeg: patched(jpeg(size), [0x08, 0, 24, 0, 40], [0x08, 0x40, 0, 0x40, 0]),
  png: patched(png(size), [0, 0, 0, 40, 0, 0, 0, 24], [0, 1, 0, 0, 0, 0, 0, 24]),
  webp: webpFile(
    webpCanvas(16_000, 16_000, 0),
    webpChunk("VP8L", joined([0x2f], number(4, 15_999 + 15_999 * 2 ** 14, true), [0])),
  ),
};

function patched(bytes: Uint8Array, from: readonly number[], to: readonly number[]): Uint8Array {
  const at = bytes.findIndex((_, index) => from.every((byte, offset) => bytes[index + offset] === byte));
  if (at === -1) throw new Error("Nothing to patch.");
  return bytes.map((byte, index) => to[index - at] ?? byte);
}

describe("a JPEG", () => {
  test("of several scans is read to its end", () => {
    const bytes = jpeg(size, true);
    expect(inspect(bytes)).toMatchObject({ ok: true, ...size });
    expect(inspect(bytes.subarray(0, bytes.length - 2))).toMatchObject({ ok: false, code: "reference_unusable" });
  });

  test("may have stuffed bytes, restart markers and filling in its data", () => {
    const bytes = jpeg(size);
    const data = [0xff, 0x00, 0xff, 0xd0, 0xff, 0xff, 0xd7, 0xff, 0x00];
    const spread = joined(bytes.subarray(0, bytes.length - 2), data, [0xff, 0xff, 0xd9]);
    for (let pieceBytes = 1; pieceBytes < 8; pieceBytes++) {
      expect(inspect(spread, pieceBytes)).toMatchObject({ ok: true });
    }
  });

  test("without a picture in it is refused", () => {
    expect(inspect(joined([0xff, 0xd8, 0xff, 0xd9]))).toMatchObject({
      ok: false,
      message: "The JPEG has no picture in it.",
    });
  });

  test("that says it is 0 pixels high is refused", () => {
    const bytes = patched(jpeg(size), [0x08, 0, 24, 0, 40], [0x08, 0, 0, 0, 40]);
    expect(inspect(bytes)).toMatchObject({
      ok: false,
      code: "reference_unusable",
      message: expect.stringContaining("40 by 0"),
    });
  });

  test("takes its orientation from EXIF and not from XMP", () => {
    const bytes = jpeg({ ...size, orientation: 6 });
    const name = "http://ns.adobe.com/xap/1.0/\0<x/>";
    const xmp = joined([0xff, 0xe1], number(2, name.length + 2), name);
    expect(inspect(joined(bytes.subarray(0, 2), xmp, bytes.subarray(2)))).toMatchObject({ ok: true, orientation: 6 });
  });
});

describe("a PNG", () => {
  test("that is animated is refused before it is whole", () => {
    const bytes = png(size, [animationControl(2)]);
    const refused = { ok: false, code: "reference_unusable", message: "This PNG is animated. Send a still picture." };
    expect(inspect(bytes)).toEqual(refused);
    expect(inspect(bytes.subarray(0, 60))).toEqual(refused);
  });

  test("saved as an animation of one frame is a still picture", () => {
    expect(inspect(png(size, [animationControl(1)]))).toMatchObject({ ok: true });
  });

  test("may have its EXIF after its data", () => {
    const bytes = png(size);
    const turned = joined(
      bytes.subarray(0, bytes.length - 12),
      pngChunk("eXIf", exif(8)),
      bytes.subarray(bytes.length - 12),
    );
    expect(inspect(turned)).toMatchObject({ ok: true, width: 24, height: 40, orientation: 8 });
  });

  test("without data is refused", () => {
    const bytes = png(size);
    const header = bytes.subarray(0, 33);
    expect(inspect(joined(header, bytes.subarray(bytes.length - 12)))).toMatchObject({
      ok: false,
      message: "The PNG has no picture in it.",
    });
  });
});

describe("a WebP", () => {
  test("of the lossy kind tells its size", () => {
    expect(inspect(lossyWebp(300, 200))).toMatchObject({
      ok: true,
      content_type: "image/webp",
      width: 300,
      height: 200,
    });
  });

  test("that is animated is refused", () => {
    const message = "This WebP is animated. Send a still picture.";
    expect(inspect(webp(size, 0x02))).toEqual({ ok: false, code: "reference_unusable", message });
  });

  test("takes EXIF with the prefix that some programs write", () => {
    const picture = webp(size).subarray(12);
    const bytes = webpFile(webpCanvas(40, 24, 0x08), picture, webpChunk("EXIF", joined("Exif\0\0", exif(5, true))));
    expect(inspect(bytes)).toMatchObject({ ok: true, width: 24, height: 40, orientation: 5 });
  });

  test("whose parts do not fit into it is refused", () => {
    const bytes = webp(size);
    expect(inspect(joined(bytes.subarray(0, 4), number(4, 14, true), bytes.subarray(8)))).toMatchObject({ ok: false });
  });
});

describe("what is not a picture", () => {
  test.each(Object.entries(strangers))("%s is named in its refusal", (name, bytes) => {
    const message = `This is ${name}. Send JPEG, PNG or WebP.`;
    expect(inspect(bytes)).toEqual({ ok: false, code: "unsupported_media_type", message });
  });

  test("is named together with the label it came with", () => {
    const message = "This is labelled image/jpeg, but it is a GIF. Send JPEG, PNG or WebP.";
    expect(inspect(strangers["a GIF"], 4, "image/jpeg; q=1")).toMatchObject({
      code: "unsupported_media_type",
      message,
    });
  });

  test("is refused when there is nothing", () => {
    expect(inspect(new Uint8Array())).toEqual({ ok: false, code: "reference_unusable", message: "The file is empty." });
  });

  test("is refused when there is only one byte", () => {
    expect(inspect(new Uint8Array(1))).toMatchObject({ ok: false, code: "unsupported_media_type" });
  });

  test("is a video in the field of a picture, and the other way round", () => {
    const video = joined(number(4, 16), "ftypisom", [0, 0, 0, 0]);
    expect(inspect(video)).toMatchObject({ message: "This is an MP4 video. Send JPEG, PNG or WebP." });
    expect(() => sniffVideo(jpeg(size), "video/mp4")).toThrow(
      "This is labelled video/mp4, but it is a JPEG picture. Send MP4, MOV or WebM.",
    );
  });
});

test("a picture that is labelled as another kind of picture is taken as what it is", () => {
  expect(inspect(jpeg(size), 7, "image/png")).toMatchObject({ ok: true, content_type: "image/jpeg" });
});

test.each([
  ["video/mp4", joined(number(4, 16), "ftypisom", [0, 0, 2, 0])],
  ["video/quicktime", joined(number(4, 20), "ftypqt  ", [0, 0, 0, 0], "qt  ")],
  ["video/quicktime", joined(number(4, 8), "wide", number(4, 8), "mdat")],
  ["video/quicktime", joined(number(4, 100), "moov")],
  ["video/webm", joined([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84], "webm")],
])("a %s is told by its first bytes", (contentType, head) => {
  expect(sniffVideo(head, null)).toBe(contentType);
});

describe("a picture in more parts than any real one is refused", () => {
  const end = pngChunk("IEND", new Uint8Array());
  const [emptyScan, restOfJpeg] = [[0xff, 0xda, 0, 2], jpeg(size).subarray(2)];
  const repeated = (count: number, part: readonly number[] | Uint8Array) =>
    Uint8Array.from({ length: count * part.length }, (_, index) => part[index % part.length] ?? 0);

  test.each([
    ["a PNG of empty chunks", joined(png(size).subarray(0, -end.length), repeated(50_000, end.with(4, 0x74)), end)],
    ["a JPEG of empty segments", joined([0xff, 0xd8], repeated(5_000, [0xff, 0xe2, 0, 2]), restOfJpeg)],
    ["a JPEG that begins again and again", joined(repeated(5_000, [0xff, 0xd8]), restOfJpeg)],
    ["a JPEG of hundreds of scans", joined(jpeg(size).subarray(0, -2), repeated(200, emptyScan), [0xff, 0xd9])],
    ["a WebP of empty chunks", webpFile(repeated(1_000, webpChunk("ANMF", new Uint8Array())), webp(size).subarray(12))],
  ])("%s", (_, bytes) => {
    const message = "The picture is in more parts than any real one.";
    expect(inspect(bytes)).toEqual({ ok: false, code: "reference_unusable", message });
  });
});

describe("a picture that says two sizes is refused, for who decodes it may believe the other one", () => {
  const huge = { width: 16_000, height: 16_000 };
  const frame = (bytes: Uint8Array) => {
    const at = bytes.findIndex((value, index) => value === 0xff && bytes[index + 1] === 0xc0);
    return bytes.subarray(at, at + 2 + 11);
  };
  const lossless = (side: number) =>
    webpChunk("VP8L", joined([0x2f], number(4, (side - 1) + (side - 1) * 2 ** 14, true)));

  test.each([
    ["a PNG of two headers", png(size, [png(huge).subarray(8, 33)])],
    [
      "a JPEG of two frames",
      joined(
        [0xff, 0xd8],
        frame(jpeg(size)),
        patched(jpeg(size), [0, 24, 0, 40], [0x3e, 0x80, 0x3e, 0x80]).subarray(2),
      ),
    ],
    ["a WebP of a small canvas and a huge picture", webpFile(webpCanvas(40, 24, 0), lossless(16_000))],
    ["a WebP of two pictures", webpFile(lossless(16), lossless(16_000))],
  ])("%s", (_, bytes) => {
    expect(inspect(bytes)).toMatchObject({ ok: false, message: expect.stringMatching(/two (headers|sizes)/) });
  });
});
