/** Stopping clips in the making, where their provider can do that. Pure. */
import { providerRows } from "../veo/providers.ts";
import { canceled } from "./endings.ts";
import { newJob, type TaskState } from "./state.ts";

/** Whether clips of this task may be stopped: their owner gave them up, and the provider knows how. */
export function mayBeStopped({ plan, ending }: TaskState): boolean {
  return ending?.code === canceled.code && providerRows[plan.provider].canCancel;
}

/** The state in which the provider is asked to stop each clip in the making. */
export function withClipsStopped(state: TaskState, now: number): TaskState {
  if (!mayBeStopped(state)) return state;
  const segments = state.segments.map((segment) => {
    const isInTheMaking = segment.operation !== null && segment.clip_file === null && segment.status !== "failed";
    return isInTheMaking ? { ...segment, cancel: newJob(now) } : segment;
  });
  return { ...state, segments };
}
