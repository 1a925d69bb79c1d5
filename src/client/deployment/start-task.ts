/** Sends an order. It is never paid twice: each has a key by which the deployment knows it again. */
import { ConnectionError, RequestRefusedError } from "../errors.ts";
import type { Order } from "../order.ts";
import type { Task } from "../task.ts";
import { inArguments } from "../argument-names.ts";
import type { Connection } from "./connection.ts";
import { requestOf } from "./order-request.ts";
import { readAnswer } from "./read-answer.ts";
import { repeated } from "./repeat.ts";
import type { Time } from "./time.ts";
import { isTask } from "./views.ts";

const keyHeader = "Idempotency-Key";

/** A minute more than the service takes to receive the longest upload (src/references/limits.ts). */
const startLimitMs = 16 * 60_000;

/** @throws RequestRefusedError, ConnectionError, and the signal's reason */
export async function startTask(connection: Connection, order: Order, signal: AbortSignal, time: Time): Promise<Task> {
  const key = keyOf(order);
  const { path, body, headers } = await requestOf(order, connection.fetch, signal);
  const init = { method: "POST", body, headers: { ...headers, Accept: "application/json", [keyHeader]: key } };
  const send = async () => await readAnswer(await connection.send(path, init, signal, startLimitMs), isTask);
  try {
    return await repeated(send, signal, time);
  } catch (error) {
    throw error instanceof ConnectionError ? lost(error, key) : error;
  }
}

/** What a header cannot carry never reaches the deployment, so it is refused here. */
function keyOf({ idempotencyKey }: Order): string {
  if (idempotencyKey === undefined) return crypto.randomUUID();
  if (/^[!-~]+$/.test(idempotencyKey)) return idempotencyKey;
  const message = "A key consists of visible ASCII characters.";
  const problems = [{ field: keyHeader, code: "invalid_input", message }] as const;
  throw new RequestRefusedError("invalid_input", inArguments(problems), { problems });
}

/** Nobody knows whether the order arrived; whoever sends it again with its key need not know. */
function lost(cause: ConnectionError, key: string): ConnectionError {
  const advice = `If it was started all the same, the same order with the idempotencyKey ${
    JSON.stringify(key)
  } finds it.`;
  return new ConnectionError(`${cause.message} ${advice}`, { status: cause.status, cause });
}
