import { ALL_FORMATS, BufferSource, Input } from "mediabunny";
import { describe, expect, it } from "vitest";
import { clipBytes, findClip } from "../../src/sandbox/clips.ts";
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

function clipOf(ratio: string, resolution: string, seconds: number): Uint8Array {
  return clipBytes(findClip(ratio, resolution, seconds) ?? "none");
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
  it.each(shapes)("%s %s %i s is what Veo would deliver", async (ratio, resolution, seconds, width, height) => {
    const input = new Input({ source: new BufferSource(clipOf(ratio, resolution, seconds)), formats: ALL_FORMATS });
    const video = await input.getPrimaryVideoTrack();
    const audio = await input.getPrimaryAudioTrack();
    expect(await video?.getCodecParameterString()).toMatch(/^avc1\.6400/);
    expect(await audio?.getCodecParameterString()).toBe("mp4a.40.2");
    expect([video?.displayWidth, video?.displayHeight]).toEqual([width, height]);
    expect([audio?.sampleRate, audio?.numberOfChannels]).toEqual([48_000, 2]);
    expect(await video?.computePacketStats()).toMatchObject({ packetCount: 24 * seconds, averagePacketRate: 24 });
    expect(await video?.getFirstTimestamp()).toBe(0);
    expect(await video?.computeDuration()).toBe(seconds);
    expect(await audio?.computeDuration()).toBeCloseTo(seconds, 1);
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
    const bytes = shapes.map(([ratio, resolution, seconds]) => clipOf(ratio, resolution, seconds).byteLength);
    expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(1_200_000);
  });

  it("do not include 4k", () => {
    expect(findClip("16:9", "4k", 8)).toBeUndefined();
  });
});
