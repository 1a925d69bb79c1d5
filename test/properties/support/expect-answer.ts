/** What is true of the answer to any generated request, said by the contract alone and not by how the service works. */
import { expect } from "vitest";
import type { Answer, SentRequest } from "./sent-request.ts";

/** What the generator knows of its request. */
export interface Expected {
  /** One of these is right. */
  readonly statuses: readonly number[];
  /** Fields that must be named, whatever else is wrong. */
  readonly fields?: readonly string[];
}

export interface Generated extends SentRequest {
  readonly expected: Expected;
}

/** The vocabulary of the contract, with what HTTP itself asks for. */
const statusOfCode: Readonly<Record<string, number>> = {
  invalid_input: 422,
  unsupported_media_type: 415,
  payload_too_large: 413,
  reference_unusable: 422,
  reference_fetch_failed: 422,
  reference_url_refused: 422,
  unauthorized: 401,
  cross_site_refused: 403,
  not_found: 404,
  method_not_allowed: 405,
  wrong_state: 409,
  range_not_satisfiable: 416,
  idempotency_conflict: 422,
  rate_limited: 429,
  budget_exceeded: 402,
};

/** Settings of the sandbox, addresses of upstreams, and how programs speak of themselves. */
const internals = new RegExp(
  [
    "sandbox\\.invalid|sandbox-(openai|gemini)-key|sandbox-key-1|PRIVATE KEY|BEGIN |googleapis|api\\.openai",
    "node_modules|\\.[jt]s:\\d+|\\n\\s+at |(Type|Syntax|Range|Reference|Zod|Multipart|Service)Error|\\[object ",
    "Unexpected (token|end|non)|in JSON at|Durable|workerd|hono/",
  ].join("|"),
);

/** Longer names come back cut; brackets name a place in a list. */
const fieldNameMaximum = 120;
/** Every field of a body is named at most once; more of them are refused at once. */
const problemsMaximum = 64;
const bytesMaximum = 64_000;

export function expectAnswer({ method, expected }: Generated, answer: Answer): void {
  const text = new TextDecoder().decode(answer.bytes);
  expect(expected.statuses, `${answer.status} ${text.slice(0, 500)}`).toContain(answer.status);
  expectNoInternals(answer, text);
  if (answer.status < 400 || method === "HEAD" || isUnmetCondition(answer)) return;
  const problem = problemIn(answer, text);
  expect(problem.status).toBe(answer.status);
  expect(statusOfCode[problem.code], problem.code).toBe(answer.status);
  expectFields(problem, expected.fields ?? []);
}

/** A condition of the client's own that does not hold says it all: RFC 9110, section 15.5.13, asks for no body. */
function isUnmetCondition({ status, bytes }: Answer): boolean {
  return status === 412 && bytes.length === 0;
}

interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors?: { readonly field: string; readonly code: string; readonly message: string }[];
}

function problemIn({ headers, bytes }: Answer, text: string): Problem {
  expect(headers.get("Content-Type")).toBe("application/problem+json");
  expect(bytes.length).toBeLessThan(bytesMaximum);
  const problem: Problem = JSON.parse(text);
  for (const sentence of [problem.type, problem.title, problem.detail]) expect(sentence.length).toBeGreaterThan(0);
  return problem;
}

function expectFields({ errors = [] }: Problem, wanted: readonly string[]): void {
  expect(errors.length).toBeLessThanOrEqual(problemsMaximum);
  for (const { field, code, message } of errors) {
    expect(field.length, "the length of a field's name").toBeLessThanOrEqual(fieldNameMaximum);
    expect(statusOfCode).toHaveProperty(code);
    expect(message).toMatch(/[.!]$/);
  }
  const named = errors.map(({ field }) => field);
  for (const field of wanted) expect(named).toContain(field);
}

/** Names of fields are the client's own words, which may be anything. */
function expectNoInternals({ headers }: Answer, text: string): void {
  for (const [name, value] of headers) expect(`${name}: ${value}`).not.toMatch(internals);
  expect(text).not.toMatch(internals);
}
