/** Who listens to a task, seen from its object. The sockets outlive the object's sleep. */
import { z } from "zod";
import { logFailure } from "../log.ts";
import { presentTask } from "./present.ts";
import type { TaskState } from "./state.ts";
import { hasEnded } from "./status.ts";
import { encodeChange } from "./subscription.ts";

const originSchema = z.string();

/** WebSocket close code 1000: the purpose is fulfilled. */
const normalClosure = 1_000;

export class Listeners {
  readonly #context: DurableObjectState;

  constructor(context: DurableObjectState) {
    this.#context = context;
  }

  /**
   * Takes a listener in and tells it what it missed. Nothing can change in between, so it gets every later change once.
   *
   * @param missed in order
   */
  welcome(origin: string, missed: readonly TaskState[], isOver: boolean): Response {
    const { 0: client, 1: server } = new WebSocketPair();
    server.serializeAttachment(origin);
    this.#context.acceptWebSocket(server);
    for (const state of missed) server.send(messageOf(state, origin));
    if (isOver) server.close(normalClosure);
    return new Response(null, { status: 101, webSocket: client });
  }

  /** Tells all of them of a change, and says goodbye with the last one. */
  tell(state: TaskState): void {
    const messages = new Map<string, string>();
    this.#forEach((socket) => {
      const origin = originSchema.parse(socket.deserializeAttachment());
      const message = messages.get(origin) ?? messageOf(state, origin);
      messages.set(origin, message);
      socket.send(message);
    });
    if (hasEnded(state)) this.dismiss();
  }

  dismiss(): void {
    this.#forEach((socket) => socket.close(normalClosure));
  }

  /** A listener that cannot be reached must not stop the task; it connects again and is told what it missed. */
  #forEach(act: (socket: WebSocket) => void): void {
    for (const socket of this.#context.getWebSockets()) {
      if (socket.readyState !== WebSocket.OPEN) continue;
      try {
        act(socket);
      } catch (error) {
        logFailure("listener_lost", error, { task_id: this.#context.id.name });
      }
    }
  }
}

function messageOf(state: TaskState, origin: string): string {
  const { revision, status } = state;
  return encodeChange({ revision, status, json: JSON.stringify(presentTask(state, origin)) });
}
