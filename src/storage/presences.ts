/** Who is here, by who was heard of lately. */

/**
 * Members in the order in which they came. Who stays says so again and again: workerd may end a request without its
 * `finally` (the client is gone, its CPU time is spent), and its place must not be lost for the life of the isolate.
 */
export class Presences {
  /** When each was last heard of, milliseconds since 1970. A Map keeps the order in which its keys came. */
  readonly #seenAt = new Map<object, number>();
  readonly #silenceMaximumMs: number;
  readonly #now: () => number;

  /** @param silenceMaximumMs who was not heard of for longer is not here any more */
  constructor(silenceMaximumMs: number, now: () => number = Date.now) {
    this.#silenceMaximumMs = silenceMaximumMs;
    this.#now = now;
  }

  /** The member is here; one that is new, or was taken for gone, is the last. */
  see(member: object): void {
    this.#forgetSilent();
    this.#seenAt.set(member, this.#now());
  }

  remove(member: object): void {
    this.#seenAt.delete(member);
  }

  get size(): number {
    this.#forgetSilent();
    return this.#seenAt.size;
  }

  /** Whether nobody who came earlier is here. */
  isFirst(member: object): boolean {
    this.#forgetSilent();
    return this.#seenAt.keys().next().value === member;
  }

  #forgetSilent(): void {
    const latest = this.#now() - this.#silenceMaximumMs;
    for (const [member, seenAt] of this.#seenAt) if (seenAt < latest) this.#seenAt.delete(member);
  }
}
