/** A program's project: empty but for the library, as npm installs it, and a picture. */
import { copyFile, cp, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "../../browser/support/temporary-folder.ts";
import { run } from "./run.ts";

const programs = new URL("../programs/", import.meta.url);
const picture = new URL("../../../src/sandbox/samples/emerald-ring-front.jpg", import.meta.url);

/** Packing builds the library. @returns the project's path */
export async function makeProject(): Promise<string> {
  const project = await temporaryFolder();
  await run("npm", ["pack", "--pack-destination", project]);
  const [packed] = (await readdir(project)).filter((name) => name.endsWith(".tgz"));
  if (!packed) throw new Error("Nothing was packed.");
  await writeFile(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
  // Where Deno finds what npm installed.
  await writeFile(join(project, "deno.json"), JSON.stringify({ nodeModulesDir: "manual" }));
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", `./${packed}`], project);
  await copyFile(picture, join(project, "ring.jpg"));
  await cp(programs, project, { recursive: true });
  return project;
}
