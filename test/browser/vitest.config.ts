import { defineConfig } from "vitest/config";

/**
 * The whole server as `npm start` runs it, seen from outside: by a real Chromium, by ffprobe, and killed in the middle.
 * Real time passes here, so the limits are generous and the files run one after the other.
 */
export default defineConfig({
  test: {
    dir: "test/browser",
    include: ["**/*.test.ts"],
    globalSetup: ["test/browser/support/temporary-folder.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
