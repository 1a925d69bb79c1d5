/** The header of one part of a `multipart/form-data` body (RFC 7578 §4). */
import { MultipartError } from "./multipart-error.ts";

export interface PartHeader {
  readonly name: string;
  /** Null for a text field; empty for a file input that nothing was chosen in. */
  readonly filename: string | null;
  readonly contentType: string | null;
}

const parameterPattern = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/gy;

/**
 * @param bytes the header's lines, without the empty line that ends them; file names may be in any character set
 * @throws {MultipartError} when the part has no name
 */
export function parsePartHeader(bytes: Uint8Array): PartHeader {
  const headers = new Map<string, string>();
  for (const line of new TextDecoder().decode(bytes).split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const disposition = headers.get("content-disposition") ?? "";
  const parameters = parseParameters(disposition.slice("form-data".length));
  const name = parameters.get("name");
  if (!/^form-data\s*(;|$)/i.test(disposition) || !name) throw new MultipartError("A part of the form has no name.");
  return {
    name,
    filename: parameters.get("filename") ?? parameters.get("filename*") ?? null,
    contentType: headers.get("content-type") ?? null,
  };
}

/**
 * Parameters up to the first thing that is not one. Quoted values may hold `;` and `=`, as file names do. A backslash
 * is curl's escape; browsers write `%22` for a quote (HTML, multipart/form-data encoding algorithm).
 */
function parseParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const [, key = "", quoted, token = ""] of text.matchAll(parameterPattern)) {
    const value = quoted === undefined ? token : quoted.replace(/\\(.)/g, "$1").replaceAll("%22", '"');
    parameters.set(key.toLowerCase(), value);
  }
  return parameters;
}

/**
 * The boundary that a Content-Type announces.
 *
 * @throws {MultipartError} when there is none that can be used
 */
export function boundaryOf(contentType: string): string {
  const match = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (!boundary || boundary.length > 70) {
    throw new MultipartError("The Content-Type has no boundary. Let your HTTP client set it itself.");
  }
  return boundary;
}
