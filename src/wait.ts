/** The clock that is handed to what must wait for an upstream within one piece of work. */

export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
