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
 * A request that is sent again finds the task it started (`find`, `idempotency-key`). Where a budget is set, what the task
 * may cost is set aside with its owner's ledger before it exists (`starter`), and settled after its end (`spending`). From
 * the first file that comes for a task until it has started, its alarm would remove what came (`expect`), so that a request
 * whose Worker dies in the middle leaves nothing.
 *
 * Whoever listens is told of each change a client can see (`listeners`).
 *
 * After its end the task stays readable until it expires or is deleted. Then it is forgotten at once, and what is left of
 * it elsewhere goes (`removal`); what its last work brings finds nothing to change.
 */
import { DurableObject } from "cloudflare:workers";
import type { Visitor } from "../access/caller.ts";
import { readSettings } from "../env.ts";
import { createTurns } from "../in-turn.ts";
import { consoleLog, logEvent, logFailure } from "../log.ts";
import type { ServiceDependencies } from "../service-dependencies.ts";
import { TaskAccount } from "./account.ts";
import type { Action } from "./actions.ts";
import { cancel } from "./cancel.ts";
import { Listeners } from "./listeners.ts";
import { logAction, logRemoved, logStatus, logWebhook } from "./log-task.ts";
import { Mover } from "./mover.ts";
import { keepTime } from "./past-times-store.ts";
import { performAction, type PerformDependencies } from "./perform.ts";
import { redeliver } from "./redeliver.ts";
import { TaskRemains } from "./remains.ts";
import type { Removable, Removal } from "./removal.ts";
import type { PromptEdits } from "./prompt-edits.ts";
import { approve, type Decided, lapsed } from "./review.ts";
import type { Event } from "./settle.ts";
import { TaskAlarm } from "./task-alarm.ts";
import { TaskStarter } from "./starter.ts";
import { type TaskStart, taskStartSchema, type TaskState } from "./state.ts";
import { hasEnded } from "./status.ts";
import { readSubscription } from "./subscription.ts";
import { TaskStore } from "./task-store.ts";
import { pauseAfterFailureMs } from "./timing.ts";
import { type Found, type Reviewed, type Started, viewed, type ViewedTask } from "./viewed-task.ts";
import { isExpired } from "./wake.ts";
import { WorkFetch } from "./work-fetch.ts";
import { isWanted } from "./worthless.ts";

type Step = (state: TaskState) => TaskState;

export class TaskObject extends DurableObject<Env> {
  readonly #store: TaskStore;
  readonly #listeners: Listeners;
  readonly #mover: Mover;
  readonly #account: TaskAccount;
  readonly #remains: TaskRemains;
  readonly #starter: TaskStarter;
  readonly #alarm: TaskAlarm;
  readonly #fetch: WorkFetch;
  readonly #inTurn = createTurns();

