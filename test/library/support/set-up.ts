/** Vitest's `globalSetup`: the packed library in a project of its own, and a server; each once, side by side. */
import type { TestProject } from "vitest/node";
import { newStorage, startServer } from "../../browser/support/server.ts";
import { setLatencies } from "../../browser/support/task.ts";
import { makeProject } from "./project.ts";

export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const [server, project] = await Promise.all([startServer(await newStorage()), makeProject()]);
  await setLatencies(server.origin, { image_analysis_ms: 100, prompt_ms: 100, clip_ms: 500 });
  provide("origin", server.origin);
  provide("project", project);
  return () => server.kill();
}
