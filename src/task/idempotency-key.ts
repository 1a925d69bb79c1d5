/**
 * `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07): a start that is sent again, because its answer was lost,
 * finds the task that the first one started. The key names the task's object, which decides alone and once.
 */
import { type FieldProblem, ServiceError } from "../errors.ts";
import { digestOf } from "./fingerprint.ts";

export const idempotencyKeyHeader = "Idempotency-Key";

/** Visible characters of ASCII without quotes: what all clients can send, and what is no list. */
const keyPattern = /^[!#-+\--~]{1,255}$/;

const rule = "Send 1 to 255 visible ASCII characters without spaces, commas and quotes, a UUID for example.";

export interface ReadKey {
  /** Null when none was sent, or none that can be used. */
  readonly key: string | null;
  /** Who sends a key relies on it, so one that cannot be used is not passed over. */
  readonly problems: readonly FieldProblem[];
}

export function readIdempotencyKey(headers: Headers): ReadKey {
  const sent = headers.get(idempotencyKeyHeader);
  return sent === null ? { key: null, problems: [] } : readKey(sent);
}

export function readKey(sent: string): ReadKey {
  // The draft has it in quotes, as a string of RFC 8941; most clients send it bare.
  const [, key = ""] = /^"(.*)"$/.exec(sent) ?? [null, sent];
  if (keyPattern.test(key)) return { key, problems: [] };
  return { key: null, problems: [{ field: idempotencyKeyHeader, code: "invalid_input", message: rule }] };
}

/** Digits of a task's id. */
const idLength = 32;

/** The task that a key names: of each holder of keys of this service another one, and nobody learns the key from it. */
export async function taskIdOfKey(owner: string | null, key: string): Promise<string> {
  return (await digestOf(JSON.stringify(["idempotency-key", owner, key]))).slice(0, idLength);
}

/** @param wasRemoved whether the key's task is gone, rather than another's */
export function idempotencyConflict(wasRemoved: boolean): ServiceError {
  const detail = wasRemoved
    ? "The task of this Idempotency-Key was removed or has expired. For another video, send another key."
    : "This Idempotency-Key came with another request before. For another video, send another key.";
  const problem = { field: idempotencyKeyHeader, code: "idempotency_conflict", message: detail } as const;
  return new ServiceError("idempotency_conflict", detail, { problems: [problem] });
}
