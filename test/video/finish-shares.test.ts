import { describe, expect, test } from "vitest";
import { cleanCuts } from "../../src/video/finish/cut-points.ts";
import { type ClipToShare, type Share, shareFrames } from "../../src/video/finish/shares.ts";

const framesPerSecond = 24;

/** A clip of 8 s as Veo makes it: groups of four behind the keyframe, the last one shorter. */
const eightSeconds = [0, ...Array.from({ length: 47 }, (_, group) => [4, 2, 1, 3].map((rank) => group * 4 + rank)), [
  191,
  190,
  189,
]].flat();

function clip(framesWished: number, frames = 192): ClipToShare {
  return { frames, framesWished, ranks: eightSeconds.slice(0, frames) };
}

/** @throws what the fault says */
function share(clips: ClipToShare[], frames: number): Share[] {
  const shares = shareFrames(clips, frames);
  if (!shares.ok) throw new Error(shares.fault.note);
  return shares.value;
}

const framesOf = (shares: readonly Share[]) => shares.map(({ frames }) => frames);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe.each(Array.from({ length: 52 }, (_, index) => index + 9))("a video of %i s", (seconds) => {
  const frames = seconds * framesPerSecond;
  const count = Math.ceil(seconds / 8);
  const shares = share(Array.from({ length: count }, () => clip(frames / count)), frames);

  test("has every one of its frames, some of each clip", () => {
    expect(sum(framesOf(shares))).toBe(frames);
    expect(Math.min(...framesOf(shares))).toBeGreaterThanOrEqual(2);
    expect(Math.max(...framesOf(shares))).toBeLessThanOrEqual(192);
  });

  test("is cut cleanly everywhere but at its end", () => {
    for (const inner of shares.slice(0, -1)) {
      expect(cleanCuts(eightSeconds, 192)).toContain(inner.frames);
      expect(inner.samples).toBe(inner.frames);
    }
    expect(shares.at(-1)?.samples).toBeGreaterThanOrEqual(shares.at(-1)?.frames ?? Infinity);
  });

  test("is cut beside each wish by half a group at most", () => {
    shares.slice(0, -1).forEach((_, index) => {
      const cut = sum(framesOf(shares.slice(0, index + 1)));
      expect(Math.abs(cut - (index + 1) * frames / count)).toBeLessThanOrEqual(2);
    });
  });
});

test("a clip is cut to the frame, and what its frames refer to is kept", () => {
  expect(share([clip(98)], 98)).toEqual([{ frames: 98, samples: 100 }]);
});

test("whole clips stay whole", () => {
  expect(share([clip(192), clip(192)], 384)).toEqual(Array(2).fill({ frames: 192, samples: 192 }));
});

test("a clip that has less than wished is made up for by the others", () => {
  expect(framesOf(share([clip(120, 57), clip(120), clip(120)], 360))).toEqual([57, 181, 122]);
});

test("a cut is where the clips after it can still give the rest", () => {
  const [first = 0, second = 0] = framesOf(share([clip(20), clip(300)], 320));
  expect(second).toBeLessThanOrEqual(192);
  expect(first + second).toBe(320);
});

test("clips that are all too short give all they have", () => {
  expect(framesOf(share([clip(192, 57), clip(192, 97)], 384))).toEqual([57, 97]);
});

test("a video without room for all clips is refused", () => {
  expect(shareFrames([clip(1), clip(1), clip(1)], 2)).toMatchObject({ ok: false, fault: { kind: "invalid_request" } });
});
