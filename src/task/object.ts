/**
 * The Durable Object of one task: a shell over pure steps.
 *
 * A request starts it once, with references that are already in R2; from then on its one alarm moves it. Each alarm loads
 * the stored truth, asks which actions are due (`actions`), saves that they begin, performs them side by side (`perform`)
 * and saves what follows from each as soon as it ends (`settle`). When nothing is due it sleeps until the next piece of
 * work, or its expiry (`wake`). A wake-up is only a hint: one that comes late, twice or after a crash reads the same
 * truth and does no harm. What was under way when a process died is found by its mark: free work runs again, a submit
 * that may have been paid for does not.
 *
 * After its end the task stays readable until it expires; then its files and its storage go.
 */
import { DurableObject } from "cloudflare:workers";
import { readSettings } from "../env.ts";
import type { FieldProblem } from "../errors.ts";
import { logEvent, logFailure } from "../log.ts";
import { deletePrefix, mediaPrefix } from "../storage/task-files.ts";
import { abandonedActions, type Action, dueActions, nextDueAt } from "./actions.ts";
import { performAction } from "./perform.ts";
import { presentTask } from "./present.ts";
import { approve, cancel, type Decided, lapsed, type PromptEdits } from "./review.ts";
import { begin, settle, settleAbandoned } from "./settle.ts";
import { newTaskState, type TaskStart, taskStartSchema, type TaskState, taskStateSchema } from "./state.ts";
import { hasEnded, type TaskStatus } from "./status.ts";
import type { TaskView } from "./view.ts";
import { nextWakeAt } from "./wake.ts";

export interface TaskDependencies {
  readonly fetch: typeof fetch;
}

/** The task as a client sees it, with the number of the save it was read from. */
export interface ViewedTask {
  readonly revision: number;
  readonly view: TaskView;
}

/** What became of a person's decision about the task. */
export type Reviewed =
  | { readonly kind: "done"; readonly viewed: ViewedTask }
  | { readonly kind: "wrong_state"; readonly status: TaskStatus }
  | { readonly kind: "refused"; readonly problems: FieldProblem[] };

const stateKey = "task";

/** After a failure nobody planned for, the alarm comes back this late, so that a bug does not spin. */
const pauseAfterFailureMs = 30_000;

/** How long a task whose stored row this version cannot read sleeps before it is looked at again. */
const pauseUnreadableMs = 3_600_000;

export class TaskObject extends DurableObject<Env> {
  readonly #dependencies: TaskDependencies;
  /** Ends the wait of an alarm that is under way, because the state was changed from outside. */
  #interrupt: () => void = () => {};

  constructor(
    context: DurableObjectState,
    env: Env,
    dependencies: TaskDependencies = { fetch: (input, init) => fetch(input, init) },
  ) {
    super(context, env);
    this.#dependencies = dependencies;
  }

  /** Starts the task. A second call changes nothing and gives the task as it is. */
  async start(start: TaskStart, origin: string): Promise<ViewedTask> {
    let state = this.#load();
    if (!state) {
      state = newTaskState(taskStartSchema.parse(start), Date.now());
      this.ctx.storage.kv.put(stateKey, state);
      await this.ctx.storage.setAlarm(Date.now());
      logEvent("task_started", { task_id: state.task_id, use_case: state.request.use_case, model: state.plan.model });
    }
    return { revision: state.revision, view: presentTask(state, origin) };
  }

  /** The task as it is now, or null when there is none. */
  view(origin: string): ViewedTask | null {
    const state = this.#load();
    return state && { revision: state.revision, view: presentTask(state, origin) };
  }

  /** Takes a person's word that the prompts may go out, as they are or edited; null when there is no task. */
  async approve(edits: PromptEdits, origin: string): Promise<Reviewed | null> {
    return await this.#decide("task_approved", (state) => approve(state, edits, Date.now()), origin);
  }

  /** Ends the task at its owner's wish; null when there is none. */
  async cancel(origin: string): Promise<Reviewed | null> {
    return await this.#decide("task_canceled", (state) => cancel(state, Date.now()), origin);
  }

