/** Writes pictures as they are into a file of their own, without sound. */
import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  type InputVideoTrack,
  Mp4OutputFormat,
  Output,
  type VideoCodec,
  WebMOutputFormat,
} from "mediabunny";
import type { LoadedPicture } from "./read-pictures.ts";

export type Container = "video/mp4" | "video/webm";

/** What decoders everywhere read; a MOV can hold more, at rates of which no excerpt would be small enough. */
const codecs: Record<Container, readonly VideoCodec[]> = {
  "video/mp4": ["avc", "hevc", "vp9", "av1"],
  "video/webm": ["vp8", "vp9", "av1"],
};

/** More than any decoder needs to know: a few parameter sets, 100 bytes each. */
const descriptionBytesMaximum = 16_384;

export interface Format {
  readonly container: Container;
  readonly codec: VideoCodec;
  readonly decoderConfig: VideoDecoderConfig;
  readonly turn: { readonly rotation: 0 | 90 | 180 | 270; readonly flip: boolean };
}

/**
 * @param sourceType of the video; a MOV becomes an MP4, which holds the same pictures
 * @returns null when an excerpt of it cannot be written
 */
export async function formatOf(track: InputVideoTrack, sourceType: string): Promise<Format | null> {
  const container = sourceType === "video/webm" ? "video/webm" : "video/mp4";
  const codec = await track.getCodec();
  if (codec === null || !codecs[container].includes(codec)) return null;
  const decoderConfig = await track.getDecoderConfig();
  if (!decoderConfig || (decoderConfig.description?.byteLength ?? 0) > descriptionBytesMaximum) return null;
  return {
    container,
    codec,
    decoderConfig,
    turn: { rotation: await track.getRotation(), flip: await track.getFlip() },
  };
}

/**
 * @param pictures in decoding order, the first a keyframe and shown first
 * @param end when the last of them has been shown, on the same clock as they are
 */
export async function writeExcerpt(
  { container, codec, decoderConfig, turn }: Format,
  pictures: readonly LoadedPicture[],
  end: number,
): Promise<Uint8Array> {
  const target = new BufferTarget();
  const format = container === "video/webm" ? new WebMOutputFormat() : new Mp4OutputFormat({ fastStart: "in-memory" });
  const output = new Output({ format, target });
  const source = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(source, format.supportsVideoTransformationMetadata ? turn : {});
  await output.start();
  const shown = pictures.map(({ seconds }) => seconds).toSorted((one, other) => one - other);
  const [start = 0] = shown;
  for (const { seconds, isKey, data } of pictures) {
    const duration = (shown[shown.indexOf(seconds) + 1] ?? end) - seconds;
    await source.add(new EncodedPacket(data, isKey ? "key" : "delta", seconds - start, duration), { decoderConfig });
  }
  await output.finalize();
  return new Uint8Array(target.buffer ?? new ArrayBuffer());
}
