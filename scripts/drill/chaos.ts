/** The kills of a drill: spread over its whole length, each at a random moment. */
import { setTimeout as pause } from "node:timers/promises";
import type { Progress } from "./progress.ts";
import { type Random, randomFrom, wholeNumber } from "./random.ts";
import type { UnsteadyServer } from "./unsteady-server.ts";

/** No kill before anything runs, none when almost nothing runs any more: shares of the drill's progress. */
const firstShare = 0.02;
const lastShare = 0.9;
/** How long a server lives at least, milliseconds: sometimes hardly long enough to find what the last kill left. */
const lifeMinimumMs = 300;
const lifeMaximumMs = 4_000;
const lookEveryMs = 50;

/** @returns for each kill the progress at which it is due, ascending */
export function drawKills(count: number, random: Random): number[] {
  return Array.from({ length: count }, (_, index) => {
    return firstShare + (lastShare - firstShare) * (index + random()) / count;
  });
}

/** Kills the server when the time has come; ends after the last kill, or when there is no more to wait for. */
export async function killAgainAndAgain(
  server: UnsteadyServer,
  progress: Progress,
  { kills, seed, isOver }: { readonly kills: number; readonly seed: number; readonly isOver: () => boolean },
): Promise<void> {
  const random = randomFrom(seed, "kills");
  for (const share of drawKills(kills, random)) {
    while (progress.share < share && !isOver()) await pause(lookEveryMs);
    if (isOver()) return;
    await pause(wholeNumber(random, lifeMinimumMs, lifeMaximumMs));
    progress.killedAt.push(Date.now());
    await server.killAndRestart();
  }
}
