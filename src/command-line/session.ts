/** What one call works with, once it is clear who makes videos. */
import type { Veo31VideoGenerator } from "../client/index.ts";
import type { ChosenWay } from "./choose-way.ts";
import type { Manner, Saving } from "./command.ts";
import type { EndingName } from "./exit-codes.ts";
import type { Surroundings } from "./surroundings.ts";

/** What a command comes to. */
export interface Outcome {
  readonly ending: EndingName;
  /** Of `--json`. */
  readonly json: unknown;
  /** Of stdout, without `--json`; each a line. */
  readonly lines: readonly string[];
  /** Of stderr, after the lines: what can be done next. */
  readonly hints?: readonly string[];
  /** Of stderr, also with `--quiet`. */
  readonly complaints?: readonly string[];
}

/** Longer than an answer takes. */
const patienceMilliseconds = 4_000;

/** Nobody wonders about a pause that is this short. */
const unnoticedMilliseconds = 300;

/** An order for a clip is answered by then, also with large pictures. */
const restMilliseconds = 60_000;

export class Session {
  readonly way: ChosenWay;
  readonly generator: Veo31VideoGenerator;
  readonly surroundings: Surroundings;
  readonly manner: Manner;
  /** The key of an order that was sent, so that a task may exist of which nothing is known. */
  orderedWith: string | null = null;
  /** The task that a failure or an interruption leaves behind, and where its video was wanted. */
  followed: { readonly taskId: string; readonly saving: Saving | null } | null = null;

  constructor(way: ChosenWay, surroundings: Surroundings, manner: Manner) {
    this.way = way;
    this.surroundings = surroundings;
    this.manner = manner;
    this.generator = surroundings.createGenerator(way.options);
  }

  /** Tells the person, and never a program. */
  say(...lines: readonly string[]): void {
    if (this.manner.quiet) return;
    for (const line of lines) void this.surroundings.stderr.write(`${line}\n`);
  }

  /** Somebody who waits must not wonder whether anything happens. */
  async patiently<Answer>(answer: Promise<Answer>): Promise<Answer> {
    const { way, surroundings: { after } } = this;
    let isThere = false;
    const whom = way.kind === "deployment" ? String(way.options.baseUrl) : "the upstreams";
    void after(patienceMilliseconds).then(() => isThere || this.say(`No answer yet from ${whom}; still trying.`));
    try {
      return await answer;
    } finally {
      isThere = true;
    }
  }

  /** After an interruption: what this process makes comes to where it can stand still, unless that takes too long. */
  async rest(): Promise<void> {
    const { after } = this.surroundings;
    let isAtRest = false;
    const atRest = () => {
      isAtRest = true;
    };
    // What cannot be noted any more is found by its mark, as after a crash.
    const resting = this.generator.rest().then(atRest, atRest);
    await Promise.race([resting, after(unnoticedMilliseconds)]);
    if (isAtRest) return;
    this.say("Waiting for the answers that are on their way. Ctrl-C again ends at once.");
    await Promise.race([resting, after(restMilliseconds)]);
  }

  /** @returns whether it is agreed to; where nobody can be asked, it is */
  async agrees(question: string): Promise<boolean> {
    const { canAsk, ask } = this.surroundings;
    return !canAsk || /^y(es)?$/i.test((await ask(`${question} [y/N] `)).trim());
  }
}
