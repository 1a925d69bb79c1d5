/**
 * The owner gives the task up. Pure. Nothing new is asked for from then on. Veo knows no cancelling, so a clip that is in the
 * making is waited for and kept, and only then it is known what was paid; where a provider can stop it, it is asked to.
 */
import { providerRows } from "../veo/providers.ts";
import { withClipsStopped } from "./cancel-clips.ts";
import { canceled } from "./endings.ts";
import { endedWhenSafe } from "./lost-clips.ts";
import { type Decided, lapsed } from "./review.ts";
import type { TaskState } from "./state.ts";
import { hasEnded } from "./status.ts";
import { cancelingWarning } from "./warnings.ts";

/** The state on its way to its end, or there. To wish it twice changes nothing. */
export function cancel(running: TaskState, now: number): Decided {
  const state = lapsed(running, now);
  if (state.status === "canceled" || (state.ending && !hasEnded(state))) return { kind: "done", state };
  if (hasEnded(state)) return { kind: "wrong_state" };
  const ended = endedWhenSafe({ ...state, approve_by: null, ending: canceled }, now);
  if (hasEnded(ended)) return { kind: "done", state: ended };
  const warnings = [...ended.warnings, cancelingWarning(providerRows[state.plan.provider].canCancel)];
  return { kind: "done", state: withClipsStopped({ ...ended, warnings }, now) };
}

/** Whether cancelling would change anything. */
export function isCancellable(state: TaskState): boolean {
  return !hasEnded(state) && state.ending === null;
}
