import { expect, test } from "vitest";
import { shareSound, type Sound, type SoundShare } from "../../src/video/finish/sound.ts";

const packetTicks = 1_024;
const timescale = 48_000;
const framesPerSecond = 24;

/** Sound of 8 s behind its priming, as Veo delivers it. */
function sound(changes: Partial<Sound> = {}): Sound {
  const startTicks = changes.startTicks ?? 2_048;
  return {
    timescale,
    packetTicks,
    packets: Math.ceil((8 * timescale + startTicks) / packetTicks),
    startTicks,
    ...changes,
  };
}

/** @throws what the fault says */
function share(sounds: Sound[], frames: number[]): SoundShare[] {
  const shares = shareSound(sounds, frames.map((count) => count / framesPerSecond));
  if (!shares.ok) throw new Error(shares.fault.note);
  return shares.value;
}

interface Join {
  /** How much later than the picture's cut the sound's is, ticks. */
  readonly late: number;
  /** How much later the sound of the clip is than its picture, ticks. */
  readonly apart: number;
}

/** What is heard when: the packets follow each other without a gap, behind the first clip's priming. */
function joinsOf(sounds: readonly Sound[], frames: readonly number[], shares: readonly SoundShare[]): Join[] {
  let heard = -(sounds[0]?.startTicks ?? 0);
  let seen = 0;
  return sounds.map(({ startTicks }, index) => {
    const { first = 0, packets = 0 } = shares[index] ?? {};
    const join = { late: heard - seen, apart: heard - seen - (first * packetTicks - startTicks) };
    heard += packets * packetTicks;
    seen += (frames[index] ?? 0) / framesPerSecond * timescale;
    return join;
  });
}

const half = packetTicks / 2;

test("however many clips are joined at whatever frames, sound and picture stay within half a packet", () => {
  for (let frames = 2; frames <= 192; frames++) {
    for (const startTicks of [1_024, 2_048, 2_112, 0]) {
      const sounds = Array.from({ length: 8 }, () => sound({ startTicks }));
      const cuts = sounds.map((_, index) => (frames + 5 * index) % 191 + 2);
      const joins = joinsOf(sounds, cuts, share(sounds, cuts));
      for (const { late, apart } of joins.slice(1)) {
        expect(Math.abs(late)).toBeLessThanOrEqual(half);
        expect(Math.abs(apart)).toBeLessThanOrEqual(half);
      }
    }
  }
});

test("the priming of the first clip is kept, that of the others left out", () => {
  const sounds = [sound(), sound({ startTicks: 1_024 }), sound()];
  expect(share(sounds, [192, 192, 192]).map(({ first }) => first)).toEqual([0, 1, 2]);
});

test("whole clips give all of their sound", () => {
  expect(share([sound(), sound()], [192, 192])).toEqual([{ first: 0, packets: 377 }, { first: 2, packets: 375 }]);
});

test("the end of the picture has its sound, and no packet more", () => {
  const [only] = share([sound()], [100]);
  const heard = (only?.packets ?? 0) * packetTicks - 2_048;
  const seen = 100 / framesPerSecond * timescale;
  expect(heard).toBeGreaterThanOrEqual(seen);
  expect(heard - seen).toBeLessThan(packetTicks);
});

test("a clip whose sound is a little short leaves no hole: the next one's begins earlier", () => {
  const sounds = [sound({ packets: 376 }), sound()];
  const shares = share(sounds, [192, 192]);
  expect(shares).toEqual([{ first: 0, packets: 376 }, { first: 1, packets: 376 }]);
  expect(joinsOf(sounds, [192, 192], shares)[1]).toEqual({ late: -1_024, apart: 0 });
});

test("a clip whose sound ends long before its picture is not joined with another", () => {
  expect(shareSound([sound({ packets: 300 }), sound()], [8, 8])).toMatchObject({
    ok: false,
    fault: { kind: "invalid_request", note: "the sound of a clip is shorter than its picture" },
  });
});

test("the last clip may end in silence", () => {
  expect(share([sound({ packets: 300 })], [192])).toEqual([{ first: 0, packets: 300 }]);
});
