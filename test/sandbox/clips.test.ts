import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input, type InputTrack } from "mediabunny";
import { describe, expect, it } from "vitest";
import { clipBytes, hasClip } from "../../src/sandbox/clips.ts";
import { bytesOf, findBytes } from "../../src/sandbox/sampled-bytes.ts";

const shapes = [
  ["16:9", "720p", 4, 1280, 720],
  ["16:9", "720p", 6, 1280, 720],
  ["16:9", "720p", 8, 1280, 720],
  ["9:16", "720p", 4, 720, 1280],
  ["9:16", "720p", 6, 720, 1280],
  ["9:16", "720p", 8, 720, 1280],
  ["16:9", "1080p", 8, 1920, 1080],
  ["9:16", "1080p", 8, 1080, 1920],
] as const;

/** One clip of 8 s and one to eight extensions of 7 s, in both ratios. */
const extended = [15, 22, 29, 36, 43, 50, 57, 64].flatMap((seconds) =>
  [["16:9", "720p", seconds, 1280, 720], ["9:16", "720p", seconds, 720, 1280]] as const
);

function clipOf(aspectRatio: string, resolution: string, seconds: number): Uint8Array {
  return clipBytes({ aspect_ratio: aspectRatio, resolution, seconds });
}

function open(clip: Uint8Array): Input {
  return new Input({ source: new BufferSource(clip), formats: ALL_FORMATS });
}

/** The content of the first box of a type, looked for by its name. */
function boxOf(clip: Uint8Array, type: string): Uint8Array {
  const at = findBytes(clip, bytesOf(type));
  const size = new DataView(clip.buffer, clip.byteOffset + at - 4).getUint32(0);
  return clip.slice(at + 4, at - 4 + size);
}

/** AudioSpecificConfig: behind the tag 5 and its length in four bytes, at the end of `esds`. */
function audioConfig(clip: Uint8Array): Uint8Array {
  const box = boxOf(clip, "esds");
  const at = findBytes(box, [0x05, 0x80, 0x80, 0x80]);
  return box.slice(at + 5, at + 5 + (box[at + 4] ?? 0));
}

