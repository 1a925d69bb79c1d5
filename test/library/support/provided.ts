/** What is set up once for all tests. */
import { inject } from "vitest";

declare module "vitest" {
  export interface ProvidedContext {
    /** Of the sandboxed server: `http://localhost:8787` */
    readonly origin: string;
    /** The path of the project in which the library is installed. */
    readonly project: string;
  }
}

export const origin = inject("origin");
export const project = inject("project");
