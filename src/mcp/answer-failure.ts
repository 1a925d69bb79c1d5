/** The one place where what a tool throws becomes its answer. */
import type { CallToolResult } from "@modelcontextprotocol/server";
import { problemResponse } from "../answer-problem.ts";
import { ServiceError } from "../errors.ts";
import { logFailure } from "../log.ts";
import { problemOf, refusal, Refused } from "./refused.ts";

/** What nobody planned for is logged, and told without its details. */
export async function answerFailure(error: unknown, tool: string): Promise<CallToolResult> {
  if (error instanceof Refused) return refusal(error.problem);
  if (error instanceof ServiceError) return refusal(await problemOf(problemResponse(error)));
  logFailure("tool_failed", error, { tool });
  const told = new ServiceError("internal", "Something went wrong here. Try again.");
  return refusal(await problemOf(problemResponse(told)));
}
