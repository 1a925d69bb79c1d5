/** How long an answer's headers ask us to wait. */

/** @returns milliseconds; undefined when the headers do not say, or not legibly */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const milliseconds = duration(headers.get("retry-after-ms"));
  if (milliseconds !== undefined) return milliseconds;
  const text = headers.get("retry-after");
  const seconds = duration(text);
  if (seconds !== undefined) return seconds * 1_000;
  const date = Date.parse(text ?? "");
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function duration(text: string | null): number | undefined {
  return text !== null && /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}
