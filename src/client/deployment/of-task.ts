/** A lost connection says nothing of the task that was asked about, which goes on: the error names it. */
import { ConnectionError } from "../errors.ts";

/** @returns the error; of a lost connection one that carries the task's id */
export function ofTask(taskId: string, error: unknown): unknown {
  if (!(error instanceof ConnectionError)) return error;
  const { message, status } = error;
  return new ConnectionError(message, { taskId, status, cause: error });
}

export async function aboutTask<Answer>(taskId: string, work: Promise<Answer>): Promise<Answer> {
  try {
    return await work;
  } catch (error) {
    throw ofTask(taskId, error);
  }
}
