/** Short real videos: containers as they should be, around packets that no decoder is asked to decode. */
import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
  type OutputFormat,
  type Rotation,
  WebMOutputFormat,
} from "mediabunny";

export interface Movie {
  readonly width?: number;
  readonly height?: number;
  readonly seconds?: number;
  readonly rotation?: Rotation;
  readonly hasAudio?: boolean;
  readonly hasVideo?: boolean;
  /** Bytes of each frame. */
  readonly frameBytes?: number;
}

const framesPerSecond = 10;
const samplesPerSecond = 48_000;

/** The index (`moov`) at the front, or at the end as Veo writes it. */
export function mp4(movie: Movie = {}, index: "front" | "end" | "fragments" = "end"): Promise<Uint8Array> {
  const fastStart = index === "front" ? "in-memory" : index === "fragments" ? "fragmented" : false;
  return write(new Mp4OutputFormat({ fastStart }), movie);
}

export function mov(movie: Movie = {}): Promise<Uint8Array> {
  return write(new MovOutputFormat({ fastStart: false }), movie);
}

/** @param live without a length, as a browser's recorder writes it */
export function webm(movie: Movie = {}, live = false): Promise<Uint8Array> {
  return write(new WebMOutputFormat({ appendOnly: live }), movie);
}

async function write(format: OutputFormat, movie: Movie): Promise<Uint8Array> {
  const { width = 64, height = 36, seconds = 2, rotation = 0, hasAudio = true, hasVideo = true } = movie;
  const target = new BufferTarget();
  const output = new Output({ format, target });
  const pictures = new EncodedVideoPacketSource("vp9");
  const sounds = new EncodedAudioPacketSource("opus");
  if (hasVideo) output.addVideoTrack(pictures, format.supportsVideoRotationMetadata ? { rotation } : {});
  if (hasAudio) output.addAudioTrack(sounds);
  await output.start();
  const videoConfig = { decoderConfig: { codec: "vp09.00.10.08", codedWidth: width, codedHeight: height } };
  const audioConfig = { decoderConfig: { codec: "opus", sampleRate: samplesPerSecond, numberOfChannels: 2 } };
  for (let frame = 0; frame < seconds * framesPerSecond; frame++) {
    const time = [frame / framesPerSecond, 1 / framesPerSecond] as const;
    const data = new Uint8Array(movie.frameBytes ?? 20).fill(frame);
    if (hasVideo) await pictures.add(new EncodedPacket(data, frame % 10 ? "delta" : "key", ...time), videoConfig);
    if (hasAudio) await sounds.add(new EncodedPacket(new Uint8Array(10), "key", ...time), audioConfig);
  }
  await output.finalize();
  if (!target.buffer) throw new Error("The movie was not written.");
  return new Uint8Array(target.buffer);
}
