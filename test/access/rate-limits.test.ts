import { expect, test } from "vitest";
import deployed from "../../wrangler.toml?raw";
import sandboxed from "../../src/sandbox/wrangler.toml?raw";
import { rateLimits } from "../../src/access/rate-limits.ts";

test.each([["deployed", deployed], ["sandboxed", sandboxed]])(
  "the %s service counts what its headers say",
  (_, configuration) => {
    const written = configuration.split("[[ratelimits]]").slice(1).map((block) => ({
      binding: /name = "(\w+)"/.exec(block)?.[1],
      quota: Number(/limit = (\d+)/.exec(block)?.[1]),
      windowSeconds: Number(/period = (\d+)/.exec(block)?.[1]),
    }));
    expect(written).toEqual(Object.values(rateLimits));
  },
);
