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
 * Whoever listens is told of each change a client can see (`listeners`).
 *
 * After its end the task stays readable until it expires or is deleted. Then it is forgotten at once, and what is left of
 * it elsewhere goes (`removal`); what its last work brings finds nothing to change.
 */
import { DurableObject } from "cloudflare:workers";
import { readSettings } from "../env.ts";
import { createTurns } from "../in-turn.ts";
import { logEvent, logFailure } from "../log.ts";
import { deletePrefix, mediaPrefix } from "../storage/task-files.ts";
import { AbandonableFetch } from "./abandonable-fetch.ts";
import type { Action } from "./actions.ts";
import { cancel } from "./cancel.ts";
import { chargedOf } from "./cost.ts";
import { Listeners } from "./listeners.ts";
import { logAction, logStatus } from "./log-task.ts";
import { Mover } from "./mover.ts";
import { keepTime } from "./past-times-store.ts";
import { performAction, type PerformDependencies } from "./perform.ts";
import { newRemoval, performRemoval, type Removable, type Removal, removalPauseMs } from "./removal.ts";
import { RemovalStore } from "./removal-store.ts";
import { approve, type Decided, lapsed, type PromptEdits } from "./review.ts";
import type { Event } from "./settle.ts";
import { startedTask } from "./started-task.ts";
import { type TaskStart, taskStartSchema, type TaskState } from "./state.ts";
import { hasEnded } from "./status.ts";
import { readSubscription } from "./subscription.ts";
import { TaskStore } from "./task-store.ts";
import { graceUnreadableMs, pauseAfterFailureMs, pauseBeforeSweepMs, pauseUnreadableMs } from "./timing.ts";
import { type Reviewed, viewed, type ViewedTask } from "./viewed-task.ts";
import { isExpired, nextWakeAt } from "./wake.ts";
import { isWorthless } from "./worthless.ts";

export interface TaskDependencies {
  readonly fetch: typeof fetch;
}

type Step = (state: TaskState) => TaskState;

export class TaskObject extends DurableObject<Env> {
  readonly #dependencies: TaskDependencies;
  readonly #store: TaskStore;
  readonly #listeners: Listeners;
  readonly #mover: Mover;
  readonly #removals: RemovalStore;
  readonly #abandonable: AbandonableFetch;
  readonly #inTurn = createTurns();

  constructor(
    context: DurableObjectState,
    env: Env,
    dependencies: TaskDependencies = { fetch: (input, init) => fetch(input, init) },
  ) {
    super(context, env);
    this.#dependencies = dependencies;
    this.#store = new TaskStore(context.storage);
    this.#removals = new RemovalStore(context.storage);
    this.#listeners = new Listeners(context);
    this.#abandonable = new AbandonableFetch(dependencies.fetch);
    const truth = { load: () => this.#store.load(), change: (step: Step) => this.#change(step) };
    this.#mover = new Mover(truth, (action, begun) => this.#perform(action, begun));
  }

  /** Starts the task. A second call changes nothing and gives the task as it is. */
  async start(start: TaskStart, origin: string): Promise<ViewedTask> {
    const found = this.#store.load();
    if (found) return viewed(found, origin);
    const state = startedTask(taskStartSchema.parse(start), Date.now());
    this.#store.create(state);
    await this.ctx.storage.setAlarm(Date.now());
    logEvent("task_started", { task_id: state.task_id, use_case: state.request.use_case, model: state.plan.model });
    return viewed(state, origin);
  }

  /** The task as it is now, or null when there is none. */
  view(origin: string): ViewedTask | null {
    const state = this.#present();
    return state && viewed(state, origin);
  }

  /** A listener, over a WebSocket: see `subscription`. */
  override fetch(request: Request): Response {
    const { origin, after } = readSubscription(request);
    const state = this.#present();
    if (!state) return new Response(null, { status: 404 });
    const missed = after === null ? null : this.#store.changesAfter(after);
    return this.#listeners.welcome(origin, missed ?? [state], hasEnded(state));
  }

  /** Takes a person's word that the prompts may go out, as they are or edited; null when there is no task. */
  async approve(edits: PromptEdits, origin: string): Promise<Reviewed | null> {
    return await this.#decide("approved_by_owner", (state) => approve(state, edits, Date.now()), origin);
  }

  /** Ends the task at its owner's wish, as soon as that can be done without losing what is paid for; null when there is none. */
  async cancel(origin: string): Promise<Reviewed | null> {
    return await this.#decide("canceled_by_owner", (state) => cancel(state, Date.now()), origin);
  }

  /** Forgets the task, also one that cannot be read, and removes its files. @returns false when there is none */
  async remove(): Promise<boolean> {
    const task = this.#store.identity();
    if (!task) return false;
    this.#forget(task, "deleted");
    await this.ctx.storage.setAlarm(Date.now() + pauseBeforeSweepMs);
    try {
      await deletePrefix(this.env.BUCKET, mediaPrefix(task.media_secret));
    } catch (error) {
      // The alarm deletes them again in any case, because work that is under way may still write one.
      logFailure("files_not_deleted", error, { task_id: task.task_id });
    }
    return true;
  }

  override async alarm(): Promise<void> {
    let earliest = 0;
    try {
      await this.#move();
      await this.#removeRest();
    } catch (error) {
      logFailure("alarm_failed", error, { task_id: this.ctx.id.name });
      earliest = Date.now() + pauseAfterFailureMs;
    } finally {
      await this.#arm(earliest);
    }
  }

  async #decide(event: string, decide: (state: TaskState) => Decided, origin: string): Promise<Reviewed | null> {
    const found = this.#present();
    if (!found) return null;
    const decided = decide(found);
    if (decided.kind === "wrong_state") return { kind: "wrong_state", status: found.status };
    if (decided.kind === "refused") return { kind: "refused", problems: [...decided.problems] };
    const state = this.#change(() => decided.state) ?? decided.state;
    if (hasEnded(state)) this.#abandonable.abandon();
    this.#mover.interrupt();
    await this.ctx.storage.setAlarm(nextWakeAt(state));
    logEvent(event, { task_id: state.task_id });
    return { kind: "done", viewed: viewed(state, origin) };
  }

