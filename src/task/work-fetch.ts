/** The `fetch` that each piece of a task's work gets: its requests end when nobody needs their answers any more. */
import type { Fetch } from "../upstream/fetch.ts";
import type { Action } from "./actions.ts";
import type { TaskState } from "./state.ts";
import { isWorthless } from "./worthless.ts";

export class WorkFetch {
  readonly #fetch: Fetch;
  /** Of work for a video that will not be. */
  #worthless = new AbortController();
  /** Of telling somebody of a task that is no more. */
  #tellings = new AbortController();

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  /** @param begun the task as it was when the work began */
  of(action: Action, begun: TaskState): Fetch {
    if (action.kind === "deliver_webhook") return this.#until(this.#tellings.signal);
    return isWorthless(action, begun) ? this.#until(this.#worthless.signal) : this.#fetch;
  }

  /** What is under way and worthless stops; what begins later is not concerned. */
  taskEnded(): void {
    this.#worthless.abort();
    this.#worthless = new AbortController();
  }

  taskForgotten(): void {
    this.taskEnded();
    this.#tellings.abort();
    this.#tellings = new AbortController();
  }

  #until(end: AbortSignal): Fetch {
    return (input, init) => {
      return this.#fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([end, init.signal]) : end });
    };
  }
}
