/** What "not found" means where a clip was to be continued. */
import { failed, type Outcome } from "../upstream/outcome.ts";

/** Of the two that may be gone it is rather the clip: a successor of the model would not find it either. */
export function ofContinuation<Value>(outcome: Outcome<Value>): Outcome<Value> {
  if (outcome.ok || outcome.fault.kind !== "not_found") return outcome;
  return failed("invalid_request", "what it continues is gone, or the model is");
}
