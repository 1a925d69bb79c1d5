/** A task's changes as a stream, seen from a route. */
import { decodeChange, type SeenChange, type Subscription, subscriptionRequest } from "./subscription.ts";

type TaskStub = Pick<DurableObjectStub, "fetch">;

/**
 * Listens to a task. The stream ends with the task, with its removal, and when its object is restarted: whoever still
 * wants to listen asks again, after the last revision it saw.
 *
 * @returns null when there is no such task
 */
export async function followTask(
  task: TaskStub,
  subscription: Subscription,
): Promise<ReadableStream<SeenChange> | null> {
  const { webSocket } = await task.fetch(subscriptionRequest(subscription));
  return webSocket && streamOf(webSocket);
}

function streamOf(socket: WebSocket): ReadableStream<SeenChange> {
  let isOpen = true;
  return new ReadableStream<SeenChange>({
    start(controller) {
      const end = () => {
        if (isOpen) controller.close();
        isOpen = false;
      };
      socket.addEventListener("message", ({ data }) => {
        if (isOpen && typeof data === "string") controller.enqueue(decodeChange(data));
      });
      socket.addEventListener("close", end);
      socket.addEventListener("error", end);
      socket.accept();
    },
    cancel() {
      isOpen = false;
      socket.close();
    },
  });
}

/**
 * Waits until the task needs nobody's patience any more: it ended, waits for a person, or is gone.
 *
 * @param patienceMs milliseconds
 * @param seen told of each change meanwhile
 */
export async function settledWithin(
  task: TaskStub,
  subscription: Subscription,
  patienceMs: number,
  seen: (change: SeenChange) => void = () => {},
): Promise<void> {
  const changes = await followTask(task, subscription);
  if (!changes) return;
  const reader = changes.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  try {
    await Promise.race([untilSettled(reader, seen), patience]);
  } finally {
    clearTimeout(timer);
    await reader.cancel();
  }
}

/** The stream ends with the task. */
async function untilSettled(
  reader: ReadableStreamDefaultReader<SeenChange>,
  seen: (change: SeenChange) => void,
): Promise<void> {
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    seen(value);
    if (value.status === "awaiting_approval") return;
  }
}
