/** When a task came into each of its statuses. Pure. */
import type { Arrival, TaskState } from "./state.ts";

/**
 * A step's result with the status that it brought, if it brought one, in the timeline. The same status can come again:
 * prompts are written anew for a model's successor.
 *
 * @param now milliseconds since 1970
 */
export function withArrival(before: TaskState, after: TaskState, now: number): TaskState {
  if (after.status === before.status) return after;
  return { ...after, timeline: [...after.timeline, { status: after.status, at: now }] };
}

type Told = Pick<TaskState, "created_at" | "updated_at" | "status" | "timeline">;

/**
 * The whole way, from `queued` to where it is. Of a task that began under a version without timelines, what lies between
 * is missing, and its present status is dated by its last change.
 */
export function arrivalsOf({ created_at, updated_at, status, timeline }: Told): Arrival[] {
  const arrivals: Arrival[] = [{ status: "queued", at: created_at }, ...timeline];
  return arrivals.at(-1)?.status === status ? arrivals : [...arrivals, { status, at: updated_at }];
}
