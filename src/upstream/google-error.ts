/** What the body of a failed answer of a Google API says beyond its status (google.rpc.Status). */
import { z } from "zod";
import type { ErrorHint } from "./read-fault.ts";

const errorSchema = z.object({
  error: z.object({
    details: z.array(z.looseObject({
      reason: z.unknown().optional(),
      retryDelay: z.unknown().optional(),
      violations: z.array(z.looseObject({ quotaId: z.unknown().optional() })).catch([]),
    })).catch([]),
  }),
});

/** Google's gateways sometimes wrap the error in an array. */
const bodySchema = z.union([errorSchema, z.tuple([errorSchema]).rest(z.unknown()).transform(([first]) => first)]);

/** A quota for the day: `GenerateRequestsPerDayPerProjectPerModel-FreeTier` and its like. */
const dailyQuota = "PerDay";

/** protobuf's Duration in JSON: "34s", "1.5s". */
const duration = /^(\d+(?:\.\d+)?)s$/;

const overloadSchema = z.object({
  error: z.union([z.object({ code: z.literal(503) }), z.object({ status: z.literal("UNAVAILABLE") })]),
});

/** Whether the body of a 503 is the API's own word (google.rpc UNAVAILABLE), not that of a proxy on the way to it. */
export function isGoogleOverload(body: unknown): boolean {
  return overloadSchema.safeParse(body).success;
}

/** As a number of the older APIs; as a word of the Interactions API. */
const notFoundCodes = [404, "not_found", "model_not_found"] as const;

const notFoundSchema = z.object({
  error: z.union([z.object({ code: z.literal(notFoundCodes) }), z.object({ status: z.literal("NOT_FOUND") })]),
});
const notFoundAnswerSchema = z.union([notFoundSchema, z.tuple([notFoundSchema]).rest(z.unknown())]);

/** Whether the body of a 404 is the API's own word (google.rpc NOT_FOUND), not a gateway's page for a missing path. */
export function isGoogleNotFound(body: unknown): boolean {
  return notFoundAnswerSchema.safeParse(body).success;
}

/** @param body the answer's parsed JSON; undefined when it was none */
export function googleHint(status: number, body: unknown): ErrorHint {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return {};
  const { details } = parsed.data.error;
  const seconds = details.map(({ retryDelay }) => duration.exec(String(retryDelay))?.[1]).find((match) => match);
  const retryAfterMs = seconds ? Math.ceil(Number(seconds) * 1_000) : undefined;
  // A wrong key is a 400 here.
  if (details.some(({ reason }) => reason === "API_KEY_INVALID")) return { kind: "unauthorized", retryAfterMs };
  const quotas = details.flatMap(({ violations }) => violations.map(({ quotaId }) => String(quotaId)));
  if (status === 429 && quotas.some((id) => id.includes(dailyQuota))) return { kind: "quota_exhausted", retryAfterMs };
  return { retryAfterMs };
}
