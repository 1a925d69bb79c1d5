/**
 * Memory for the parts of uploads: lent, because all requests of an isolate share its 128 MB. Who comes when all of it is
 * lent waits, and leaves its body unread meanwhile, which holds the client back.
 */
import { ServiceError } from "../errors.ts";
import { wait as realWait } from "../wait.ts";
import { Presences } from "./presences.ts";

/**
 * 5 MiB, the smallest part R2 takes (all parts but the last must be equal); a 100 MB video makes 20 parts of the 10,000
 * allowed.
 */
export const partBytes = 5 * 1_024 * 1_024;

/**
 * 30 MiB in an isolate. With as much for the small buffers and windows of all bodies (`bodiesMaximum`) and 20 MB of code,
 * that leaves a third of the 128 MB to garbage that is not collected yet (`test/browser/upload-storm.test.ts` measures it).
 */
export const loansMaximum = 6;

/**
 * Longer than a client may be silent, so that one who holds memory and is gone turns nobody away; shorter than the minute
 * after which many clients and proxies give up a connection that takes nothing.
 */
export const waitMaximumMs = 30_000;

/** Often enough beside an upload's seconds. */
const lookEveryMs = 100;

/** Who waits looks again after {@link lookEveryMs}; who did not for so long was ended, however busy the isolate. */
const waiterSilenceMaximumMs = 10_000;

/** A client may be silent for a third of this, and R2 takes a part within seconds. */
const borrowerSilenceMaximumMs = 60_000;

/**
 * 1 Mbit/s, what a poor mobile uplink gives. Slower ones are welcome while nobody waits; a handful of them must not keep
 * everybody else out.
 */
const bytesPerSecondMinimum = 125_000;

/** Before that, a pause of the network says nothing about a client's speed. */
const judgedAfterMs = 10_000;

const retryAfterSeconds = 15;

/** Where a {@link PartBuffer} gets the memory of a whole part. */
export interface PartMemory {
  /** @throws ServiceError `rate_limited` when there is none for too long */
  lend(): Promise<PartLoan>;
}

export interface PartLoan {
  /** Of {@link partBytes}; what is in it is not zero. */
  readonly bytes: Uint8Array;
  /**
   * Tells how much arrived.
   *
   * @throws ServiceError `rate_limited` when others wait and this is too slow
   */
  onReceived(bytes: number): void;
  giveBack(): void;
}

/** For work that must never wait: each has memory of its own. */
export const ownPartMemory: PartMemory = {
  lend: () => Promise.resolve({ bytes: new Uint8Array(partBytes), onReceived: () => {}, giveBack: () => {} }),
};

/**
 * First come, first served. Each waiter looks for itself, by a timer of its own request: to be woken by another request
 * would need that one to end well.
 */
export class SharedPartMemory implements PartMemory {
  readonly #now: () => number;
  readonly #wait: (milliseconds: number) => Promise<void>;
  readonly #waiters: Presences;
  readonly #borrowers: Presences;
  /** Used again at once instead of being left to the garbage collector; kept only while others are lent. */
  readonly #spare: Uint8Array[] = [];

  constructor({ now = Date.now, wait = realWait } = {}) {
    this.#now = now;
    this.#wait = wait;
    this.#waiters = new Presences(waiterSilenceMaximumMs, now);
    this.#borrowers = new Presences(borrowerSilenceMaximumMs, now);
  }

  async lend(): Promise<PartLoan> {
    const waiter = {};
    const givesUpAt = this.#now() + waitMaximumMs;
    try {
      for (;;) {
        this.#waiters.see(waiter);
        if (this.#waiters.isFirst(waiter) && this.#borrowers.size < loansMaximum) return this.#open();
        if (this.#now() >= givesUpAt) throw crowded();
        await this.#wait(lookEveryMs);
      }
    } finally {
      this.#waiters.remove(waiter);
    }
  }

  #open(): PartLoan {
    const borrower = {};
    const since = this.#now();
    const bytes = this.#spare.pop() ?? new Uint8Array(partBytes);
    let received = 0;
    this.#borrowers.see(borrower);
    return {
      bytes,
      onReceived: (count) => {
        received += count;
        this.#borrowers.see(borrower);
        const heldMs = this.#now() - since;
        const isSlow = heldMs >= judgedAfterMs && received / (heldMs / 1_000) < bytesPerSecondMinimum;
        if (isSlow && this.#waiters.size > 0) throw tooSlow();
      },
      giveBack: () => {
        this.#borrowers.remove(borrower);
        if (this.#borrowers.size + this.#spare.length < loansMaximum) this.#spare.push(bytes);
        if (this.#borrowers.size === 0) this.#spare.length = 0;
      },
    };
  }
}

/** That of all uploads of this isolate. */
export const uploadPartMemory: PartMemory = new SharedPartMemory();

function crowded(): ServiceError {
  return rateLimited("Too many files are being received at this moment. Send the request again a little later.");
}

function tooSlow(): ServiceError {
  return rateLimited(
    "The files came slower than 1 Mbit/s while others were waiting to send theirs. " +
      "Send the request again a little later, or smaller files.",
  );
}

/** Not the fault of the request: the same one may be taken a little later. */
export function rateLimited(detail: string): ServiceError {
  return new ServiceError("rate_limited", detail, { headers: { "Retry-After": String(retryAfterSeconds) } });
}
