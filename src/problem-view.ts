/** What went wrong with a request, as a client reads it: `application/problem+json`, RFC 9457. */
import { z } from "zod";
import { budgetViewSchema } from "./budget/budget-view.ts";
import { type RequestErrorCode, requestErrors } from "./errors.ts";

const codes = Object.keys(requestErrors).filter((code): code is RequestErrorCode => code in requestErrors);

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.enum(codes),
  /** The fields at fault, where fields are. */
  errors: z.array(z.object({ field: z.string(), code: z.enum(codes), message: z.string() })).optional(),
  /** With `budget_exceeded`. */
  budget: budgetViewSchema.extend({ needed_usd: z.number() }).optional(),
});

export type Problem = z.infer<typeof problemSchema>;
