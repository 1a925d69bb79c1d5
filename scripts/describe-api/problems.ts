/** Answers to requests that fail: for each status the codes that come with it, and an example of each. */
import type { oas31 } from "zod-openapi";
import { type RequestErrorCode, requestErrors } from "../../src/errors.ts";
import { problemExamples } from "./examples/problems.ts";
import { type HeaderName, withHeaders } from "./headers.ts";

/** Headers that come with a problem of each status. */
const headersByStatus: Readonly<Record<number, Readonly<Record<string, HeaderName>>>> = {
  401: { "WWW-Authenticate": "Challenge" },
  402: { "Retry-After": "RetryAfter" },
  405: { Allow: "Allow" },
  415: { "Accept-Encoding": "AcceptEncoding" },
  416: { "Content-Range": "ContentRangeUnsatisfied" },
  429: { "Retry-After": "RetryAfterAlways" },
};

/** @returns by status, the answers of all these codes */
export function problems(...codes: readonly RequestErrorCode[]): Record<string, oas31.ResponseObject> {
  const statuses = [...new Set(codes.map((code) => requestErrors[code].status))];
  return Object.fromEntries(statuses.map((status) => {
    return [String(status), problemOf(status, codes.filter((code) => requestErrors[code].status === status))];
  }));
}

function problemOf(status: number, codes: readonly RequestErrorCode[]): oas31.ResponseObject {
  return {
    description: codes.map((code) => `\`${code}\`: ${requestErrors[code].title}.`).join("\n\n"),
    headers: withHeaders({ "Cache-Control": "CacheControl", ...headersByStatus[status] }),
    content: {
      "application/problem+json": {
        schema: {
          allOf: [
            { $ref: "#/components/schemas/Problem" },
            {
              type: "object",
              properties: { status: { const: status }, code: { type: "string", enum: [...codes] } },
            },
          ],
        },
        examples: Object.fromEntries(codes.map((code) => [code, { value: problemExamples[code] }])),
      },
    },
  };
}

/** What any route may answer: its other methods, a failure, an unusable setting; and too many requests at once. */
const anywhere = ["method_not_allowed", "rate_limited", "internal", "not_configured"] as const;

/** The same answers of many routes stand in the document once. */
const shared = {
  Unauthorized: ["unauthorized"],
  CrossSiteRefused: ["cross_site_refused"],
  NotFound: ["not_found"],
  MethodNotAllowed: ["method_not_allowed"],
  RateLimited: ["rate_limited"],
  Internal: ["internal"],
  NotConfigured: ["not_configured"],
} as const satisfies Record<string, readonly RequestErrorCode[]>;

export const sharedResponses: Record<string, oas31.ResponseObject> = Object.fromEntries(
  Object.entries(shared).flatMap(([name, codes]) =>
    Object.values(problems(...codes)).map((response) => [name, response])
  ),
);

type SharedCode = (typeof shared)[keyof typeof shared][number];

function sharedProblems(...codes: readonly SharedCode[]): Record<string, oas31.ReferenceObject> {
  return Object.fromEntries(
    Object.entries(shared).flatMap(([name, [code]]) => {
      return codes.includes(code)
        ? [[String(requestErrors[code].status), { $ref: `#/components/responses/${name}` }]]
        : [];
    }),
  );
}

/** For what is open to all. */
export const openProblems = sharedProblems(...anywhere);
/** For what is read with a key. */
export const readProblems = sharedProblems("unauthorized", ...anywhere);
/** For what changes something. */
export const writeProblems = sharedProblems("unauthorized", "cross_site_refused", ...anywhere);
export const notFound = sharedProblems("not_found");
