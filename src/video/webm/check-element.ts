/**
 * What the indexes and clusters of a WebM ask of their reader, counted before they are read (RFC 8794, RFC 9559, and
 * what the WebM project allows of it).
 */
import { type Allowance, depthMaximum, type Expense } from "../allowance.ts";
import { elementsOf } from "./elements.ts";

const elementId = {
  header: 0x1a45dfa3,
  seekHead: 0x114d9b74,
  info: 0x1549a966,
  tracks: 0x1654ae6b,
  cues: 0x1c53bb6b,
  tags: 0x1254c367,
  attachments: 0x1941a469,
  cluster: 0x1f43b675,
  segment: 0x18538067,
  chapters: 0x1043a770,
} as const;

const id = {
  seek: 0x4dbb,
  track: 0xae,
  cuePositions: 0xb7,
  simpleBlock: 0xa3,
  block: 0xa1,
  contentEncodings: 0x6d80,
  contentEncoding: 0x6240,
  fileUid: 0x46ae,
} as const;

/** Elements that mediabunny looks into: wherever they are, as it does. */
const containers: ReadonlySet<number> = new Set([
  ...[id.seek, id.track, 0xe0, 0x55b0, 0x7670, 0xe1], // and Video, Colour, Projection, Audio
  ...[0xbb, id.cuePositions], // CuePoint
  ...[0xa0, 0x75a1, 0xa6], // BlockGroup, BlockAdditions, BlockMore
  ...[0x7373, 0x63c0, 0x67c8, 0x61a7], // Tag, Targets, SimpleTag, AttachedFile
]);

/** Those that are not inside of others but the segment; one of them ends a cluster that is shorter than it says. */
export const rootElements: ReadonlySet<number> = new Set(Object.values(elementId));

/**
 * Frames of one cluster, of all its tracks. It spans 32 s at most by the width of its times: pictures at 240 a second, and
 * sound at 400 packets a second.
 */
const clusterFramesMaximum = 20_000;

/** mediabunny reads the number of an attachment digit by digit, which takes time that grows with the square. */
const numberBytesMaximum = 8;

interface Walk {
  readonly allowance: Allowance;
  readonly root: number;
  frames: number;
}

/**
 * @param root which element `content` is of
 * @throws {RangeError} when it is not one that can be read in time
 */
export function checkElement(root: number, content: Uint8Array, allowance: Allowance): void {
  checkElements(content, { allowance, root, frames: 0 }, 0);
}

function checkElements(bytes: Uint8Array, walk: Walk, depth: number): void {
  if (depth > depthMaximum) throw new RangeError("Elements lie too deep in each other.");
  for (const { id, content } of elementsOf(bytes)) {
    if (walk.root === elementId.cluster && depth === 0 && rootElements.has(id)) return;
    checkOne(id, content, walk);
    if (containers.has(id)) checkElements(content, walk, depth + 1);
  }
}

function checkOne(kind: number, content: Uint8Array, walk: Walk): void {
  const { allowance } = walk;
  if (kind === id.simpleBlock || kind === id.block) return checkFrames(content, walk);
  if (kind === id.cuePositions) return allowance.spend("cues", 1);
  if (kind === id.seek) allowance.spend("seeks", 1);
  if (kind === id.track) allowance.spend("tracks", 1);
  // WebM has none but to protect a video; header stripping puts the same bytes, any number, in front of each frame.
  if (kind === id.contentEncodings || kind === id.contentEncoding) {
    throw new RangeError("The video is protected or compressed once more.");
  }
  if (kind === id.fileUid && content.length > numberBytesMaximum) throw new RangeError("A number is too long.");
  allowance.spend(expenses.get(walk.root) ?? "boxes", 1);
}

/** Elements of which mediabunny keeps no more than a number. */
const expenses: ReadonlyMap<number, Expense> = new Map([[elementId.cluster, "frames"], [elementId.cues, "numbers"]]);

function checkFrames(block: Uint8Array, walk: Walk): void {
  const frames = framesIn(block);
  walk.allowance.spend("frames", frames);
  walk.frames += frames;
  if (walk.frames > clusterFramesMaximum) throw new RangeError("A cluster has more frames than any real one.");
}

/** Two bits behind the track's number and the time say whether a block has several frames (RFC 9559 §10.2). */
const lacingBits = 0x06;

function framesIn(block: Uint8Array): number {
  const trackBytes = Math.clz32(block[0] ?? 0) - 23;
  const isLaced = ((block[trackBytes + 2] ?? 0) & lacingBits) !== 0;
  return isLaced ? (block[trackBytes + 3] ?? 0) + 1 : 1;
}
