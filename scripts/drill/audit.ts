/**
 * Accounts for every task and every accepted clip of a drill: what was lost, what is stuck, what was paid for twice.
 * Pure.
 *
 * A clip whose answer never arrived may be lost in all honesty: nobody can ask for it, and the task says that it may
 * have cost money. That is counted, but is no defect.
 */
import { hasEnded } from "../../src/task/status.ts";
import { clipsByTask, type SegmentClips } from "./clips-by-task.ts";
import type { Evidence, StartedTask } from "./evidence.ts";
import { findHonestLosses, findLosses } from "./losses.ts";
import { findRepeatedPayment } from "./repeated-payment.ts";

/** What is wrong, and with which task. */
export interface Finding {
  /** Null where the task is not known. */
  readonly taskId: string | null;
  readonly mark: string | null;
  /** A sentence. */
  readonly why: string;
}

export interface Verdict {
  readonly lost: readonly Finding[];
  readonly stuck: readonly Finding[];
  readonly paidTwice: readonly Finding[];
  /** How many clips were made whose task says that they may have been, and that nobody gets them. */
  readonly honestLosses: number;
  /** How many clips were accepted for orders whose answer was lost. */
  readonly clipsOfUnanswered: number;
}

export function audit({ tasks, unanswered, clips }: Evidence): Verdict {
  const segments = clipsByTask(clips);
  const segmentsOf = (mark: string) => segments.get(mark) ?? [];
  const known = new Set<string | null>([...tasks.map(({ mark }) => mark), ...unanswered]);
  return {
    lost: [
      ...tasks.flatMap((task) => findLosses(task, segmentsOf(task.mark)).map((why) => findingOf(task, why))),
      ...[...segments.keys()].filter((mark) => !known.has(mark)).map(clipsOfNobody),
    ],
    stuck: tasks.flatMap(findStuck),
    paidTwice: [...segments].flatMap(([mark, own]) => {
      return own.flatMap((segment) => findPaidTwice(segment, mark, tasks));
    }),
    honestLosses: tasks.flatMap((task) => findHonestLosses(task, segmentsOf(task.mark))).length,
    clipsOfUnanswered: unanswered.flatMap(segmentsOf).flatMap(({ accepted }) => accepted).length,
  };
}

function findingOf({ taskId, mark }: StartedTask, why: string): Finding {
  return { taskId, mark, why };
}

function clipsOfNobody(mark: string | null): Finding {
  return { taskId: null, mark, why: "A clip was accepted that no task asked for." };
}

function findStuck(task: StartedTask): Finding[] {
  const { atTheEnd } = task;
  return atTheEnd && !hasEnded(atTheEnd) ? [findingOf(task, `It is still ${atTheEnd.status}.`)] : [];
}

function findPaidTwice(segment: SegmentClips, mark: string | null, tasks: readonly StartedTask[]): Finding[] {
  const why = findRepeatedPayment(segment);
  if (why === null) return [];
  return [{ taskId: tasks.find((task) => task.mark === mark)?.taskId ?? null, mark, why }];
}
