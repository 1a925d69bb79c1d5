/** Bytes that were right and then suffered on their way. */
import fc, { type Arbitrary } from "fast-check";
import { joined } from "../../support/pictures.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** One hurt; what it changes stays small, so that of several faults in a body some are left. */
export type Hurt = (bytes: Bytes) => Bytes;

/** The longest piece that is taken out, put in or sent twice. */
const pieceMaximum = 12;

const position = fc.double({ min: 0, max: 1, noNaN: true });
const at = (share: number, { length }: Bytes) => Math.min(length, Math.floor(share * (length + 1)));

const telling = fc.constantFrom(
  ...[
    "\r\n",
    "\r\n\r\n",
    "\n\n",
    "--",
    '"',
    '\\"',
    ";",
    "=",
    ":",
    "\0",
    "%22",
    "\xff\xd8",
    "\xff\xd9",
    "\xff",
    "moov",
    "IEND",
  ],
);

const inserted = fc.oneof(telling, fc.string({ unit: "binary-ascii", maxLength: pieceMaximum }));

const flip = fc.tuple(position, fc.integer({ min: 1, max: 255 })).map(([share, mask]): Hurt => (bytes) => {
  const place = Math.min(at(share, bytes), bytes.length - 1);
  return bytes.map((byte, index) => index === place ? byte ^ mask : byte);
});

const insert = fc.tuple(position, inserted).map(([share, text]): Hurt => (bytes) => {
  const place = at(share, bytes);
  return bytesOf(bytes.subarray(0, place), text, bytes.subarray(place));
});

const remove = fc.tuple(position, fc.integer({ min: 1, max: pieceMaximum })).map(([share, length]): Hurt => (bytes) => {
  const place = at(share, bytes);
  return bytesOf(bytes.subarray(0, place), bytes.subarray(place + length));
});

const repeat = fc.tuple(position, fc.integer({ min: 1, max: pieceMaximum })).map(([share, length]): Hurt => (bytes) => {
  const place = at(share, bytes);
  return bytesOf(bytes.subarray(0, place + length), bytes.subarray(place));
});

/** A number of 32 bits, as lengths and offsets are written, made absurd. */
const absurd = fc.tuple(position, fc.constantFrom(0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff)).map(
  ([share, value]): Hurt => (bytes) => {
    const place = at(share, bytes);
    if (place + 4 > bytes.length) return bytes;
    const copy = bytes.slice();
    new DataView(copy.buffer).setUint32(place, value);
    return copy;
  },
);

export const oneHurt: Arbitrary<Hurt> = fc.oneof(flip, insert, remove, repeat, absurd);

/** @param hurtsMaximum how many hurts at most; at least one */
export function hurt(bytes: Bytes, hurtsMaximum: number): Arbitrary<Bytes> {
  return fc.array(oneHurt, { minLength: 1, maxLength: hurtsMaximum }).map((hurts) =>
    hurts.reduce((damaged, apply) => apply(damaged), bytes)
  );
}

/** Without an end of one byte at least. @param keptMaximum bytes */
export function cutOff(bytes: Bytes, keptMaximum: number = bytes.length - 1): Arbitrary<Bytes> {
  return fc.nat({ max: keptMaximum }).map((length) => bytes.slice(0, length));
}

/** {@link joined}, as bytes that can be sent. */
export function bytesOf(...parts: readonly (Uint8Array | string)[]): Bytes {
  return new Uint8Array(joined(...parts));
}
