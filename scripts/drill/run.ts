/** One drill from the server's first start to its last look. */
import { audit } from "./audit.ts";
import { killAgainAndAgain } from "./chaos.ts";
import { drawFaults } from "./faults.ts";
import { gather } from "./gather.ts";
import { type LoadResult, runLoad } from "./load.ts";
import type { DrillOptions } from "./options.ts";
import { ordersFrom } from "./orders.ts";
import { Progress } from "./progress.ts";
import type { DrillResult } from "./report.ts";
import { makeUnreliable, readClips, readFaults } from "./sandbox.ts";
import { UnsteadyServer } from "./unsteady-server.ts";

/** @param storage where the server keeps what it stores, and its log */
export async function runDrill(options: DrillOptions, storage: string): Promise<DrillResult> {
  const server = await UnsteadyServer.start(storage, { VIDEO_PROVIDER: options.provider });
  Deno.addSignalListener("SIGINT", () => void server.stop().then(() => Deno.exit(130)));
  try {
    await makeUnreliable(server, drawFaults(options.faults, options.seed));
    const progress = new Progress(options.tasks);
    const load = await runUnderKills(server, progress, options);
    console.log("All is quiet; now everything is looked at once more.");
    return await lookBack(server, progress, load, options);
  } finally {
    await server.stop();
  }
}

async function runUnderKills(
  server: UnsteadyServer,
  progress: Progress,
  { tasks, kills, seed, parallel, patience }: DrillOptions,
): Promise<LoadResult> {
  const isOver = () => progress.quietMs > patience * 1_000;
  const stopPrinting = progress.printNowAndThen();
  const killing = killAgainAndAgain(server, progress, { kills, seed, isOver }).finally(() => progress.becomeQuiet());
  const loading = runLoad(server, ordersFrom(seed), progress, { tasks, parallel, isOver });
  try {
    const [load] = await Promise.all([loading, killing]);
    return load;
  } finally {
    stopPrinting();
  }
}

async function lookBack(
  server: UnsteadyServer,
  progress: Progress,
  load: LoadResult,
  options: DrillOptions,
): Promise<DrillResult> {
  const tasks = await gather(server, load.tasks);
  const evidence = { tasks, unanswered: load.unanswered, clips: await readClips(server, progress.killedAt) };
  return {
    ...{ options, evidence, verdict: audit(evidence), kills: progress.killedAt.length },
    ...{ faults: await readFaults(server), surprises: server.surprises, seconds: progress.secondsPassed },
  };
}
