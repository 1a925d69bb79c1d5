/** Writing only over what one has seen: the buckets' optimistic lock. */
import type { ObjectCondition } from "../../storage/bucket.ts";

/** @param etag of what is there; null for nothing */
export function holds(condition: ObjectCondition, etag: string | null): boolean {
  return "etagMatches" in condition ? condition.etagMatches === etag : etag === null;
}
