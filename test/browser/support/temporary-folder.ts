/** Folders for what a test writes, all in one that goes when the tests are over. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

/** Names the one folder to the processes that run the tests. */
const variable = "VEO31_TEST_FOLDER";

/** @returns the path of a new folder; outside the tests it stays */
export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(process.env[variable] ?? tmpdir(), "veo31-"));
}

/** Vitest's `globalSetup`: once before all tests. @returns what is done after them */
export default async function setUp(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "veo31-tests-"));
  process.env[variable] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
