import { defineConfig } from "vitest/config";

/**
 * The library as programs have it: packed, installed into an empty project, and used there by the runtimes, against the
 * server that `npm start` runs. All files share the project and the server; they run one after the other, because what
 * one makes the sandbox do wrong would hit another.
 */
export default defineConfig({
  test: {
    dir: "test/library",
    include: ["**/*.test.ts"],
    globalSetup: ["test/browser/support/temporary-folder.ts", "test/library/support/set-up.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
