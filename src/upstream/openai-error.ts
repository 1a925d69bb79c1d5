/** What OpenAI's error codes say beyond the status, in the body of a failed answer and in a failed response. */
import { z } from "zod";
import type { FaultKind } from "./outcome.ts";
import type { ErrorHint } from "./read-fault.ts";

const bodySchema = z.object({ error: z.object({ code: z.unknown().optional(), type: z.unknown().optional() }) });

const kindByCode: Readonly<Record<string, FaultKind>> = {
  insufficient_quota: "quota_exhausted",
  billing_hard_limit_reached: "quota_exhausted",
  billing_not_active: "quota_exhausted",
  rate_limit_exceeded: "rate_limited",
  slow_down: "rate_limited",
  server_error: "unavailable",
  model_not_found: "not_found",
  invalid_api_key: "unauthorized",
  // Both are answers of the policy filter.
  invalid_prompt: "refused",
  image_content_policy_violation: "refused",
};

/** The kind of fault an error code stands for; undefined when the status has to tell. */
export function openaiFaultKind(code: unknown): FaultKind | undefined {
  return typeof code === "string" && Object.hasOwn(kindByCode, code) ? kindByCode[code] : undefined;
}

/** @param body the answer's parsed JSON; undefined when it was none */
export function openaiHint(body: unknown): ErrorHint {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return {};
  const { code, type } = parsed.data.error;
  return { kind: openaiFaultKind(code) ?? openaiFaultKind(type) };
}
