/** A problem of each code, as the service tells it. */
import { type FieldProblem, type RequestErrorCode, requestErrors } from "../../../src/errors.ts";
import type { Problem } from "../../../src/problem-view.ts";

function problem(code: RequestErrorCode, detail: string, more: Partial<Problem> = {}): Problem {
  return { type: `urn:veo31:problem:${code}`, ...requestErrors[code], detail, code, ...more };
}

function ofField(code: RequestErrorCode, field: string, message: string): Problem {
  const errors: FieldProblem[] = [{ field, code, message }];
  return problem(code, `${field}: ${message}`, { errors });
}

export const problemExamples: Readonly<Record<RequestErrorCode, Problem>> = {
  invalid_input: ofField("invalid_input", "duration_seconds", "Send a whole number from 5 to 60."),
  unsupported_media_type: problem("unsupported_media_type", "Send the files as multipart/form-data."),
  payload_too_large: problem("payload_too_large", "The request has more than 256000 bytes."),
  reference_unusable: ofField("reference_unusable", "reference_image2", "The picture is cut off."),
  reference_fetch_failed: ofField(
    "reference_fetch_failed",
    "reference_image_urls[0]",
    "The address was answered with 404.",
  ),
  reference_url_refused: ofField(
    "reference_url_refused",
    "reference_image_urls[0]",
    "Only addresses of the public internet are taken.",
  ),
  unauthorized: problem("unauthorized", "This service needs a key. Send it as Authorization: Bearer KEY."),
  cross_site_refused: problem(
    "cross_site_refused",
    "A page of another site cannot use a service that needs no key. Set API_KEYS, or name its origin in CORS_ORIGINS.",
  ),
  not_found: problem("not_found", "There is no such task. It may have expired or been deleted."),
  method_not_allowed: problem("method_not_allowed", "This address takes GET, HEAD."),
  range_not_satisfiable: problem("range_not_satisfiable", "The file has 5242880 bytes."),
  wrong_state: problem("wrong_state", "A task that is succeeded cannot be cancelled."),
  idempotency_conflict: ofField(
    "idempotency_conflict",
    "Idempotency-Key",
    "This Idempotency-Key came with another request before. For another video, send another key.",
  ),
  rate_limited: problem("rate_limited", "More than 100 requests came in 10 s. Wait, then go on."),
  budget_exceeded: problem(
    "budget_exceeded",
    "This video would cost up to $3.20, and $1.00 of the day's $10.00 is left. The next day's budget begins at " +
      "2026-11-24T00:00:00.000Z.",
    { budget: { daily_usd: 10, left_usd: 1, renews_at: "2026-11-24T00:00:00.000Z", needed_usd: 3.2 } },
  ),
  not_configured: problem("not_configured", "OPENAI_API_KEY is not set."),
  internal: problem("internal", "Something went wrong here. Try again."),
};
