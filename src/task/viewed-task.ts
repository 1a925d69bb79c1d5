/** A task as its object hands it to a route. */
import type { Balance } from "../budget/entries.ts";
import type { FieldProblem } from "../errors.ts";
import { presentTask } from "./present.ts";
import type { TaskState } from "./state.ts";
import type { TaskStatus } from "./status.ts";
import type { TaskView } from "./view.ts";

/** The task as a client sees it, with the number of the change it was read after. */
export interface ViewedTask {
  readonly revision: number;
  /** Another one after every change, also after the end. */
  readonly etag: string;
  readonly view: TaskView;
}

/** What became of the wish to start a task. */
export type Started =
  | { readonly kind: "started"; readonly viewed: ViewedTask; readonly is_new: boolean }
  /** Another request started the task of this name. */
  | { readonly kind: "conflict" }
  | OverBudget;

/** What a request for a video finds under its task's name. */
export type Found =
  | { readonly kind: "nothing" }
  | { readonly kind: "same"; readonly viewed: ViewedTask }
  | { readonly kind: "conflict" }
  | { readonly kind: "removed" };

/** What became of a person's decision about the task. */
export type Reviewed =
  | { readonly kind: "done"; readonly viewed: ViewedTask }
  | { readonly kind: "wrong_state"; readonly status: TaskStatus }
  | { readonly kind: "refused"; readonly problems: FieldProblem[] }
  | OverBudget;

/** The day's budget of the task's owner does not cover it. */
export interface OverBudget {
  readonly kind: "over_budget";
  readonly balance: Balance;
  readonly needed_micro_usd: number;
}

/** @param origin the origin the client used, for the links */
export function viewed(state: TaskState, origin: string): ViewedTask {
  return { revision: state.revision, etag: etagOf(state), view: presentTask(state, origin) };
}

function etagOf({ revision, webhook }: TaskState): string {
  return webhook && webhook.changes > 0 ? `"${revision}.${webhook.changes}"` : `"${revision}"`;
}
