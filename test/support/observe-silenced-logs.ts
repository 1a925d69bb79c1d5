/** A test that silences the console keeps its lines from `observed-worker`: they are looked at when it ends. */
import { afterEach, vi } from "vitest";
import { look } from "./disclosures.ts";

afterEach(() => {
  for (const level of ["log", "info", "warn", "error", "debug"] as const) {
    const write = console[level];
    if (!vi.isMockFunction(write)) continue;
    for (const parts of write.mock.calls) look("lines", `silenced console.${level}`, parts.map(String).join(" "));
  }
});
