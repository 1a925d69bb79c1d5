/** Videos of a few kilobytes that ask their reader for hours or gigabytes, out of real ones. */
import type { RangedSource } from "../../src/storage/task-files.ts";
import { box, concatenated, uint32 } from "../../src/video/mp4/box-writer.ts";
import { mp4, webm } from "../support/movies.ts";

/** The highest number of 32 bits. */
export const most = 0xffff_ffff;

export function sourceOf(bytes: Uint8Array): RangedSource {
  return { bytes: bytes.length, read: (start, end) => Promise.resolve(bytes.slice(start, end)) };
}

export function times(count: number, make: (index: number) => Uint8Array): Uint8Array {
  return concatenated(Array.from({ length: count }, (_, index) => make(index)));
}

type Edit = (content: Uint8Array) => Uint8Array;

/** From the top to the tables of the first track. */
export const toTables = ["moov", "trak", "mdia", "minf", "stbl"];

/** An MP4 with other content in the box that is reached by going into the first box of each name. */
export function edited(file: Uint8Array, path: readonly string[], edit: Edit): Uint8Array {
  const [name = "", ...inside] = path;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 0; at + 8 <= file.length; at += view.getUint32(at)) {
    if (String.fromCharCode(...file.subarray(at + 4, at + 8)) !== name) continue;
    const end = at + view.getUint32(at);
    const content = file.slice(at + 8, end);
    const changed = inside.length > 0 ? edited(content, inside, edit) : edit(content);
    return concatenated([file.slice(0, at), box(name, changed), file.slice(end)]);
  }
  throw new Error(`There is no ${name}.`);
}

/** With boxes behind the others of a box. The index is at the end, so that nothing it points to moves. */
export async function withBoxes(path: readonly string[], ...boxes: readonly Uint8Array[]): Promise<Uint8Array> {
  return edited(await mp4(), path, (content) => concatenated([content, ...boxes]));
}

/** An MP4 of one fragment, with other content in it. */
export async function withFragment(edit: Edit): Promise<Uint8Array> {
  return edited(await mp4({ seconds: 0.5 }, "fragments"), ["moof"], edit);
}

/** @param id with its marker */
export function element(id: number, ...content: readonly Uint8Array[]): Uint8Array {
  const whole = concatenated(content);
  const idBytes = uint32(id).subarray(Math.clz32(id) >> 3);
  return concatenated([idBytes, Uint8Array.of(0x08), uint32(whole.length), whole]);
}

const cluster = [0x1f, 0x43, 0xb6, 0x75];

/** A recording with elements in front of its first cluster. */
export async function withElements(...elements: readonly Uint8Array[]): Promise<Uint8Array> {
  const file = await webm({}, true);
  const at = file.findIndex((_, place) => cluster.every((byte, step) => file[place + step] === byte));
  return concatenated([file.slice(0, at), ...elements, file.slice(at)]);
}
