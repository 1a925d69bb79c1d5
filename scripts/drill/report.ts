/** What a drill prints at its end. Pure. */
import type { Finding, Verdict } from "./audit.ts";
import type { Evidence } from "./evidence.ts";
import type { DrillOptions } from "./options.ts";

/** One fault of one call: how often it happened, and how many calls it could have hit. */
export interface HappenedFault {
  readonly call: string;
  readonly fault: string;
  readonly times: number;
  readonly calls: number;
}

export interface DrillResult {
  readonly options: DrillOptions;
  readonly evidence: Evidence;
  readonly verdict: Verdict;
  readonly kills: number;
  readonly faults: readonly HappenedFault[];
  /** Answers that nobody should get, and how often. */
  readonly surprises: ReadonlyMap<string, number>;
  readonly seconds: number;
}

export function isPassed({ lost, stuck, paidTwice }: Verdict): boolean {
  return lost.length + stuck.length + paidTwice.length === 0;
}

export function reportText(result: DrillResult): string {
  const { options, evidence, verdict, kills, faults, surprises, seconds } = result;
  const videos = evidence.clips.filter(({ ending }) => ending === null).length;
  return [
    `drill of ${seconds} s with ${options.provider}, seed ${options.seed}`,
    line("tasks", String(evidence.tasks.length)),
    line("answers lost", `${evidence.unanswered.length} (clips accepted for them: ${verdict.clipsOfUnanswered})`),
    line("kills", String(kills)),
    "ends",
    ...counted(evidence.tasks.map(endOf)),
    "faults",
    ...faultLines(faults),
    ...(surprises.size > 0
      ? ["unexpected answers", ...[...surprises].map(([what, times]) => line(`  ${what}`, String(times)))]
      : []),
    line("clips accepted", `${evidence.clips.length} (with a video: ${videos})`),
    line("clips lost in honesty", `${verdict.honestLosses} (the task says that one may have been made)`),
    ...findingLines("lost", verdict.lost),
    ...findingLines("stuck", verdict.stuck),
    ...findingLines("paid twice", verdict.paidTwice),
  ].join("\n");
}

function endOf({ isDeleted, atTheEnd }: Evidence["tasks"][number]): string {
  if (isDeleted) return "deleted";
  if (!atTheEnd) return "not found";
  const { status, code, charged } = atTheEnd;
  return code === null || code === status ? `${status}, charged ${charged}` : `${status} ${code}, charged ${charged}`;
}

function counted(things: readonly string[]): string[] {
  const groups = [...Map.groupBy(things, (thing) => thing)].map(([thing, all]) => [thing, all.length] as const);
  return groups.toSorted((a, b) => b[1] - a[1]).map(([thing, count]) => line(`  ${thing}`, String(count)));
}

function faultLines(faults: readonly HappenedFault[]): string[] {
  return [...Map.groupBy(faults, ({ call }) => call)].map(([call, own]) => {
    const happened = own.filter(({ times }) => times > 0);
    const sum = happened.reduce((total, { times }) => total + times, 0);
    const names = happened.map(({ fault, times }) => `${fault} ${times}`).join(", ");
    return line(`  ${call}`, `${sum} in ${callsOf(own)} calls: ${names}`);
  });
}

/**
 * The script stops at the first fault that hits, so only its first entries see every call; what was refused came to
 * none. Connections are refused by their address, which calls can share, so what they saw is not counted.
 */
function callsOf(faults: readonly HappenedFault[]): number {
  const refused = faults.filter(({ fault }) => fault === "refused").reduce((sum, { times }) => sum + times, 0);
  return refused + Math.max(...faults.filter(({ fault }) => fault !== "refused").map(({ calls }) => calls));
}

function findingLines(what: string, findings: readonly Finding[]): string[] {
  const details = findings.map(({ taskId, mark, why }) =>
    `  ${mark ?? "no mark"} ${taskId ?? "(no known task)"}: ${why}`
  );
  return [line(what, String(findings.length)), ...details];
}

/** Wide enough for the longest name of an end. */
const nameWidth = 44;

function line(name: string, value: string): string {
  return name.padEnd(nameWidth) + value;
}
