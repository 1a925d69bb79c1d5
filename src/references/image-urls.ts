/** The addresses of reference pictures out of the ways a client may write a list. */
import { z } from "zod";
import type { FieldProblem } from "../errors.ts";
import { imageUrlsField } from "./fields.ts";
import { imagesMaximum } from "./limits.ts";

export interface SplitImageUrls {
  /** Not yet looked at; 1 to 3 when there is no problem. */
  readonly urls: string[];
  readonly problems: FieldProblem[];
}

/**
 * A comma belongs to an address unless another address follows it. Who has an address with `,https://` in it sends a
 * JSON list, whose items are not split. White space cannot be in an address, so it separates too.
 */
const separator = /\s*,\s*(?=https?:\/\/)|\s+(?=https?:\/\/)/i;

const listSchema = z.array(z.string());

/**
 * @param values of the field `reference_image_urls`: one text with commas, several texts, or a JSON list as text
 * @returns 1 to 3 addresses, not yet looked at; or none and the problem
 */
export function splitImageUrls(values: readonly string[]): SplitImageUrls {
  const urls = values.flatMap(splitValue).map((url) => url.trim()).filter((url) => url !== "");
  if (urls.length === 0) return problem(`Send the addresses of 1 to ${imagesMaximum} pictures.`);
  if (urls.length > imagesMaximum) {
    return problem(`These are ${urls.length} addresses. Send the addresses of 1 to ${imagesMaximum} pictures.`);
  }
  return { urls, problems: [] };
}

function splitValue(value: string): readonly string[] {
  const text = value.trim();
  // A comma that nothing follows is the end of a list, not of an address.
  return listIn(text) ?? text.replace(/,$/, "").split(separator);
}

function listIn(text: string): readonly string[] | null {
  if (!text.startsWith("[")) return null;
  try {
    return listSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function problem(message: string): SplitImageUrls {
  return { urls: [], problems: [{ field: imageUrlsField, code: "invalid_input", message }] };
}
