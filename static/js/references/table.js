/** What lies on the table: three places for prints and one for a video. Others are told of each change. */
import { fileKind } from "./file-kind.js";
import { discard, examine } from "./reference.js";

/** @import { Reference } from "./reference.js" */

const placesForPrints = 3;

export class Table extends EventTarget {
  /** @type {(Reference | null)[]} */
  prints = Array.from({ length: placesForPrints }, () => null);

  /** @type {Reference | null} */
  sample = null;

  /** Whether files came for which there was no place. */
  overflowed = false;

  /**
   * Lays files down: videos go onto the strip, everything else onto the prints, from the given place on.
   *
   * @param {readonly File[]} files
   * @param {number | "sample" | null} place where the person put them; null when it does not matter
   */
  async lay(files, place) {
    this.overflowed = false;
    let wanted = typeof place === "number" ? place : null;
    for (const file of files) {
      if (await this.#isForSample(file, place, files.length)) {
        await this.#laySample(file);
        continue;
      }
      const index = wanted ?? this.prints.indexOf(null);
      wanted = null;
      if (index < 0) this.overflowed = true;
      else await this.#layPrint(file, index);
    }
    this.#changed();
  }

  /** @param {number | "sample"} place */
  remove(place) {
    this.overflowed = false;
    if (place === "sample") {
      discard(this.sample);
      this.sample = null;
    } else {
      discard(this.prints[place] ?? null);
      this.prints[place] = null;
    }
    this.#changed();
  }

  /**
   * What was learned when the browser opened a picture.
   *
   * @param {Reference} reference
   * @param {Partial<Reference>} learned
   */
  learn(reference, learned) {
    Object.assign(reference, learned);
    this.#changed();
  }

  get isEmpty() {
    return this.sample === null && this.prints.every((print) => print === null);
  }

  get hasFlaw() {
    return [...this.prints, this.sample].some((reference) => reference?.flaw);
  }

  /**
   * @param {File} file
   * @param {number | "sample" | null} place
   * @param {number} together how many files came at once
   */
  async #isForSample(file, place, together) {
    const { sort } = await fileKind(file);
    if (sort === "video") return true;
    // A wrong file that was put onto the strip alone is told about there.
    return place === "sample" && together === 1 && sort !== "picture";
  }

  /** @param {File} file */
  async #laySample(file) {
    const laid = await examine(file, "video");
    discard(this.sample);
    this.sample = laid;
  }

  /**
   * @param {File} file
   * @param {number} index
   */
  async #layPrint(file, index) {
    const laid = await examine(file, "picture");
    discard(this.prints[index] ?? null);
    this.prints[index] = laid;
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
