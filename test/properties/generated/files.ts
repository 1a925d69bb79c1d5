/** Files that are nearly pictures or videos. */
import fc, { type Arbitrary } from "fast-check";
import { mp4, webm } from "../../support/movies.ts";
import {
  animationControl,
  exif,
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
} from "../../support/pictures.ts";
import { bytesOf, cutOff, hurt } from "./damage.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const size = { width: 24, height: 17 };

/** Whole ones, each with something that a reader has to look into. */
export const pictures: readonly Bytes[] = [
  jpeg(size),
  jpeg({ ...size, orientation: 6 }),
  jpeg({ ...size, orientation: 8, littleEndian: true }, true),
  png(size),
  png({ ...size, orientation: 3 }, [animationControl(1), pngChunk("tEXt", new Uint8Array(40))]),
  webp(size),
  webp({ ...size, orientation: 5 }),
  lossyWebp(size.width, size.height),
].map((picture) => bytesOf(picture));

const movie = { width: 32, height: 18, seconds: 1, frameBytes: 4 };

const videosInOne: readonly Bytes[] = [
  bytesOf(await mp4(movie, "end")),
  bytesOf(await mp4({ ...movie, hasAudio: false }, "front")),
  bytesOf(await webm(movie)),
];

/** What stands behind the last of its fragments may be missing. */
const videoInFragments = bytesOf(await mp4({ ...movie, hasAudio: false }, "fragments"));

export const videos: readonly Bytes[] = [...videosInOne, videoInFragments];

export const anyPicture = fc.constantFrom(...pictures);
export const anyVideo = fc.constantFrom(...videos);

/** Sides that no picture has, and such that no one could decode. */
const impossibleSize = fc.oneof(
  fc.constantFrom([0, 0], [0, 9], [9, 0], [10_001, 10_001], [65_535, 65_535], [16_384, 1]),
  fc.tuple(fc.integer({ min: 16_384, max: 65_535 }), fc.integer({ min: 1, max: 65_535 })),
);

/** Only what is looked at: with the rows of such a picture it would be longer than any limit. */
const frameOf = (width: number, height: number) => {
  const frame = [0xff, 0xc0, 0, 11, 8, ...number(2, height), ...number(2, width), 1, 1, 0x11, 0];
  return bytesOf("\xff\xd8", Uint8Array.from(frame), "\xff\xda\0\x08\x01\x01\0\0\x3f\0\0\xff\xd9");
};

const headerOf = (width: number, height: number) =>
  bytesOf(
    "\x89PNG\r\n\x1a\n",
    pngChunk("IHDR", bytesOf(Uint8Array.from([...number(4, width), ...number(4, height), 1, 0, 0, 0, 0]))),
    pngChunk("IDAT", new Uint8Array(9)),
    pngChunk("IEND", new Uint8Array()),
  );

const ofImpossibleSize: Arbitrary<Bytes> = impossibleSize.chain(([width = 0, height = 0]) =>
  fc.constantFrom(frameOf(width, height), headerOf(width, height))
);

const pixel = webpChunk("VP8L", bytesOf("\x2f\0\0\0\0"));

/** Whole, but not what can be used. */
const uselessPicture: Arbitrary<Bytes> = fc.oneof(
  fc.integer({ min: 2, max: 0xffff_ffff }).map((frames) => bytesOf(png(size, [animationControl(frames)]))),
  fc.nat({ max: 255 }).map((flags) => bytesOf(webpFile(webpCanvas(9, 9, flags | 2), pixel))),
  fc.nat({ max: 9 }).map((length) => bytesOf(webpFile(webpChunk("VP8X", new Uint8Array(length)), pixel))),
  fc.nat({ max: 4 }).map((length) => bytesOf(webpFile(webpChunk("VP8L", new Uint8Array(length).fill(0x2f))))),
  fc.constantFrom("EXIF", "ICCP", "ALPH", "JUNK").map((type) => bytesOf(webpFile(webpChunk(type, exif(6))))),
  fc.constantFrom("tEXt", "acTL", "eXIf", "IHDR").map((type) =>
    bytesOf("\x89PNG\r\n\x1a\n", pngChunk(type, new Uint8Array(13)), pngChunk("IEND", new Uint8Array()))
  ),
  fc.constantFrom("\xff\xd8\xff\xd9", "\xff\xd8\xff\xe0\0\0\xff\xd9", "\xff\xd8\xff\xc0\0\x02\xff\xd9").map((text) =>
    bytesOf(text)
  ),
  fc.nat({ max: 60_000 }).map((length) => bytesOf("\xff\xd8", new Uint8Array(length).fill(0xff))),
);

/** Of no kind that is taken anywhere: the first byte of each known kind is another. */
const strange: Arbitrary<Bytes> = fc.oneof(
  fc.constantFrom(...Object.values(strangers).map((bytes) => bytesOf(bytes))),
  fc.uint8Array({ maxLength: 600 }).map((bytes) => bytesOf("\x02\x02\x02\x02\x02\x02\x02\x02", bytes)),
  fc.constant(bytesOf("")),
);

/** Certainly no picture that can be used. */
export const brokenPicture: Arbitrary<Bytes> = fc.oneof(
  { weight: 5, arbitrary: anyPicture.chain((picture) => cutOff(picture)) },
  { weight: 2, arbitrary: uselessPicture },
  { weight: 1, arbitrary: ofImpossibleSize },
  { weight: 2, arbitrary: strange },
  { weight: 1, arbitrary: anyVideo },
);

/** Certainly no video that can be used. */
export const brokenVideo: Arbitrary<Bytes> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...videosInOne).chain((video) => cutOff(video)) },
  { weight: 1, arbitrary: strange },
  { weight: 1, arbitrary: anyPicture },
);

/** Nobody knows whether it can be used. */
export const hurtPicture: Arbitrary<Bytes> = anyPicture.chain((picture) => hurt(picture, 6));
export const hurtVideo: Arbitrary<Bytes> = anyVideo.chain((video) => hurt(video, 6));