  async #move(): Promise<void> {
    const found = this.#store.load();
    if (found && isExpired(found, Date.now())) return this.#forget(found, "expired");
    this.#change((state) => lapsed(state, Date.now()));
    await this.#mover.move();
  }

  async #perform(action: Action, begun: TaskState): Promise<Event> {
    const startedAt = Date.now();
    const { fetch } = isWorthless(action, begun) ? this.#abandonable : this.#dependencies;
    const event = await performAction(action, begun, this.#performDependencies(fetch));
    // Of a task that was forgotten meanwhile, these are all that is known of it.
    if (event.kind === "video_uploaded" && event.outcome.ok) this.#removals.addFile(event.outcome.value);
    if (event.kind === "clip_submitted" && event.outcome.ok) this.#removals.addCopy(event.outcome.value);
    logAction(begun.task_id, event, Date.now() - startedAt);
    return event;
  }

  #performDependencies(fetch: typeof globalThis.fetch): PerformDependencies {
    const { env } = this;
    return {
      settings: () => readSettings(env),
      bucket: env.BUCKET,
      media: env.MEDIA ?? null,
      fetch,
      inTurn: this.#inTurn,
      isWanted: () => this.#isWanted(),
    };
  }

  #isWanted(): boolean {
    const state = this.#store.load();
    return state !== null && state.ending === null && !hasEnded(state);
  }

  /** From here on there is no task; {@link #removeRest} does what is left. */
  #forget(task: Removable, reason: Removal["reason"]): void {
    this.ctx.storage.transactionSync(() => {
      this.#store.forget();
      this.#removals.save(newRemoval(task, reason));
    });
    this.#abandonable.abandon();
    this.#mover.interrupt();
    this.#listeners.dismiss();
    logEvent(`task_${reason}`, { task_id: task.task_id, charged: chargedOf(task.segments) });
  }

  async #removeRest(): Promise<void> {
    const removal = this.#removals.countTry();
    if (!removal || !await performRemoval(removal, this.#performDependencies(this.#dependencies.fetch))) return;
    await this.ctx.storage.deleteAll();
    logEvent("task_removed", { task_id: removal.task_id });
  }

  /** A row that cannot be read must not end the alarms: after the next deployment it may be readable again. */
  async #arm(earliest: number): Promise<void> {
    let wakeAt = Date.now() + pauseUnreadableMs;
    try {
      const state = this.#store.load();
      if (state) wakeAt = nextWakeAt(state);
      else {
        const removal = this.#removals.load();
        if (!removal) return;
        wakeAt = Date.now() + removalPauseMs(removal);
      }
    } catch (error) {
      logFailure("task_unreadable", error, { task_id: this.ctx.id.name });
      const task = this.#store.identity();
      if (task && Date.now() >= task.expires_at + graceUnreadableMs) this.#forget(task, "expired");
    }
    await this.ctx.storage.setAlarm(Math.max(wakeAt, earliest));
  }

  /** The task, while a client may see it. */
  #present(): TaskState | null {
    const state = this.#change((found) => lapsed(found, Date.now()));
    return state && isExpired(state, Date.now()) ? null : state;
  }

  #change(step: Step): TaskState | null {
    const changed = this.#store.change(step, Date.now());
    if (!changed) return null;
    const { before, state, isVisible } = changed;
    if (isVisible) this.#listeners.tell(state);
    if (state.status !== before.status) this.#arrived(state);
    return state;
  }

  #arrived(state: TaskState): void {
    logStatus(state);
    // Nobody waits for it; an object that dies meanwhile loses one of many times.
    if (state.status === "succeeded") this.ctx.waitUntil(keepTime(this.env.BUCKET, state));
  }
}
