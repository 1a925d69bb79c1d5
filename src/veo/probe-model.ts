/** Whether one of Google's APIs still has a model. */
import { z } from "zod";
import type { Fetch } from "../upstream/fetch.ts";
import { isGoogleNotFound } from "../upstream/google-error.ts";
import { failed, type Outcome, succeeded } from "../upstream/outcome.ts";
import { answerFault, thrownFault } from "../upstream/read-fault.ts";

export interface ModelProbe {
  readonly fetch: Fetch;
  readonly model: string;
  /** The model's own address, which a GET describes. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const answerTimeoutMs = 20_000;

const modelSchema = z.object({ name: z.string() });

const notFound = 404;

/**
 * @returns the fault `not_found` only for the API's own 404 that names the model, as all of Google's do ("models/… is not
 * found", "Publisher Model … was not found", "Model '…' is no longer available"): that there is nothing at this address
 * says nothing of the model
 */
export async function probeModel({ fetch, model, url, headers }: ModelProbe): Promise<Outcome<null>> {
  try {
    const signal = AbortSignal.timeout(answerTimeoutMs);
    const response = await fetch(url, { headers, redirect: "manual", signal });
    if (!response.ok && response.status !== notFound) return certainly(await answerFault(response));
    const answer: unknown = await response.json();
    if (response.ok && modelSchema.safeParse(answer).success) return succeeded(null);
    const isNamed = JSON.stringify(answer).includes(model);
    if (!response.ok && isNamed && isGoogleNotFound(answer)) return failed("not_found", "no such model");
    return failed("malformed", `answered with status ${response.status}, but not as the API does`);
  } catch (error) {
    return thrownFault(error);
  }
}

/** What is told otherwise than by 404, for example by 410, is not the API's word. */
function certainly(answered: ReturnType<typeof failed>): Outcome<null> {
  return answered.fault.kind === "not_found" ? failed("malformed", answered.fault.note) : answered;
}
