/** Vitest's `globalSetup`: the packed library in a project of its own, and a server for each worker; side by side. */
import type { TestProject } from "vitest/node";
import { newStorage, startServer } from "../../browser/support/server.ts";
import { setLatencies } from "../../browser/support/task.ts";
import { makeProject } from "./project.ts";

export default async function setUp({ config, provide }: TestProject): Promise<() => Promise<void>> {
  const [project, ...servers] = await Promise.all([
    makeProject(),
    ...Array.from({ length: config.maxWorkers }, async () => await startServer(await newStorage())),
  ]);
  const latencies = { image_analysis_ms: 100, prompt_ms: 100, clip_ms: 500 };
  await Promise.all(servers.map(({ origin }) => setLatencies(origin, latencies)));
  provide("origins", servers.map(({ origin }) => origin));
  provide("project", project);
  return async () => {
    await Promise.all(servers.map((server) => server.kill()));
  };
}
