/** One JSON request of an adapter, ended by its time limit, its answer read by a schema. */
import type { z } from "zod";
import type { Fetch } from "../upstream/fetch.ts";
import { parseLongJson } from "../upstream/long-strings.ts";
import { failed, type Outcome, succeeded } from "../upstream/outcome.ts";
import { answerFault, paidAnswerFault, thrownFault } from "../upstream/read-fault.ts";

export interface JsonRequest {
  readonly fetch: Fetch;
  readonly url: string;
  readonly init: RequestInit;
  readonly timeoutMs: number;
  /** Whether an accepted request costs money, so that "failed" and "nobody knows" must be told apart. */
  readonly isPaid?: boolean;
  /** Whether the answer may hold a whole video: its long strings are replaced then (`long-strings.ts`). */
  readonly mayBeLong?: boolean;
}

/**
 * @returns the parsed answer; the fault `malformed` when a success is not of the schema's shape
 */
export async function requestJson<Schema extends z.ZodType>(
  schema: Schema,
  { fetch, url, init, timeoutMs, isPaid = false, mayBeLong = false }: JsonRequest,
): Promise<Outcome<z.infer<Schema>>> {
  try {
    // The key in the headers would go along to wherever a redirect leads, so none is followed.
    const response = await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) return await (isPaid ? paidAnswerFault : answerFault)(response);
    const answer = mayBeLong && response.body ? await parseLongJson(response.body) : await response.json();
    const parsed = schema.safeParse(answer);
    return parsed.success ? succeeded(parsed.data) : failed("malformed", "the answer is not of the documented shape");
  } catch (error) {
    return thrownFault(error);
  }
}
