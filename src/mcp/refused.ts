/** What the service refuses, as a tool tells it. */
import type { CallToolResult } from "@modelcontextprotocol/server";
import { z } from "zod";

/** A problem of the service (RFC 9457), and whatever else it says to programs. */
const problemSchema = z.looseObject({ code: z.string(), title: z.string(), detail: z.string() });

type Problem = z.infer<typeof problemSchema>;

/** The service answered with a problem. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/**
 * @param response one with a problem in it
 * @returns with `retry_after_seconds` where its header says so
 */
export async function problemOf(response: Response): Promise<Problem> {
  const problem = problemSchema.parse(await response.json());
  const retryAfter = response.headers.get("Retry-After");
  return { ...problem, ...(retryAfter !== null && { retry_after_seconds: Number(retryAfter) }) };
}

/**
 * In words, and as JSON for programs. Not as structured content: clients held an error's to the tool's output schema and
 * lost the error over it (typescript-sdk#1943).
 */
export function refusal({ type: _, ...problem }: Problem): CallToolResult {
  const wait = typeof problem["retry_after_seconds"] === "number"
    ? ` Try again in ${problem["retry_after_seconds"]} s.`
    : "";
  return {
    isError: true,
    content: [
      { type: "text", text: `${problem.title}. ${problem.detail}${wait}` },
      { type: "text", text: JSON.stringify(problem) },
    ],
  };
}
