/** Gemini Omni Flash, played: cancelling an interaction, and deleting one. */
import { accept, answerCall, refuse } from "./answer-call.ts";
import { interactionError, unknownInteraction } from "./omni-errors.ts";
import { findInteraction, presentInteraction } from "./omni-read.ts";
import type { Sandbox } from "./sandbox.ts";

/** `POST /interactions/{id}/cancel` */
export function cancelInteraction(sandbox: Sandbox, id: string): Promise<Response> {
  const operation = findInteraction(sandbox, id);
  return answerCall(sandbox, callOn("cancel", id, operation), () => {
    if (!operation) return refuse(unknownInteraction());
    const { model } = operation;
    const now = sandbox.now();
    if (operation.done_at <= now) return refuse(interactionError("The interaction has ended and cannot be cancelled."));
    sandbox.operations.cancel(id, now);
    return accept(Response.json(presentInteraction({ id, model, status: "cancelled" })));
  });
}

/** `DELETE /interactions/{id}` */
export function deleteInteraction(sandbox: Sandbox, id: string): Promise<Response> {
  const operation = findInteraction(sandbox, id);
  return answerCall(sandbox, callOn("forget", id, operation), () => {
    if (!operation) return refuse(unknownInteraction());
    sandbox.operations.forget(id, sandbox.now());
    return accept(Response.json({}));
  });
}

function callOn(name: "cancel" | "forget", id: string, operation: ReturnType<typeof findInteraction>) {
  return {
    ...{ wire: "google", name, detail: { operation: id } } as const,
    model: operation?.model ?? null,
    prompt: operation?.prompt,
  };
}
