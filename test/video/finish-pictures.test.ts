import { expect, test } from "vitest";
import { picturesOf } from "../../src/video/finish/pictures.ts";
import type { Edit, Sample, Track } from "../../src/video/mp4/movie.ts";

const frameTicks = 512;

/** A track of frames that are shown in this order, two frames later than they are decoded. */
function track(
  ranks: readonly number[],
  edit: Partial<Edit> = {},
  change: (sample: Sample) => Sample = (same) => same,
): Track {
  const samples = ranks.map((rank, index) =>
    change({
      offset: index * 100,
      bytes: 100,
      decodeTime: index * frameTicks,
      compositionTime: (rank + 2) * frameTicks,
      duration: frameTicks,
      isSync: index === 0,
    })
  );
  return {
    timescale: 12_288,
    language: 0,
    picture: { width: 0, height: 0, matrix: new Uint8Array(36) },
    edit: { delaySeconds: 0, mediaTime: 2 * frameTicks, durationSeconds: null, ...edit },
    sampleEntry: new Uint8Array(),
    rollDistance: null,
    samples,
  };
}

const group = [0, 4, 2, 1, 3];

test("frames are counted in the order they are shown", () => {
  expect(picturesOf(track(group))).toEqual({
    ok: true,
    value: { timescale: 12_288, frameTicks, frames: 5, ranks: group, reorderFrames: 2, startSeconds: 0 },
  });
});

test("frames that an edit list hides at the end do not count, also where it counts in milliseconds", () => {
  // 3/24 s are 125 ms, 4/24 s are 166.67.
  for (const [durationSeconds, frames] of [[0.125, 3], [0.167, 4], [0.166, 4], [10, 5]] as const) {
    expect(picturesOf(track(group, { durationSeconds }))).toMatchObject({ ok: true, value: { frames } });
  }
});

test("frames that are hidden need no even place of their own", () => {
  const hidden = picturesOf(track([0, 3 + 1 / 512, 2, 1, 3], { durationSeconds: 3 / 24 }));
  expect(hidden).toMatchObject({ ok: true, value: { frames: 3 } });
});

test("a picture that begins late says when", () => {
  const late = picturesOf(track(group, { mediaTime: 0, delaySeconds: 0.5 }));
  expect(late.ok && late.value.startSeconds).toBeCloseTo(0.5 + 2 / 24, 9);
});

test.each([
  ["begins with another frame", track([1, 0, 2]), "it does not begin with a keyframe"],
  [
    "begins without a keyframe",
    track(group, {}, (one) => ({ ...one, isSync: false })),
    "it does not begin with a keyframe",
  ],
  ["hides its first frames", track(group, { mediaTime: 4 * frameTicks }), "its first frames are hidden"],
  ["lacks a frame", track([0, 1, 3, 4]), "its frames do not follow each other evenly"],
  ["has a frame twice", track([0, 1, 1, 2]), "its frames do not follow each other evenly"],
  [
    "changes its pace",
    track(group, {}, (one) => one.decodeTime === 2 * frameTicks ? { ...one, duration: 600 } : one),
    "its frames do not follow each other evenly",
  ],
  ["stands still", track([0, 0], {}, (one) => ({ ...one, duration: 0 })), "it does not begin with a keyframe"],
  ["shows nothing", track(group, { durationSeconds: 0.001 }), "none of its frames is shown"],
])("a clip that %s is refused", (_, broken, reason) => {
  expect(picturesOf(broken)).toMatchObject({ ok: false, fault: { note: `a clip cannot be cut: ${reason}` } });
});