  constructor(
    context: DurableObjectState,
    env: Env,
    dependencies: ServiceDependencies = { fetch: (input, init) => fetch(input, init) },
  ) {
    super(context, env);
    this.#store = new TaskStore(context.storage);
    this.#remains = new TaskRemains(context.storage, () => this.#performDependencies(dependencies.fetch));
    this.#listeners = new Listeners(context);
    this.#fetch = new WorkFetch(dependencies.fetch);
    const truth = { load: () => this.#store.load(), change: (step: Step) => this.#change(step) };
    this.#account = new TaskAccount(env, () => readSettings(env), truth);
    const parts = {
      storage: context.storage,
      name: context.id.name,
      store: this.#store,
      account: this.#account,
      remains: this.#remains,
    };
    this.#starter = new TaskStarter(parts);
    this.#alarm = new TaskAlarm(parts, (task) => this.#forget(task, "expired"));
    this.#mover = new Mover(truth, (action, begun) => this.#perform(action, begun));
  }

  /** Files are about to be stored for a task that may never start with them. They go in an hour, unless it has. */
  async expect(mediaSecret: string): Promise<void> {
    await this.#remains.expect(mediaSecret);
  }

  /** The task will not start with these files, and they may be deleted. @returns false when it has */
  async forsake(mediaSecret: string): Promise<boolean> {
    if (this.#store.identity()?.media_secret === mediaSecret) return false;
    await this.#remains.forsake(mediaSecret);
    return true;
  }

  /** What a request finds here that was perhaps sent before; see `idempotency-key`. */
  find(fingerprint: string | null, visitor: Visitor): Found {
    const state = this.#presentTo(visitor);
    if (!state) return { kind: this.#store.isEmpty() && !this.#remains.isOver() ? "nothing" : "removed" };
    return state.fingerprint === fingerprint
      ? { kind: "same", viewed: viewed(state, visitor.origin) }
      : { kind: "conflict" };
  }

  /** Starts the task, if its owner's budget covers it. A second call changes nothing and gives the task as it is. */
  async start(unread: TaskStart, origin: string): Promise<Started> {
    const outcome = await this.#starter.start(taskStartSchema.parse(unread));
    if (outcome.kind !== "started") return outcome;
    return { kind: "started", viewed: viewed(outcome.state, origin), is_new: outcome.is_new };
  }

  /** The task as it is now, or null when there is none that is the visitor's. */
  view(visitor: Visitor): ViewedTask | null {
    const state = this.#presentTo(visitor);
    return state && viewed(state, visitor.origin);
  }

  /** A listener, over a WebSocket: see `subscription`. */
  override fetch(request: Request): Response {
    const { after, ...visitor } = readSubscription(request);
    const state = this.#presentTo(visitor);
    if (!state) return new Response(null, { status: 404 });
    const missed = after === null ? null : this.#store.changesAfter(after);
    return this.#listeners.welcome(visitor.origin, missed ?? [state], hasEnded(state));
  }

  /** Takes a person's word that the prompts may go out, as they are or edited; null when there is no task. */
  async approve(edits: PromptEdits, visitor: Visitor): Promise<Reviewed | null> {
    const approved = (state: TaskState) => approve(state, edits, Date.now());
    const state = this.#presentTo(visitor);
    const renewed = state && approved(state).kind === "done" ? await this.#account.renew(state) : null;
    if (renewed?.kind === "refused") return { ...renewed, kind: "over_budget" };
    const reviewed = await this.#decide("approved_by_owner", approved, visitor);
    // What was set aside meanwhile for a task that ended is to be settled.
    if (renewed?.value && reviewed?.kind !== "done") await this.#alarm.set();
    return reviewed;
  }

  /** Ends the task at its owner's wish, as soon as that can be done without losing what is paid for; null when there is none. */
  async cancel(visitor: Visitor): Promise<Reviewed | null> {
    return await this.#decide("canceled_by_owner", (state) => cancel(state, Date.now()), visitor);
  }

  /** Has the webhook sent again, by the whole schedule, unless it is being sent now; null when there is no task. */
  async redeliver(visitor: Visitor): Promise<Reviewed | null> {
    return await this.#decide("redelivered_by_owner", (state) => redeliver(state, Date.now()), visitor);
  }

  /** Forgets the task, also one that cannot be read, and removes its files. @returns false when there is none */
  async remove({ owner }: Visitor): Promise<boolean> {
    const task = this.#store.identity();
    if (!task || task.owner !== owner) return false;
    this.#forget(task, "deleted");
    await this.#remains.sweep(task);
    return true;
  }

  override async alarm(): Promise<void> {
    let earliest = 0;
    // A task that cannot be read keeps nobody's files.
    for (const work of [() => this.#move(), () => this.#remains.remove()]) {
      try {
        await work();
      } catch (error) {
        logFailure("alarm_failed", error, { task_id: this.ctx.id.name });
        earliest = Date.now() + pauseAfterFailureMs;
      }
    }
    await this.#alarm.set(earliest);
  }

  async #decide(event: string, decide: (state: TaskState) => Decided, visitor: Visitor): Promise<Reviewed | null> {
    const found = this.#presentTo(visitor);
    if (!found) return null;
    const decided = decide(found);
    if (decided.kind === "wrong_state") return { kind: "wrong_state", status: found.status };
    if (decided.kind === "refused") return { kind: "refused", problems: [...decided.problems] };
    const state = this.#change(() => decided.state) ?? decided.state;
    if (hasEnded(state)) this.#fetch.taskEnded();
    this.#mover.interrupt();
    await this.#alarm.set();
    logEvent(event, { task_id: state.task_id });
    return { kind: "done", viewed: viewed(state, visitor.origin) };
  }

  async #move(): Promise<void> {
    const found = this.#store.load();
    if (found && isExpired(found, Date.now())) return this.#forget(found, "expired");
    this.#change((state) => lapsed(state, Date.now()));
    await this.#mover.move();
  }

  async #perform(action: Action, begun: TaskState): Promise<Event> {
    const startedAt = Date.now();
    const event = await performAction(action, begun, this.#performDependencies(this.#fetch.of(action, begun)));
    this.#remains.note(event);
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
      isWanted: () => isWanted(this.#store.load()),
      log: consoleLog,
      account: this.#account,
    };
  }

  /** From here on there is no task; the remains are what is left. */
  #forget(task: Removable, reason: Removal["reason"]): void {
    this.ctx.storage.transactionSync(() => {
      this.#store.forget();
      this.#remains.inherit(task, reason);
    });
    this.#fetch.taskForgotten();
    this.#mover.interrupt();
    this.#listeners.dismiss();
    logRemoved(task, reason);
  }

  /** The task, while a client may see it, and only its owner. */
  #presentTo({ owner }: Visitor): TaskState | null {
    const state = this.#change((found) => lapsed(found, Date.now()));
    return state && state.owner === owner && !isExpired(state, Date.now()) ? state : null;
  }

  #change(step: Step): TaskState | null {
    const changed = this.#store.change(step, Date.now());
    if (!changed) return null;
    const { before, state, isVisible } = changed;
    if (isVisible) this.#listeners.tell(state);
    logWebhook(before, state);
    if (state.status === before.status) return state;
    logStatus(state);
    // Nobody waits for it; an object that dies meanwhile loses one of many times.
    if (state.status === "succeeded") this.ctx.waitUntil(keepTime(this.env.BUCKET, state));
    return state;
  }
}
