import { defineConfig } from "vitest/config";

/**
 * The whole server as `npm start` runs it, seen from outside: by a real Chromium, by ffprobe, and killed in the middle.
 * Real time passes here, and most of it is waiting, so three files run side by side, each with a server of its own; the
 * limits are generous.
 */
export default defineConfig({
  test: {
    dir: "test/browser",
    include: ["**/*.test.ts"],
    globalSetup: ["test/browser/support/temporary-folder.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 3,
    // A browser, a server and ffmpeg share the machine with another six: what fails once may be late, twice is wrong.
    retry: 1,
  },
});
