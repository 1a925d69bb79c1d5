import { defineConfig } from "vitest/config";

/**
 * The library as programs have it: packed, installed into an empty project, and used there by the runtimes, against the
 * server that `npm start` runs.
 */
export default defineConfig({
  test: {
    dir: "test/library",
    include: ["**/*.test.ts"],
    globalSetup: ["test/browser/support/temporary-folder.ts", "test/library/support/set-up.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // They mostly wait; each has a server of its own.
    maxWorkers: 3,
  },
});
