import { expect, test } from "vitest";
import { decoderIdentity } from "../../src/video/finish/decoder-identity.ts";
import { box, fullBox, uint32 } from "../../src/video/mp4/box-writer.ts";

const rates = (average: number) => [0, 0x18, 0, ...uint32(256_000, average)];

/** An AAC description; lengths are written with four bytes, as ffmpeg does, or with one. */
function aac({ average = 71_492, config = [0x11, 0x90], wide = true }): Uint8Array {
  const descriptor = (
    tag: number,
    content: number[],
  ) => [tag, ...(wide ? [0x80, 0x80, 0x80] : []), content.length, ...content];
  const decoder = descriptor(4, [0x40, 0x15, ...rates(average), ...descriptor(5, config)]);
  const stream = descriptor(3, [0, 2, 0, ...decoder, ...descriptor(6, [2])]);
  return box("mp4a", new Uint8Array(28), fullBox("esds", 0, 0, Uint8Array.from(stream)));
}

function avc(configuration: number[], ...more: Uint8Array[]): Uint8Array {
  return box("avc1", new Uint8Array(78), box("avcC", Uint8Array.from(configuration)), ...more);
}

test("how many bits a second a clip's sound has is no matter for a decoder", () => {
  for (const wide of [true, false]) {
    const [one, other] = [aac({ average: 71_492, wide }), aac({ average: 71_680, wide })];
    expect(one).not.toEqual(other);
    expect(decoderIdentity("audio", one)).toEqual(decoderIdentity("audio", other));
  }
});

test("another kind of AAC is another decoder", () => {
  expect(decoderIdentity("audio", aac({ config: [0x11, 0x88] }))).not.toEqual(decoderIdentity("audio", aac({})));
});

test("how many bits a second a clip's picture has is no matter for a decoder", () => {
  const withRate = avc([1, 100], box("btrt", uint32(0, 900_000, 800_000)));
  expect(decoderIdentity("video", withRate)).toEqual(decoderIdentity("video", avc([1, 100])));
});

test("other parameter sets are another decoder", () => {
  expect(decoderIdentity("video", avc([1, 100]))).not.toEqual(decoderIdentity("video", avc([1, 77])));
});

test("a description that is built in another way counts as it is", () => {
  const [strange, stranger] = [box("sowt", uint32(1, 2)), box("sowt", uint32(1, 3))];
  expect(decoderIdentity("audio", strange)).not.toEqual(decoderIdentity("audio", stranger));
  const cut = box("mp4a", new Uint8Array(28), fullBox("esds", 0, 0, Uint8Array.from([3, 0x80])));
  expect(decoderIdentity("audio", cut)).toEqual(cut);
});
