/**
 * How a route listens to a task's object: over a WebSocket that the object may sleep through (hibernation), so that a
 * thousand listeners cost it one message each when something changes, and nothing while nothing does. The object sends
 * text that is ready for the listener; the routes pass it on unread.
 */
import { z } from "zod";
import type { Visitor } from "../access/caller.ts";
import { type TaskStatus, taskStatusSchema } from "./status.ts";

export interface Subscription extends Visitor {
  /** What the listener has already; null when it has nothing and wants the task as it is. */
  readonly after: number | null;
}

/** Something a client sees of a task, and when: the number counts the changes from 1. */
export interface SeenChange {
  readonly revision: number;
  readonly status: TaskStatus;
  /** The task as a client sees it, in one line. */
  readonly json: string;
}

const subscriptionSchema = z.object({
  origin: z.string(),
  owner: z.string().nullable(),
  after: z.string().regex(/^\d+$/).transform(Number).nullable(),
});

/** The object is reached by its binding; the host is a formality. */
export function subscriptionRequest({ origin, owner, after }: Subscription): Request {
  const known = { origin, ...(owner !== null && { owner }), ...(after !== null && { after: String(after) }) };
  const query = new URLSearchParams(known);
  return new Request(`https://task.invalid/changes?${query}`, { headers: { Upgrade: "websocket" } });
}

/** @throws ZodError for a request of another form */
export function readSubscription(request: Request): Subscription {
  const { searchParams } = new URL(request.url);
  const [origin, owner, after] = ["origin", "owner", "after"].map((name) => searchParams.get(name));
  return subscriptionSchema.parse({ origin, owner, after });
}

export function encodeChange({ revision, status, json }: SeenChange): string {
  return `${revision} ${status}\n${json}`;
}

/** @throws ZodError for text of another form */
export function decodeChange(text: string): SeenChange {
  const [, revision, status, json] = /^(\d+) (\w+)\n(.*)$/s.exec(text) ?? [];
  return changeSchema.parse({ revision, status, json });
}

const changeSchema = z.object({ revision: z.coerce.number().int(), status: taskStatusSchema, json: z.string() });
