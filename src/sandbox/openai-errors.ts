/** Errors in the words and the shape of OpenAI's API. */
import type { FaultName } from "./calls.ts";

interface ErrorBody {
  readonly message: string;
  readonly type: string;
  readonly code: string | null;
  readonly param?: string | null;
}

export function openaiError(status: number, body: ErrorBody, headers: Record<string, string> = {}): Response {
  const { message, type, param = null, code } = body;
  return Response.json({ error: { message, type, param, code } }, { status, headers });
}

/** A 400 about one parameter, for example `input[0].content[1].image_url`. */
export function invalidParameter(param: string | null, code: string | null, message: string): Response {
  return openaiError(400, { message, type: "invalid_request_error", param, code });
}

/** A refusal that was asked for by the fault script, or undefined when the fault is not one. */
export function openaiRefusal(fault: FaultName | undefined, model: string | null): Response | undefined {
  switch (fault) {
    case "status_400":
      return invalidParameter("input", "invalid_value", "Invalid value for 'input'.");
    case "status_401":
      return openaiError(401, {
        message: "Incorrect API key provided: sandbox-******-key. You can find your API key at " +
          "https://platform.openai.com/account/api-keys.",
        type: "invalid_request_error",
        code: "invalid_api_key",
      });
    case "status_403":
      return openaiError(403, {
        message: "Country, region, or territory not supported",
        type: "request_forbidden",
        code: "unsupported_country_region_territory",
      });
    case "status_404":
      return openaiError(404, { message: "Not found.", type: "invalid_request_error", code: null });
    case "status_404_retired":
      return retiredModel(model ?? "unknown");
    case "status_429":
      return rateLimited({});
    case "status_429_retry_after":
      return rateLimited({ "retry-after": "2", "retry-after-ms": "2000" });
    case "status_429_quota":
      return openaiError(429, {
        message: "You exceeded your current quota, please check your plan and billing details.",
        type: "insufficient_quota",
        code: "insufficient_quota",
      });
    case "status_500":
      return openaiError(500, {
        message:
          "The server had an error while processing your request. Sorry about that! (Please include the request " +
          "ID req_sandbox0123456789abcdef in your email.)",
        type: "server_error",
        code: null,
      });
    case "status_503":
      return openaiError(503, {
        message: "The engine is currently overloaded, please try again later.",
        type: "server_error",
        code: null,
      });
    default:
      return undefined;
  }
}

export function retiredModel(model: string): Response {
  const message = `The model \`${model}\` has been deprecated or does not exist, or you do not have access to it.`;
  return openaiError(404, { message, type: "invalid_request_error", code: "model_not_found", param: "model" });
}

/** What the API says to a call without a key. */
export function missingOpenaiKey(): Response {
  return openaiError(401, {
    message:
      "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer " +
      "auth (i.e. Authorization: Bearer YOUR_KEY).",
    type: "invalid_request_error",
    code: null,
  });
}

function rateLimited(headers: Record<string, string>): Response {
  return openaiError(429, {
    message: "Rate limit reached for requests.",
    type: "requests",
    code: "rate_limit_exceeded",
  }, { "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "2s", ...headers });
}
