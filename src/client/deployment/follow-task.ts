/**
 * Follows a task until it is settled: by its server-sent events, which go on after the last one that was heard when a
 * connection breaks, and by asking for its status where events do not come through (a proxy holds them back, or takes them
 * for something else). Each state is told once, in order.
 */
import { ConnectionError } from "../errors.ts";
import { isSettled, type Task } from "../task.ts";
import type { Connection } from "./connection.ts";
import { hearEvents } from "./hear-events.ts";
import { Outage } from "./outage.ts";
import { readAnswer } from "./read-answer.ts";
import type { Time } from "./time.ts";
import { isTask } from "./views.ts";

/** Connections in a row that may bring no event before the status is asked for instead. */
const barrenMaximum = 2;

/** Before events are asked for again after a connection ended: what the service tells browsers. */
const reconnectPauseMs = 2_000;

/** Between two looks at the status, when the deployment does not say: about as often as something changes. */
const lookPauseMs = 2_000;
/** A deployment that asks for more than that means no program that follows. */
const lookPauseMaximumMs = 60_000;
/** How long the answer to a look may take. */
const lookLimitMs = 30_000;

/** @throws ConnectionError after an outage, with the task's id; RequestRefusedError; the signal's reason */
export async function* followTask(
  connection: Connection,
  taskId: string,
  signal: AbortSignal,
  time: Time,
): AsyncGenerator<Task, void> {
  yield* new Following(connection, taskId, signal, time).states();
}

class Following {
  readonly #connection: Connection;
  readonly #path: string;
  readonly #signal: AbortSignal;
  readonly #time: Time;
  readonly #outage: Outage;
  /** The number of the last state that was told, as events and tags have it; empty before the first. */
  #seen = "";
  #isSettled = false;
  /** Connections for events, in a row, that brought none. */
  #barren = 0;

  constructor(connection: Connection, taskId: string, signal: AbortSignal, time: Time) {
    this.#connection = connection;
    this.#path = `/veo31/status/${encodeURIComponent(taskId)}`;
    this.#signal = signal;
    this.#time = time;
    this.#outage = new Outage(taskId, signal, time);
  }

  async *states(): AsyncGenerator<Task, void> {
    while (!this.#isSettled) {
      this.#signal.throwIfAborted();
      const isListening = this.#barren < barrenMaximum;
      try {
        yield* isListening ? this.#listen() : this.#look();
      } catch (error) {
        // In an outage nothing comes, which says nothing about events: they leave no state out, looks may.
        if (!isListening) this.#barren = 0;
        await this.#outage.sitOut(error);
      }
    }
  }

  async *#listen(): AsyncGenerator<Task, void> {
    this.#barren++;
    const heard = await hearEvents(this.#connection, `${this.#path}/events`, this.#seen, this.#signal, this.#time);
    if (!heard) this.#barren = barrenMaximum;
    for await (const { id, json } of heard ?? []) {
      this.#barren = 0;
      yield* this.#news(id, taskIn(json));
      if (this.#isSettled) return;
    }
    if (heard) await this.#time.pause(reconnectPauseMs, this.#signal);
  }

  async *#look(): AsyncGenerator<Task, void> {
    const headers = { Accept: "application/json", ...this.#seen !== "" && { "If-None-Match": `"${this.#seen}"` } };
    const response = await this.#connection.send(this.#path, { headers }, this.#signal, lookLimitMs);
    if (response.status === 304) this.#outage.end();
    else {
      const task = await readAnswer(response, isTask);
      yield* this.#news(tagOf(response.headers) ?? task.updated_at, task);
    }
    if (!this.#isSettled) await this.#time.pause(pauseAfter(response.headers), this.#signal);
  }

  /** Tells a state, unless it was told already. */
  async *#news(id: string, task: Task): AsyncGenerator<Task, void> {
    this.#outage.end();
    if (!isLater(id, this.#seen)) return;
    this.#seen = id;
    this.#isSettled = isSettled(task);
    yield task;
  }
}

/** @throws ConnectionError */
function taskIn(json: string): Task {
  const task = parsed(json);
  if (isTask(task)) return task;
  throw new ConnectionError("An event is not one of this service.");
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Numbers count the changes; anything else only tells whether it is another. */
function isLater(id: string, seen: string): boolean {
  const areNumbers = /^\d+$/.test(id) && /^\d+$/.test(seen);
  return areNumbers ? Number(id) > Number(seen) : id !== seen;
}

/** The same number as the event's `id`. Who compresses an answer on the way makes its tag a weak one. */
function tagOf(headers: Headers): string | null {
  const [, tag] = /^(?:W\/)?"(.*)"$/.exec(headers.get("ETag") ?? "") ?? [];
  return tag ?? null;
}

function pauseAfter(headers: Headers): number {
  const seconds = Number(headers.get("Retry-After"));
  return seconds > 0 ? Math.min(seconds * 1_000, lookPauseMaximumMs) : lookPauseMs;
}
