/**
 * The review: prompts wait for a person, who edits and approves them. Pure. Nothing is paid to the video model before;
 * whoever does not answer in time has paid nothing either.
 */
import type { PromptEdits } from "./prompt-edits.ts";
import type { FieldProblem } from "../errors.ts";
import { promptProblem, tidied } from "../prompt/edited-prompt.ts";
import { failTask } from "./endings.ts";
import type { TaskState } from "./state.ts";

/** What a person decided, or why it cannot be done. */
export type Decided =
  | { readonly kind: "done"; readonly state: TaskState }
  | { readonly kind: "wrong_state" }
  | { readonly kind: "refused"; readonly problems: readonly FieldProblem[] };

/** The state with its prompts approved, on its way to the video model. */
export function approve(waiting: TaskState, edits: PromptEdits, now: number): Decided {
  const state = lapsed(waiting, now);
  if (state.status !== "awaiting_approval") return { kind: "wrong_state" };
  const problems = problemsOf(state, edits);
  if (problems.length > 0) return { kind: "refused", problems };
  const prompts = (edits.prompts ?? (edits.prompt === undefined ? [] : [edits.prompt])).map(tidied);
  const segments = state.segments.map((segment, index) => ({
    ...segment,
    prompt: prompts[index] ?? segment.prompt,
  }));
  return { kind: "done", state: { ...state, status: "generating", approve_by: null, segments } };
}

/** The state, ended if nobody approved in time. */
export function lapsed(state: TaskState, now: number): TaskState {
  if (state.approve_by === null || now < state.approve_by) return state;
  const message = "Nobody approved the prompt in time, so no video was made.";
  return failTask(state, { code: "deadline_exceeded", retryable: true, message }, now);
}

function problemsOf({ segments, plan }: TaskState, { prompt, prompts }: PromptEdits): FieldProblem[] {
  const expected = segments.length;
  if (prompt !== undefined && prompts !== undefined) return [invalid("prompt", "Send either prompt or prompts.")];
  if (prompt !== undefined && expected > 1) {
    return [invalid("prompt", `This video has ${expected} prompts. Send all of them as prompts.`)];
  }
  if (prompts !== undefined && prompts.length !== expected) {
    return [invalid("prompts", `Send ${expected} prompts, one for each segment; these are ${prompts.length}.`)];
  }
  const edited = prompts?.map((text, index) => ({ field: `prompts[${index}]`, text })) ??
    (prompt === undefined ? [] : [{ field: "prompt", text: prompt }]);
  return edited.flatMap(({ field, text }) => {
    const problem = promptProblem(tidied(text), plan.prompt_tokens_maximum);
    return problem === null ? [] : [invalid(field, problem)];
  });
}

function invalid(field: string, message: string): FieldProblem {
  return { field, code: "invalid_input", message };
}
