/** Other processes, as a shell would run them. */
import { execFile } from "node:child_process";
import process from "node:process";
import { promisify } from "node:util";

const execute = promisify(execFile);

/**
 * @param folder where it runs; without one, where the tests do
 * @param settings variables of its environment, besides the tests' own
 * @returns what it wrote
 * @throws with what it wrote when it fails
 */
export async function run(
  command: string,
  args: readonly string[],
  folder: string = process.cwd(),
  settings: Readonly<Record<string, string>> = {},
): Promise<string> {
  const options = { cwd: folder, env: { ...process.env, ...settings }, maxBuffer: 10_000_000 };
  return (await execute(command, args, options)).stdout;
}
