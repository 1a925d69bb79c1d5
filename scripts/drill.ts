/**
 * "Paid once, never lost", tried: the whole server on a sandbox that misbehaves at random, killed with SIGKILL and
 * restarted again and again under tasks of every kind. Then every task and every accepted clip is accounted for.
 *
 *     npm run drill -- --tasks 500 --kills 20 --faults 0.2 --seed 7
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { helpText, readOptions } from "./drill/options.ts";
import { isPassed, reportText } from "./drill/report.ts";
import { runDrill } from "./drill/run.ts";

/** As shells have it: the command line cannot be used. */
const usageExit = 2;

const read = readOptions(Deno.args);
if (read.kind === "help") {
  console.log(helpText());
  Deno.exit(0);
}
if (read.kind === "refused") {
  console.error([...read.problems, "", helpText()].join("\n"));
  Deno.exit(usageExit);
}

const storage = await mkdtemp(join(tmpdir(), "veo31-drill-"));
console.log(`The server's storage and its log (server.log) are in ${storage} until all is well.`);
const result = await runDrill(read.options, storage);
console.log(reportText(result));
if (!isPassed(result.verdict)) {
  console.log(`To look into it: the server's storage and its log (server.log) are kept in ${storage}`);
  Deno.exit(1);
}
await rm(storage, { recursive: true });
Deno.exit(0);