  async #decide(event: string, decide: (state: TaskState) => Decided, origin: string): Promise<Reviewed | null> {
    const found = this.#load();
    if (!found) return null;
    const decided = decide(found);
    if (decided.kind === "wrong_state") return { kind: "wrong_state", status: found.status };
    if (decided.kind === "refused") return { kind: "refused", problems: [...decided.problems] };
    const state = this.#change(() => decided.state);
    this.#interrupt();
    await this.ctx.storage.setAlarm(nextWakeAt(state));
    logEvent(event, { task_id: state.task_id, status: state.status });
    return { kind: "done", viewed: { revision: state.revision, view: presentTask(state, origin) } };
  }

  override async alarm(): Promise<void> {
    let earliest = 0;
    try {
      await this.#move();
    } catch (error) {
      logFailure("alarm_failed", error);
      earliest = Date.now() + pauseAfterFailureMs;
    } finally {
      await this.#arm(earliest);
    }
  }

  /** Performs what is due until nothing is, and nothing is under way. */
  async #move(): Promise<void> {
    const found = this.#load();
    if (!found) return;
    if (hasEnded(found) && Date.now() >= found.expires_at) return await this.#expire(found);
    this.#change((state) => lapsed(state, Date.now()));
    for (const action of abandonedActions(found)) this.#change((state) => settleAbandoned(state, action, Date.now()));
    const underWay = new Set<Promise<void>>();
    try {
      for (;;) {
        for (const action of dueActions(this.#current(), Date.now())) {
          const work = this.#perform(action).finally(() => underWay.delete(work));
          underWay.add(work);
        }
        if (underWay.size === 0) return;
        const interrupted = new Promise<void>((resolve) => this.#interrupt = resolve);
        await firstOf([...underWay, interrupted], nextDueAt(this.#current()));
      }
    } finally {
      // Nothing may be left in the air: the next alarm would take it for the work of a process that died.
      await Promise.allSettled(underWay);
    }
  }

  async #perform(action: Action): Promise<void> {
    const startedAt = Date.now();
    const begun = this.#change((state) => begin(state, action, startedAt));
    const event = await performAction(action, begun, {
      settings: () => readSettings(this.env),
      bucket: this.env.BUCKET,
      media: this.env.MEDIA ?? null,
      fetch: this.#dependencies.fetch,
    });
    const after = this.#change((state) => settle(state, event, Date.now()));
    const { outcome } = event;
    logEvent(event.kind, {
      task_id: after.task_id,
      status: after.status,
      milliseconds: Date.now() - startedAt,
      ...(outcome.ok ? { ok: true } : { ok: false, fault: outcome.fault.kind, note: outcome.fault.note }),
      ...(after.error && { code: after.error.code, charged: after.error.charged }),
    });
  }

  async #expire(state: TaskState): Promise<void> {
    await deletePrefix(this.env.BUCKET, mediaPrefix(state.media_secret));
    await this.ctx.storage.deleteAll();
    logEvent("task_expired", { task_id: state.task_id });
  }

  /** A row that cannot be read must not end the alarms: after the next deployment it may be readable again. */
  async #arm(earliest: number): Promise<void> {
    let wakeAt = Date.now() + pauseUnreadableMs;
    try {
      const state = this.#load();
      if (!state) return;
      wakeAt = nextWakeAt(state);
    } catch (error) {
      logFailure("task_unreadable", error);
    }
    await this.ctx.storage.setAlarm(Math.max(wakeAt, earliest));
  }

  #current(): TaskState {
    const state = this.#load();
    if (!state) throw new Error("The task is gone.");
    return state;
  }

  #load(): TaskState | null {
    const stored = this.ctx.storage.kv.get(stateKey);
    return stored === undefined ? null : taskStateSchema.parse(stored);
  }

  /** Applies a pure step to the stored truth as it is now, and saves the result if it is another. */
  #change(step: (state: TaskState) => TaskState): TaskState {
    const before = this.#current();
    const after = step(before);
    if (after === before) return before;
    const saved = { ...after, revision: before.revision + 1, updated_at: Date.now() };
    this.ctx.storage.kv.put(stateKey, saved);
    return saved;
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
