/** The conditions of a request, by the tag of what it asks for: RFC 9110, section 13. Pure. */

export type Verdict = "proceed" | "not_modified" | "precondition_failed";

/**
 * What the conditions come to, in the order of section 13.2.2. Dates are not looked at: whatever
 * this service serves has a tag, and the tag says more.
 *
 * @param etag quoted and strong
 */
export function checkConditions(headers: Headers, etag: string): Verdict {
  const match = headers.get("If-Match");
  if (match !== null && !names(match, etag, false)) return "precondition_failed";
  const noneMatch = headers.get("If-None-Match");
  return noneMatch !== null && names(noneMatch, etag, true) ? "not_modified" : "proceed";
}

/** Whether a range still belongs to the file of this tag. A date, or a weak tag, is taken as "no", which RFC 9110 allows. */
export function holdsIfRange(headers: Headers, etag: string): boolean {
  const ifRange = headers.get("If-Range");
  return ifRange === null || ifRange.trim() === etag;
}

/** Whether a list of tags names this one. What is not a tag names nothing. */
function names(list: string, etag: string, weakly: boolean): boolean {
  if (list.trim() === "*") return true;
  const tags = list.matchAll(/(W\/)?("[^"]*")/g);
  return [...tags].some(([, weak, opaque]) => opaque === etag && (weakly || weak === undefined));
}
