/** What the customers of a drill ask for: a seeded mix of everything a task can be. Pure. */
import { oneOf, type Random, randomFrom, wholeNumber } from "./random.ts";

/** What a customer does about a running task. */
export interface Wish {
  readonly kind: "cancel" | "delete";
  /** How long after the task was started, milliseconds. */
  readonly afterMs: number;
}

export interface Order {
  /** Stands in every prompt of the task, so that each clip can be told whose it is. */
  readonly mark: string;
  /** The fields of the form. */
  readonly fields: Readonly<Record<string, string>>;
  /** How many reference pictures, 1 to 3. */
  readonly pictures: number;
  /** Whether a reference video comes along. */
  readonly video: boolean;
  readonly wish: Wish | null;
}

/** Longer than a task takes when nothing goes wrong, so that ended ones are cancelled and deleted, too. */
const wishAfterMaximumMs = 12_000;

/** @returns what gives one order after the other, without end */
export function ordersFrom(seed: number): () => Order {
  const random = randomFrom(seed, "orders");
  let count = 0;
  return () => drawOrder(random, markOf(count += 1));
}

/** A mark in a prompt, or null. */
export function findMark(prompt: string): string | null {
  return /drill-\d{4}/.exec(prompt)?.[0] ?? null;
}

function markOf(position: number): string {
  return `drill-${String(position).padStart(4, "0")}`;
}

function drawOrder(random: Random, mark: string): Order {
  const length = oneOf(random, [["one clip", 14], ["shots", 4], ["single_take", 2]]);
  return {
    mark,
    fields: {
      // Words in quotation marks reach every prompt letter by letter.
      additional_prompt: `With the words "${mark}" on a card.`,
      quality: oneOf(random, [["high", 2], ["standard", 3]]),
      aspect_ratio: oneOf(random, [["16:9", 5], ["9:16", 3], ["1:1", 2]]),
      use_case: oneOf(random, [["product_video", 2], ["gemstone_closeup", 1], ["general", 1]]),
      duration_seconds: String(length === "one clip" ? oneOf(random, [[8, 4], [6, 1]]) : wholeNumber(random, 10, 24)),
      structure: length === "single_take" ? "single_take" : "shots",
      review: oneOf(random, [["false", 9], ["true", 1]]),
    },
    pictures: oneOf(random, [[1, 6], [2, 2], [3, 1]]),
    video: oneOf(random, [[false, 9], [true, 1]]),
    wish: drawWish(random),
  };
}

function drawWish(random: Random): Wish | null {
  const kind = oneOf(random, [[null, 20], ["cancel" as const, 2], ["delete" as const, 2]]);
  const afterMs = wholeNumber(random, 0, wishAfterMaximumMs);
  return kind && { kind, afterMs };
}
