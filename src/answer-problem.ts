/** The one place where a failure becomes an answer: `application/problem+json`, RFC 9457. */
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { requestErrors, ServiceError } from "./errors.ts";
import { logFailure } from "./log.ts";

/** Hono's error boundary. What is not a {@link ServiceError} is logged, and told without its details. */
export function answerProblem(error: Error, context: Context): Response {
  if (error instanceof ServiceError) return problemResponse(error);
  if (error instanceof HTTPException && error.status < 500) {
    return problemResponse(new ServiceError("invalid_input", "The request could not be read.", { cause: error }));
  }
  logFailure("request_failed", error, { method: context.req.method, route: context.req.path.split("/")[2] ?? "" });
  return problemResponse(new ServiceError("internal", "Something went wrong here. Try again."));
}

export function answerNotFound(): Response {
  return problemResponse(new ServiceError("not_found", "There is nothing at this address."));
}

/** The answer of an error: status, `type`, `title`, `detail`, `code`, and `errors` where fields are at fault. */
export function problemResponse(error: ServiceError): Response {
  const { status, title } = requestErrors[error.code];
  const body = {
    type: `urn:veo31:problem:${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    ...error.members,
    ...(error.problems.length > 0 && { errors: error.problems }),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/problem+json", "Cache-Control": "no-store", ...error.headers },
  });
}
