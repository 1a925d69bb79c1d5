/** What is set up once for all tests. */
import { inject } from "vitest";

declare module "vitest" {
  export interface ProvidedContext {
    /** Of the sandboxed servers, one for each worker: `http://localhost:8787` */
    readonly origins: readonly string[];
    /** The path of the project in which the library is installed. */
    readonly project: string;
  }
}

/** Faults and latencies are a server's, so files that run side by side do not share one. */
export const origin = originOf(Number(Deno.env.get("VITEST_POOL_ID")));

function originOf(worker: number): string {
  const origin = inject("origins")[worker - 1];
  if (!origin) throw new Error(`There is no server for worker ${worker}.`);
  return origin;
}

export const project = inject("project");
