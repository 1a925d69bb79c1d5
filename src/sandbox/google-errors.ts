/** Errors in the words and the shape of Google's APIs. */
import type { FaultName } from "./calls.ts";

const httpStatus = {
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  RESOURCE_EXHAUSTED: 429,
  INTERNAL: 500,
  UNIMPLEMENTED: 501,
  UNAVAILABLE: 503,
} as const;

export type GoogleStatus = keyof typeof httpStatus;

export function googleError(status: GoogleStatus, message: string, details?: readonly object[]): Response {
  const code = httpStatus[status];
  return Response.json({ error: { code, message, status, ...(details && { details }) } }, { status: code });
}

/** A refusal that was asked for by the fault script, or undefined when the fault is not one. */
export function googleRefusal(fault: FaultName | undefined, model: string | null): Response | undefined {
  switch (fault) {
    case "status_400":
      return googleError("INVALID_ARGUMENT", "Request contains an invalid argument.");
    case "status_401":
      return googleError("UNAUTHENTICATED", "Request had invalid authentication credentials.");
    case "status_403":
      return googleError("PERMISSION_DENIED", "The caller does not have permission");
    case "status_404":
      return googleError("NOT_FOUND", "Requested entity was not found.");
    case "status_404_retired":
      return retiredModel(model ?? "unknown");
    case "status_429":
      return quotaExceeded("GenerateRequestsPerMinutePerProjectPerModel", null);
    case "status_429_retry_after":
      return quotaExceeded("GenerateRequestsPerMinutePerProjectPerModel", "2s");
    case "status_429_quota":
      return quotaExceeded("GenerateRequestsPerDayPerProjectPerModel", null);
    case "status_500":
      return googleError("INTERNAL", "An internal error has occurred. Please retry.");
    case "status_503":
      return googleError("UNAVAILABLE", "The model is overloaded. Please try again later.");
    default:
      return undefined;
  }
}

export function retiredModel(model: string): Response {
  return googleError("NOT_FOUND", `This model models/${model} is no longer available. Please update your code.`);
}

/** What the API says of a file that it has but has not looked through yet. */
export function inactiveFile(id: string): Response {
  return googleError("FAILED_PRECONDITION", `The File ${id} is not in an ACTIVE state and usage is not allowed.`);
}

/** What the API says to a call without a key. */
export function missingGoogleKey(): Response {
  return googleError(
    "PERMISSION_DENIED",
    "Method doesn't allow unregistered callers (callers without established identity). " +
      "Please use API Key or other form of API consumer identity to call this API.",
  );
}

/** As many clips are being made as may be at once. */
export function tooManyClips(): Response {
  return quotaExceeded("ConcurrentPredictLongRunningRequestsPerProjectPerModel", "3s");
}

function quotaExceeded(quotaId: string, retryDelay: string | null): Response {
  const violation = { "@type": "type.googleapis.com/google.rpc.QuotaFailure", violations: [{ quotaId }] };
  const retry = { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay };
  const message = "You exceeded your current quota, please check your plan and billing details.";
  return googleError("RESOURCE_EXHAUSTED", message, retryDelay === null ? [violation] : [violation, retry]);
}
