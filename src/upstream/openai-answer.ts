/** What came back from OpenAI's Responses API with status 200: text, a refusal, a cut, a failure. */
import { z } from "zod";
import { openaiFaultKind } from "./openai-error.ts";
import { failed, type Outcome, succeeded } from "./outcome.ts";

const partSchema = z.looseObject({ type: z.string(), text: z.string().optional() });

const responseSchema = z.object({
  /** Gateways that speak this dialect do not all give it. */
  status: z.string().nullish(),
  incomplete_details: z.object({ reason: z.string().nullish() }).nullish(),
  error: z.object({ code: z.unknown().optional() }).nullish(),
  output: z.array(z.looseObject({ content: z.array(partSchema).catch([]) })),
});

/**
 * Reads the answer's text.
 *
 * @param response the answer's JSON
 */
export function readOpenaiAnswer(response: unknown): Outcome<string> {
  const parsed = responseSchema.safeParse(response);
  if (!parsed.success) return failed("malformed", "the answer is not a response of the Responses API");
  const { status, incomplete_details: incomplete, error, output } = parsed.data;
  const parts = output.flatMap(({ content }) => content);
  if (parts.some(({ type }) => type === "refusal")) return failed("refused", "the model declined");
  if (status === "failed" || error) {
    return failed(openaiFaultKind(error?.code) ?? kindOfFailure(error?.code), "the response failed");
  }
  if (status === "incomplete") {
    return incomplete?.reason === "content_filter"
      ? failed("refused", "a content filter stopped the answer")
      : failed("cut_off", "the answer is incomplete");
  }
  if (status && status !== "completed") return failed("malformed", "the response has not ended");
  const text = parts.flatMap((part) => part.type === "output_text" && part.text ? [part.text] : []).join("");
  return text ? succeeded(text) : failed("off_schema", "the answer holds no text");
}

/** Every other code about the input (`invalid_image…`, `image_too_large`, `unsupported_image…`) is a fault of it. */
function kindOfFailure(code: unknown) {
  return typeof code === "string" && /image/.test(code) ? "invalid_request" : "unavailable";
}
