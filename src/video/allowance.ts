/**
 * What the reading of one video may cost. mediabunny unfolds an index as it is told to, and a file of two kilobytes can
 * tell it to unfold billions of samples; so what an index asks for is counted before mediabunny is given it.
 */

/**
 * The most of each that is taken. What 100 MB can hold is far below it: 300,000 pictures are 83 minutes at 60 a second,
 * 2.8 hours at 30, and 330 bytes each.
 */
const maxima = {
  /** Boxes or elements, without those of cues and clusters. A phone's index has 150, a fragment 10. */
  boxes: 100_000,
  /** Phones write up to 9, broadcast cameras 20. */
  tracks: 100,
  /** Entries of tables that become an object each: all pictures with a duration and a delay of their own. */
  runs: 600_000,
  /** Entries that become a number each: a size for all pictures, and for seven hours of sound. */
  numbers: 1_500_000,
  /** Samples that are unfolded from runs, because they are not shown in the order they are decoded in. */
  unfolded: 300_000,
  /** Where keyframes are, of fragments or clusters; mediabunny tidies them in time that grows with the square. */
  cues: 30_000,
  /** What a WebM's table of contents lists: it has about five entries. */
  seeks: 1_000,
  /** Samples of fragments and frames of clusters, each time that they are read: all that a file has, some five times. */
  frames: 5_000_000,
} as const;

export type Expense = keyof typeof maxima;

export class Allowance {
  readonly #spent = new Map<Expense, number>();

  /** @throws {RangeError} when it is more than any real video needs */
  spend(expense: Expense, count: number): void {
    const spent = (this.#spent.get(expense) ?? 0) + count;
    if (!(spent <= maxima[expense])) throw new RangeError(`The video asks for more ${expense} than any real one.`);
    this.#spent.set(expense, spent);
  }
}

/** How deep boxes or elements lie in each other at most; ten levels in files that exist. */
export const depthMaximum = 16;
