import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { SecrecyComesLast } from "./test/support/secrecy-comes-last.ts";

/** Every test runs in workerd, in the sandbox's Worker: the service as deployed, with the upstreams' stand-in beside it. */
export default defineConfig({
  plugins: [
    cloudflareTest({
      main: "./test/support/observed-worker.ts",
      wrangler: { configPath: "./src/sandbox/wrangler.toml" },
    }),
  ],
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/browser/**", "test/library/**"],
    // The first request of a file loads the whole service; on a slow machine that takes seconds.
    testTimeout: 30_000,
    // One worker for all files: a worker each took longer than the tests. So each test leaves the clock and the console as
    // they were, and who counts the files in R2 begins with none.
    isolate: false,
    restoreMocks: true,
    setupFiles: [
      "test/support/leave-as-it-was.ts",
      "test/support/observe-silenced-logs.ts",
      "test/support/count-files.ts",
    ],
    // What must not get out is looked for in all that the others left.
    sequence: { sequencer: SecrecyComesLast },
    // mediabunny names Node modules that only its Node build reaches; bundled first, they fall away as they do in wrangler.
    deps: { optimizer: { ssr: { enabled: true, include: ["mediabunny"] } } },
  },
});
