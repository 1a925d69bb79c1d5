/** What lies on the table: three places for prints, one for a video. Others are told of changes. */
import { fileKind } from "./file-kind.js";
import { examine, isPreparing, prepare } from "./reference.js";

export class Table extends EventTarget {
  /** @type {(Reference | null)[]} */
  prints = [null, null, null];

  /** @type {Reference | null} */
  sample = null;

  /** Whether files came for which there was no place. */
  overflowed = false;

  /** One picture at a time: an opened one fills four bytes a pixel. @type {Promise<void>} */
  #preparation = Promise.resolve();

  /**
   * Lays files down: videos go onto the strip, everything else onto the prints, from the given place on.
   *
   * @param {readonly File[]} files
   * @param {Place | null} place where the person put them; null when it does not matter
   */
  async lay(files, place) {
    this.overflowed = false;
    let wanted = typeof place === "number" ? place : null;
    for (const file of files) {
      const kind = await fileKind(file);
      // A wrong file put onto the strip alone is told about there.
      const isWrongSample = place === "sample" && files.length === 1 && kind.sort !== "picture";
      if (kind.sort === "video" || isWrongSample) {
        this.#put("sample", examine(file, kind, "video"));
        continue;
      }
      const index = wanted ?? this.prints.indexOf(null);
      wanted = null;
      if (index < 0) this.overflowed = true;
      else this.#put(index, examine(file, kind, "picture"));
    }
    this.#changed();
  }

  /** @param {Place} place */
  remove(place) {
    this.overflowed = false;
    this.#put(place, null);
    this.#changed();
  }

  /**
   * Two places change what lies there.
   *
   * @param {number} one
   * @param {number} other
   */
  swap(one, other) {
    const { prints } = this;
    [prints[one], prints[other]] = [prints[other] ?? null, prints[one] ?? null];
    this.#changed();
  }

  /**
   * What was learned of a reference, unless it was taken away meanwhile.
   *
   * @param {Reference} reference
   * @param {Partial<Reference>} learned
   */
  learn(reference, learned) {
    if (!this.laid.includes(reference)) return;
    const { file, address } = reference;
    Object.assign(reference, learned);
    if (reference.file !== file) {
      URL.revokeObjectURL(address);
      reference.address = URL.createObjectURL(reference.file);
    }
    this.#changed();
  }

  /** Everything that lies there, in the order in which it is sent. */
  get laid() {
    return [...this.prints, this.sample].filter((reference) => reference !== null);
  }

  get isPreparing() {
    return this.laid.some(isPreparing);
  }

  /** Until every picture is ready to be sent, or known to be flawed. */
  async prepared() {
    while (this.isPreparing) await this.#preparation;
  }

  get isEmpty() {
    return this.laid.length === 0;
  }

  /**
   * @param {Place} place
   * @param {Reference | null} laid
   */
  #put(place, laid) {
    const old = place === "sample" ? this.sample : this.prints[place];
    if (old) URL.revokeObjectURL(old.address);
    if (place === "sample") this.sample = laid;
    else this.prints[place] = laid;
    if (!laid || !isPreparing(laid)) return;
    this.#preparation = this.#preparation.then(async () => {
      if (this.laid.includes(laid)) this.learn(laid, await prepare(laid));
    });
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
