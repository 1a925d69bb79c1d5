/** What a deployment says, read at the border: its views, and its problems (RFC 9457). */
import { z } from "zod";
import { requestErrors } from "../../errors.ts";
import { retryAfterMs } from "../../upstream/retry-after.ts";
import { ConnectionError, type RequestErrorCode, RequestRefusedError } from "../errors.ts";
import { inArguments } from "../argument-names.ts";

/**
 * @param isExpected whether the JSON is what was asked for
 * @throws RequestRefusedError with the deployment's own problem; ConnectionError for what is not its own answer
 */
export async function readAnswer<View>(
  response: Response,
  isExpected: (body: unknown) => body is View,
): Promise<View> {
  if (!response.ok) throw await failureOf(response);
  const body = await readJson(response);
  if (isExpected(body)) return body;
  const { status } = response;
  throw new ConnectionError(`The answer with the status ${status} is not one of this service, or broke off.`, {
    status,
  });
}

/** An answer that is not the one wished for, as an error. */
export async function failureOf(response: Response): Promise<RequestRefusedError | ConnectionError> {
  const { status, headers } = response;
  const problem = problemSchema.safeParse(await readJson(response)).data;
  if (!problem) return new ConnectionError(`The answer has the status ${status} and does not say why.`, { status });
  const { code, detail, title, errors } = problem;
  const retryAfter = retryAfterMs(headers, Date.now());
  return new RequestRefusedError(code ?? codeOf(status), inArguments(errors) || (detail ?? title), {
    problems: errors,
    retryAfterSeconds: retryAfter === undefined ? null : retryAfter / 1_000,
  });
}

/** What is no JSON, or breaks off, is undefined: somebody between answered, or the answer was lost. */
async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

const codeSchema = z.custom<RequestErrorCode>((code) => typeof code === "string" && Object.hasOwn(requestErrors, code));

/** Forgiving: a newer deployment may know codes that this version does not, and say more. */
const problemSchema = z.object({
  title: z.string().default("The deployment refused this."),
  detail: z.string().optional().catch(undefined),
  code: z.string().transform((code) => codeSchema.safeParse(code).data),
  errors: z.array(z.object({ field: z.string(), code: codeSchema.catch("invalid_input"), message: z.string() })).catch(
    [],
  ),
});

/** The nearest of the codes that are known. */
function codeOf(status: number): RequestErrorCode {
  if (status >= 500) return "internal";
  return status === 429 ? "rate_limited" : "invalid_input";
}