describe("the sandbox's clips", () => {
  it.each([...shapes, ...extended])("%s %s %i s is what Veo would deliver", async (...shape) => {
    const [ratio, resolution, seconds, width, height] = shape;
    const input = open(clipOf(ratio, resolution, seconds));
    const video = await input.getPrimaryVideoTrack();
    const audio = await input.getPrimaryAudioTrack();
    expect(await video?.getCodecParameterString()).toMatch(/^avc1\.6400/);
    expect(await audio?.getCodecParameterString()).toBe("mp4a.40.2");
    expect([video?.displayWidth, video?.displayHeight]).toEqual([width, height]);
    expect([audio?.sampleRate, audio?.numberOfChannels]).toEqual([48_000, 2]);
    expect(await video?.computePacketStats()).toMatchObject({ packetCount: 24 * seconds, averagePacketRate: 24 });
    expect(await video?.getFirstTimestamp()).toBe(0);
    expect(await video?.computeDuration()).toBe(seconds);
    expect(await audio?.computeDuration()).toBe(seconds);
  });

  it.each(shapes)(
    "%s %s %i s has one keyframe, its index at the end, and says what it is",
    (ratio, resolution, seconds) => {
      const clip = clipOf(ratio, resolution, seconds);
      expect([...boxOf(clip, "stss")]).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
      expect(findBytes(clip, bytesOf("mdat"))).toBeLessThan(findBytes(clip, bytesOf("moov")));
      expect(findBytes(clip, bytesOf("Sandbox clip, not made by Veo"))).toBeGreaterThan(0);
    },
  );

  it.each(["16:9", "9:16"])("of one size can be joined: in %s the decoders' settings are the same bytes", (ratio) => {
    const lengths = [4, 6, 8].map((seconds) => clipOf(ratio, "720p", seconds));
    expect(new Set(lengths.map((clip) => boxOf(clip, "avcC").toHex())).size).toBe(1);
    expect(new Set(shapes.map((shape) => audioConfig(clipOf(shape[0], shape[1], shape[2])).toHex())).size).toBe(1);
  });

  it("are small enough for a repository", () => {
    const masters = [["16:9", "720p", 64], ["9:16", "720p", 64], ["16:9", "1080p", 15], ["9:16", "1080p", 15]] as const;
    const files = [...shapes, ...masters].map(([ratio, resolution, seconds]) => clipOf(ratio, resolution, seconds));
    expect(files.reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(2_000_000);
  });

  it.each([["16:9", "4k", 8], ["16:9", "360p", 8], ["16:9", "1080p", 16], ["9:16", "720p", 7.5], ["9:16", "720p", 65]])(
    "do not include %s %s %i s",
    (aspect_ratio, resolution, seconds) => {
      expect(hasClip({ aspect_ratio, resolution, seconds })).toBe(false);
    },
  );
});

/** Every length that Omni's clips have, and those of its extensions. */
const wholeSeconds = [
  ...Array.from({ length: 38 }, (_, index) => ["720p", index + 3] as const),
  ...Array.from({ length: 13 }, (_, index) => ["1080p", index + 3] as const),
];

describe("a clip of any whole second", () => {
  it.each(wholeSeconds)("is whole and of exact length: %s %i s", async (resolution, seconds) => {
    for (const ratio of ["16:9", "9:16"]) {
      const input = open(clipOf(ratio, resolution, seconds));
      const video = await input.getPrimaryVideoTrack();
      expect(await video?.computePacketStats()).toMatchObject({ packetCount: 24 * seconds, averagePacketRate: 24 });
      expect(await video?.getFirstTimestamp()).toBe(0);
      expect(await video?.computeDuration()).toBe(seconds);
      expect(await (await input.getPrimaryAudioTrack())?.computeDuration()).toBe(seconds);
    }
  });

  it.each(wholeSeconds)("ends with all that it refers to: %s %i s", async (resolution, seconds) => {
    for (const ratio of ["16:9", "9:16"]) {
      // Where every picture before a second comes before every one behind it, none of the first needs one of the others.
      const { video } = await fingerprints(clipOf(ratio, resolution, seconds));
      const times = video.map((packet) => Number(packet.split(" ")[0]));
      expect(Math.max(...times)).toBeCloseTo(seconds - 1 / 24, 6);
      expect(new Set(times).size).toBe(24 * seconds);
    }
  });

  it.each([["720p", [3, 5, 8, 10, 15, 40, 64]], ["1080p", [3, 8, 15]]] as const)(
    "can be joined with one of another: in %s the decoders' settings are the same bytes",
    (resolution, lengths) => {
      for (const ratio of ["16:9", "9:16"]) {
        const clips = lengths.map((seconds) => clipOf(ratio, resolution, seconds));
        expect(new Set(clips.map((clip) => boxOf(clip, "avcC").toHex())).size).toBe(1);
        expect(new Set(clips.map((clip) => audioConfig(clip).toHex())).size).toBe(1);
      }
    },
  );
});

describe("an extended video of the sandbox", () => {
  it.each(extended)("%s %s %i s is one file with both edit lists and its index at the end", (...shape) => {
    const [ratio, resolution, seconds] = shape;
    const clip = clipOf(ratio, resolution, seconds);
    expect(topLevelBoxes(clip)).toEqual(["ftyp", "free", "mdat", "moov"]);
    const edits = clip.slice(findBytes(clip, bytesOf("moov"))).toHex().split(hexOf("elst")).slice(1);
    // One edit: the whole length in milliseconds, from behind the reordering delay or the encoder's priming.
    const edit = [1, seconds * 1_000, 1_024, 0x10000].map((word) => word.toString(16).padStart(8, "0")).join("");
    expect(edits.map((hex) => hex.slice(8, 40))).toEqual([edit, edit]);
    expect(findBytes(clip, bytesOf("Sandbox clip, not made by Veo"))).toBeGreaterThan(0);
  });

  it.each(["16:9", "9:16"])("in %s goes on with the shorter one, packet for packet", async (ratio) => {
    const longest = await fingerprints(clipOf(ratio, "720p", 64));
    for (const seconds of [15, 36, 57]) {
      const { video, audio } = await fingerprints(clipOf(ratio, "720p", seconds));
      expect(video).toEqual(longest.video.slice(0, 24 * seconds));
      // One frame of AAC before the first one that is heard, then as many as it takes.
      expect(audio).toEqual(longest.audio.slice(0, Math.ceil((1_024 + 48_000 * seconds) / 1_024)));
    }
  });

  it.each(["16:9", "9:16"])("in %s begins a closed group of pictures where each extension does", async (ratio) => {
    const video = await open(clipOf(ratio, "720p", 64)).getPrimaryVideoTrack();
    const times = [];
    if (video) {
      for await (const packet of new EncodedPacketSink(video).packets()) {
        if (packet.type === "key") times.push(packet.timestamp);
      }
    }
    // Each is followed by the keyframe that makes the last frame of every second one that others refer to.
    expect(times).toEqual([0, 8, 15, 22, 29, 36, 43, 50, 57].flatMap((start) => [start, start + 0.125]));
  });

  it.each(["16:9", "9:16"])("in %s has the decoder's settings of the clip that it began with", (ratio) => {
    expect(boxOf(clipOf(ratio, "720p", 22), "avcC").toHex()).toBe(boxOf(clipOf(ratio, "720p", 8), "avcC").toHex());
  });
});

function topLevelBoxes(clip: Uint8Array): string[] {
  const view = new DataView(clip.buffer, clip.byteOffset, clip.byteLength);
  const types = [];
  for (let at = 0; at < clip.byteLength; at += view.getUint32(at)) {
    types.push(String.fromCharCode(...clip.subarray(at + 4, at + 8)));
  }
  return types;
}

function hexOf(text: string): string {
  return new Uint8Array(bytesOf(text)).toHex();
}

/** Every packet of both tracks: when it is shown, how large it is, its first bytes behind the length. */
async function fingerprints(clip: Uint8Array) {
  const input = open(clip);
  const packetsOf = async (track: InputTrack | null) => {
    const packets = [];
    if (!track) return [];
    for await (const { timestamp, data } of new EncodedPacketSink(track).packets()) {
      packets.push(`${timestamp} ${data.byteLength} ${data.slice(4, 36).toHex()}`);
    }
    return packets;
  };
  return {
    video: await packetsOf(await input.getPrimaryVideoTrack()),
    audio: await packetsOf(await input.getPrimaryAudioTrack()),
  };
}
