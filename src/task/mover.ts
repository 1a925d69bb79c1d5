/** Performs a task's due work until none is due and none is under way: what happens within one alarm. */
import { abandonedWork, type Action, dueActions, nextDueAfter, type Work } from "./actions.ts";
import { consoleLog, type Log } from "../log.ts";
import { logAction } from "./log-task.ts";
import { abandonedEvent, begin, type Event, settle, settleAbandoned } from "./settle.ts";
import type { TaskState } from "./state.ts";
import { alarmLimitMs, longestWorkMs } from "./timing.ts";

/** The stored truth. Both give null once there is no task any more. */
export interface Truth {
  load(): TaskState | null;
  /** Applies a pure step to the truth as it is now, and saves what is new. */
  change(step: (state: TaskState) => TaskState): TaskState | null;
}

export class Mover {
  readonly #truth: Truth;
  readonly #perform: (action: Action, begun: TaskState) => Promise<Event>;
  readonly #log: Log;
  #interrupt: () => void = () => {};
  #isResting = false;

  /** @param perform does not throw: what goes wrong is part of the event */
  constructor(truth: Truth, perform: (action: Action, begun: TaskState) => Promise<Event>, log: Log = consoleLog) {
    this.#truth = truth;
    this.#perform = perform;
    this.#log = log;
  }

  /** Lets a {@link move} that waits look at the truth at once, because it was changed from outside. */
  interrupt(): void {
    this.#interrupt();
  }

  /** Begins nothing more; a {@link move} ends with what is under way. */
  rest(): void {
    this.#isResting = true;
    this.#interrupt();
  }

  /** Takes up what a process left behind that died, then does what is due. Not to be called while it runs. */
  async move(): Promise<void> {
    const startedAt = Date.now();
    for (const work of abandonedWork(this.#truth.load())) this.#takeUp(work);
    const underWay = new Set<Promise<void>>();
    try {
      for (;;) {
        for (const action of this.#due(startedAt)) {
          const work = this.#do(action).finally(() => underWay.delete(work));
          underWay.add(work);
        }
        if (underWay.size === 0) return;
        const interrupted = new Promise<void>((resolve) => this.#interrupt = resolve);
        await firstOf([...underWay, interrupted], nextDueAfter(this.#truth.load(), Date.now()));
      }
    } finally {
      // Nothing may be left in the air: the next alarm would take it for the work of a process that died.
      await Promise.allSettled(underWay);
    }
  }

  #takeUp(work: Work): void {
    const state = this.#truth.change((found) => settleAbandoned(found, work, Date.now()));
    if (state) logAction(state.task_id, abandonedEvent(work.action), null, this.#log);
  }

  /** What is due and can be over before this alarm is. */
  #due(alarmStartedAt: number): Action[] {
    const state = this.#isResting ? null : this.#truth.load();
    const now = Date.now();
    return state
      ? dueActions(state, now).filter(({ kind }) => now + longestWorkMs[kind] <= alarmStartedAt + alarmLimitMs)
      : [];
  }

  async #do(action: Action): Promise<void> {
    const begun = this.#truth.change((state) => begin(state, action, Date.now()));
    if (!begun) return;
    const event = await this.#perform(action, begun);
    this.#truth.change((state) => settle(state, event, Date.now()));
  }
}

/** Resolves when one of the works ends, or when the time has come; rejects when a work does. */
async function firstOf(works: Iterable<Promise<void>>, dueAt: number): Promise<void> {
  if (dueAt === Infinity) return await Promise.race(works);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const due = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, dueAt - Date.now()));
  });
  try {
    await Promise.race([...works, due]);
  } finally {
    clearTimeout(timer);
  }
}
