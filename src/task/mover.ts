/** Performs a task's due work until none is due and none is under way: what happens within one alarm. */
import { abandonedActions, type Action, dueActions, nextDueAt } from "./actions.ts";
import { logAction } from "./log-task.ts";
import { abandonedEvent, begin, type Event, settle } from "./settle.ts";
import type { TaskState } from "./state.ts";
import { alarmBudgetMs } from "./timing.ts";

/** The stored truth. Both give null once there is no task any more. */
export interface Truth {
  load(): TaskState | null;
  /** Applies a pure step to the truth as it is now, and saves what is new. */
  change(step: (state: TaskState) => TaskState): TaskState | null;
}

export class Mover {
  readonly #truth: Truth;
  readonly #perform: (action: Action, begun: TaskState) => Promise<Event>;
  #interrupt: () => void = () => {};

  /** @param perform does not throw: what goes wrong is part of the event */
  constructor(truth: Truth, perform: (action: Action, begun: TaskState) => Promise<Event>) {
    this.#truth = truth;
    this.#perform = perform;
  }

  /** Lets a {@link move} that waits look at the truth at once, because it was changed from outside. */
  interrupt(): void {
    this.#interrupt();
  }

  /** Takes up what a process left behind that died, then does what is due. Not to be called while it runs. */
  async move(): Promise<void> {
    for (const action of abandonedActions(this.#truth.load())) this.#takeUp(action);
    const closesAt = Date.now() + alarmBudgetMs;
    const underWay = new Set<Promise<void>>();
    try {
      for (;;) {
        const isOpen = Date.now() < closesAt;
        for (const action of isOpen ? this.#due() : []) {
          const work = this.#do(action).finally(() => underWay.delete(work));
          underWay.add(work);
        }
        if (underWay.size === 0) return;
        const interrupted = new Promise<void>((resolve) => this.#interrupt = resolve);
        await firstOf([...underWay, interrupted], isOpen ? nextDueAt(this.#truth.load()) : Infinity);
      }
    } finally {
      // Nothing may be left in the air: the next alarm would take it for the work of a process that died.
      await Promise.allSettled(underWay);
    }
  }

  #takeUp(action: Action): void {
    const event = abandonedEvent(action);
    const state = this.#truth.change((found) => settle(found, event, Date.now()));
    if (state) logAction(state.task_id, event, null);
  }

  #due(): Action[] {
    const state = this.#truth.load();
    return state ? dueActions(state, Date.now()) : [];
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
