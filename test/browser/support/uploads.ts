/** Files that a person has: the sample pictures, such as a camera makes them, and a clip as the video to move like. */
import { Buffer } from "node:buffer";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "./temporary-folder.ts";

const run = promisify(execFile);
const sandbox = new URL("../../../src/sandbox/", import.meta.url);

export interface Upload {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const sampleNames = ["emerald-ring-front.jpg", "emerald-ring-side.jpg", "emerald-ring-stone.jpg"];

/** The three sample pictures. */
export function pictures(): Promise<Upload[]> {
  return Promise.all(sampleNames.map(async (name) => ({
    name,
    mimeType: "image/jpeg",
    buffer: await readFile(new URL(`samples/${name}`, sandbox)),
  })));
}

export async function motion(): Promise<Upload> {
  return {
    name: "motion.mp4",
    mimeType: "video/mp4",
    buffer: await readFile(new URL("clips/1280x720-8s.bin", sandbox)),
  };
}

/**
 * The first sample, made anew by ffmpeg.
 *
 * @param name its extension says of which kind
 * @param filters of ffmpeg, for example `scale=4000:3000`; `noise` makes it heavy
 */
export async function pictureMade(name: string, filters = "null"): Promise<Upload> {
  const path = join(await temporaryFolder(), name);
  const sample = new URL(`samples/${sampleNames[0]}`, sandbox).pathname;
  await run("ffmpeg", ["-v", "error", "-i", sample, "-vf", filters, "-frames:v", "1", "-q:v", "2", path]);
  return { name, mimeType: `image/${extname(name).slice(1)}`, buffer: await readFile(path) };
}

/** A file whose beginning says what it is, and that holds nothing else. */
export function fileOf(name: string, bytes: string): Upload {
  return { name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes, "latin1") };
}

/** The same JPEG with the note that a camera writes when it is held on its side (EXIF 2.32 §4.6, orientation 6). */
export function heldOnItsSide(upload: Upload): Upload {
  const tiff = "MM\0*\0\0\0\x08" + "\0\x01" + "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0" + "\0\0\0\0";
  const content = `Exif\0\0${tiff}`;
  const segment = Buffer.from(`\xff\xe1\0${String.fromCharCode(content.length + 2)}${content}`, "latin1");
  const { buffer } = upload;
  return { ...upload, buffer: Buffer.concat([buffer.subarray(0, 2), segment, buffer.subarray(2)]) };
}
