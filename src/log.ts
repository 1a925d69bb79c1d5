/**
 * The operator's log: one JSON object a line, with the task's id, so that one filter follows a task. Only our own words
 * and numbers go in: no key, no address, no upstream text, no words of the customer.
 */
export interface LogFields {
  readonly task_id?: string | undefined;
  readonly [name: string]: string | number | boolean | null | undefined;
}

/** What writes it. */
export interface Log {
  event(event: string, fields?: LogFields): void;
  failure(event: string, error: unknown, fields?: LogFields): void;
}

export function logEvent(event: string, fields: LogFields = {}): void {
  console.log(JSON.stringify({ event, ...fields }));
}

/** A failure nobody planned for: the error's own name and message stay in the operator's log. */
export function logFailure(event: string, error: unknown, fields: LogFields = {}): void {
  const failure = error instanceof Error
    ? { name: error.name, stack: error.stack ?? error.message }
    : { name: "unknown" };
  console.error(JSON.stringify({ event, ...fields, ...failure }));
}

/** Of a deployment. */
export const consoleLog: Log = { event: logEvent, failure: logFailure };

/** Of a library: what its caller's terminal shows is the caller's own. */
export const silentLog: Log = { event() {}, failure() {} };
