/** The customers of a drill: one order after the other, some of them at a time, until as many as wished are started. */
import { setTimeout as pause } from "node:timers/promises";
import { follow, type FollowedTask, start } from "./customer.ts";
import type { Order } from "./orders.ts";
import type { Progress } from "./progress.ts";
import type { UnsteadyServer } from "./unsteady-server.ts";

/** So that the first tasks do not move in step. */
const firstApartMs = 150;
/** A task that waits for a quota or after a fault does hardly any work: it does not keep the next one from starting. */
const roomLimitMs = 20_000;

export interface LoadResult {
  readonly tasks: readonly FollowedTask[];
  /** Marks of the orders whose answer was lost. */
  readonly unanswered: readonly string[];
}

export interface LoadOptions {
  /** How many are to be started. */
  readonly tasks: number;
  /** How many at a time. */
  readonly parallel: number;
  readonly isOver: () => boolean;
}

/** Starts tasks and follows all of them to their ends. An order whose answer is lost is replaced by another. */
export async function runLoad(
  server: UnsteadyServer,
  nextOrder: () => Order,
  progress: Progress,
  { tasks: wished, parallel, isOver }: LoadOptions,
): Promise<LoadResult> {
  const tasks: FollowedTask[] = [];
  const unanswered: string[] = [];
  const following: Promise<void>[] = [];
  let missing = wished;
  const serve = async (_: unknown, index: number) => {
    await pause(index * firstApartMs);
    while (missing > 0) {
      missing -= 1;
      const order = nextOrder();
      const task = await start(server, order);
      if (task === null) {
        missing += 1;
        unanswered.push(order.mark);
        continue;
      }
      tasks.push(task);
      progress.started += 1;
      const followed = follow(server, task, isOver).finally(() => progress.ended += 1);
      following.push(followed);
      // It is waited for in the end; until then a failure of it is nobody's.
      followed.catch(() => {});
      await Promise.race([followed, pause(roomLimitMs)]);
    }
  };
  await Promise.all(Array.from({ length: parallel }, serve));
  progress.becomeQuiet();
  await Promise.all(following);
  return { tasks, unanswered };
}
