/**
 * Which packets of sound go with the frames. Packets are kept or dropped whole (1,024 samples of AAC, 21 ms at 48 kHz),
 * so the sound of a clip begins and ends beside its picture by half a packet at most; how far beside is counted from
 * the beginning of the whole video, so that it never adds up.
 */
import { failed, type Outcome, succeeded } from "../../upstream/outcome.ts";
import type { Track } from "../mp4/movie.ts";

export interface Sound {
  /** Ticks a second. */
  readonly timescale: number;
  /** How long one packet is, ticks. */
  readonly packetTicks: number;
  readonly packets: number;
  /** Where in the sound the first frame is shown, ticks: behind the encoder's priming. Negative: the sound is late. */
  readonly startTicks: number;
}

/**
 * @param pictureStartSeconds when the first frame is shown after the beginning of the file
 * @returns the fault `invalid_request` when the packets are not equally long
 */
export function soundOf({ samples, timescale, edit }: Track, pictureStartSeconds: number): Outcome<Sound> {
  const packetTicks = samples[0]?.duration ?? 0;
  // Some writers shorten the last one to where the sound ends; a decoder makes a whole one of it.
  const isSteady = samples.slice(0, -1).every(({ duration }) => duration === packetTicks);
  if (packetTicks === 0 || !isSteady) return failed("invalid_request", "the sound of a clip is not in equal packets");
  const startTicks = Math.round(edit.mediaTime + (pictureStartSeconds - edit.delaySeconds) * timescale);
  const end = edit.durationSeconds === null ? Infinity : edit.mediaTime + edit.durationSeconds * timescale;
  const packets = Math.min(samples.length, Math.ceil(end / packetTicks));
  return succeeded({ timescale, packetTicks, packets, startTicks });
}

export interface SoundShare {
  /** The first packet that is kept, counted from 0. */
  readonly first: number;
  readonly packets: number;
}

/**
 * @param sounds one for each clip, all with one timescale and one length of packets
 * @param clipSeconds how long the picture of each clip is shown
 * @returns for each clip the packets that go with it, or the fault `invalid_request` when sound and picture would be
 *   further apart than one packet
 */
export function shareSound(sounds: readonly Sound[], clipSeconds: readonly number[]): Outcome<SoundShare[]> {
  const shares: SoundShare[] = [];
  let seconds = 0;
  let soundEnd = -(sounds[0]?.startTicks ?? 0);
  for (const [index, sound] of sounds.entries()) {
    const { timescale, packetTicks, startTicks } = sound;
    // How much later than the picture's cut the sound's is; negative: earlier.
    const late = soundEnd - seconds * timescale;
    const first = index === 0 ? 0 : Math.max(0, Math.round((startTicks + late) / packetTicks));
    if (index > 0 && Math.abs(startTicks + late - first * packetTicks) > packetTicks) {
      return failed("invalid_request", "the sound of a clip is shorter than its picture");
    }
    seconds += clipSeconds[index] ?? 0;
    const missing = (seconds * timescale - soundEnd) / packetTicks;
    // The end of the video is covered, its edit list cuts; a cut between clips is the nearest one.
    const wanted = index === sounds.length - 1 ? Math.ceil(missing - rounding) : Math.ceil(missing - 0.5);
    const packets = Math.max(0, Math.min(wanted, sound.packets - first));
    shares.push({ first, packets });
    soundEnd += packets * packetTicks;
  }
  return succeeded(shares);
}

/** What a sum of seconds can be wrong by, in packets; no reason for a packet more. */
const rounding = 1e-6;
