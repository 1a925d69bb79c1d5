/** All that comes, once nothing more does. */
import type { Task } from "../../../src/client/task.ts";

export async function gathered<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export async function statusesOf(tasks: AsyncIterable<Task>): Promise<string[]> {
  return (await gathered(tasks)).map(({ status }) => status);
}
