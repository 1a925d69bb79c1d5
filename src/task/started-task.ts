/** A task in its first moment. Pure. */
import { failed } from "../upstream/outcome.ts";
import { clipName } from "./clip-endings.ts";
import { endingOf, failTask } from "./endings.ts";
import { newTaskState, type Spending, type TaskStart, type TaskState } from "./state.ts";
import { withArrival } from "./timeline.ts";

/** A model that is known to be retired is not worth an analysis: such a task ends before anything is asked or paid. */
export function startedTask(start: TaskStart, spending: Spending | null, now: number): TaskState {
  const state = { ...newTaskState(start, now), spending };
  if (!start.is_model_retired) return state;
  const { fault } = failed("not_found", "known before it was asked");
  return withArrival(state, failTask(state, endingOf(fault, clipName(state.plan)), now), now);
}
