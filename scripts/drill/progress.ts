/** How far a drill is: what the kills are timed by, and what a person sees meanwhile. */

/** Progress is printed this often. */
const printEveryMs = 5_000;

export class Progress {
  readonly #tasks: number;
  readonly #startedAt = Date.now();
  started = 0;
  ended = 0;
  /** When each kill was, milliseconds since 1970. */
  readonly killedAt: number[] = [];
  /** When the last task was started and the last kill was done; null until then. */
  #quietSince: number | null = null;
  #open = 2;

  constructor(tasks: number) {
    this.#tasks = tasks;
  }

  /** From 0, nothing was started, to 1, everything has ended. */
  get share(): number {
    return (this.started + this.ended) / (2 * this.#tasks);
  }

  /** Told once by the load and once by the kills: from here on there is nothing new. */
  becomeQuiet(): void {
    this.#open -= 1;
    if (this.#open === 0) this.#quietSince = Date.now();
  }

  /** How long nothing new has come, milliseconds. */
  get quietMs(): number {
    return this.#quietSince === null ? 0 : Date.now() - this.#quietSince;
  }

  get secondsPassed(): number {
    return Math.round((Date.now() - this.#startedAt) / 1_000);
  }

  /** @returns what ends the printing */
  printNowAndThen(): () => void {
    const timer = setInterval(() => console.log(this.#line()), printEveryMs);
    return () => clearInterval(timer);
  }

  #line(): string {
    const running = this.started - this.ended;
    const time = `${String(this.secondsPassed).padStart(5)} s`;
    const started = `started ${this.started} of ${this.#tasks}`;
    return `${time}   ${started}, running ${running}, ended ${this.ended}, kills ${this.killedAt.length}`;
  }
}
