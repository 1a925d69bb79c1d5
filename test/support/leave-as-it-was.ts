/** All files of tests share one worker: no test finds the time of another. */
import { afterEach, vi } from "vitest";

afterEach(() => {
  vi.useRealTimers();
});
