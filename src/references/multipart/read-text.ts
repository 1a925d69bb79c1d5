/** A text field of a form. */
import { fieldBytesMaximum } from "../limits.ts";
import { Refusal } from "../refusal.ts";
import { formatBytes } from "../request-body.ts";

/**
 * @param body chunks of the field's content
 * @throws {Refusal} `invalid_input` when it is too long or not UTF-8; the rest of the body is left unread then
 */
export async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  let text = "";
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > fieldBytesMaximum) {
      throw new Refusal("invalid_input", `This text is longer than ${formatBytes(fieldBytesMaximum)}.`);
    }
    text += decodeText(() => decoder.decode(chunk, { stream: true }));
  }
  return text + decodeText(() => decoder.decode());
}

function decodeText(decode: () => string): string {
  try {
    return decode();
  } catch (cause) {
    throw new Refusal("invalid_input", "This text is not in UTF-8.", cause);
  }
}
