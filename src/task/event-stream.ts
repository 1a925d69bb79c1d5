/** A task's changes as server-sent events (WHATWG HTML, section 9.2). */
import type { SeenChange } from "./subscription.ts";

/** Proxies and phones drop what says nothing for half a minute or a minute. */
export const heartbeatMs = 15_000;

/** How long a browser waits before it connects again. */
const reconnectMs = 2_000;

const text = new TextEncoder();

/**
 * Each change as an event with its number as `id`, so that a browser which lost the connection says by itself what it saw
 * last. Ends with the changes.
 */
export function eventStream(changes: ReadableStream<SeenChange>): ReadableStream<Uint8Array> {
  const reader = changes.getReader();
  let heartbeat: ReturnType<typeof setInterval> | undefined;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(text.encode(`retry: ${reconnectMs}\n\n`));
      heartbeat = setInterval(() => controller.enqueue(text.encode(": still here\n\n")), heartbeatMs);
    },
    async pull(controller) {
      let isOver = true;
      try {
        const { done, value } = await reader.read();
        isOver = done;
        if (!done) return controller.enqueue(text.encode(eventText(value)));
        controller.close();
      } finally {
        if (isOver) clearInterval(heartbeat);
      }
    },
    async cancel() {
      clearInterval(heartbeat);
      await reader.cancel();
    },
  });
}

/** JSON in one line needs one `data` field. */
function eventText({ revision, json }: SeenChange): string {
  return `id: ${revision}\ndata: ${json}\n\n`;
}
