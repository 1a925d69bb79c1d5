/** Files that a person has: the sample pictures, and a clip of the sandbox as the video to move like. */
import type { Buffer } from "node:buffer";
import { readFile } from "node:fs/promises";

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
