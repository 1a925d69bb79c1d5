/** Progress as one line: of a terminal, or of a log. Pure. */
import type { Estimate, Task } from "../client/index.ts";
import { describeTask, describeWaiting, describeWaitingShortly } from "./describe-task.ts";
import type { Paint } from "./paint.ts";
import { writtenTime } from "./written.ts";

const spinner = [..."⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"];

export interface Moment {
  readonly task: Task;
  readonly elapsedSeconds: number;
  /** How long such videos take here; null when that is not known. */
  readonly usual: Estimate["time"];
}

/**
 * `⠹ 0:42  Making the clips: 1 of 2 shots ready, 1 being made · usually 2:05 in all`
 *
 * @param frame counts up, for the spinner
 * @param columns of the terminal; the line never reaches the last, where some terminals would begin a new one
 */
export function terminalLine(
  { task, elapsedSeconds, usual }: Moment,
  frame: number,
  columns: number,
  paint: Paint,
): string {
  const beginning = `${writtenTime(elapsedSeconds)}  `;
  const mark = spinner[frame % spinner.length] ?? "";
  const room = columns - 1 - 2 - beginning.length;
  return `${paint.busy(mark)} ${paint.faint(beginning)}${shortened(sentenceOf(task, usual), room)}`;
}

/** `generating  Making the clips: 1 of 2 shots ready`; without the time, to tell whether it is news. */
export function logLine(task: Task): string {
  const waiting = describeWaiting(task);
  return [task.status, describeTask(task), ...(waiting === null ? [] : [`Waits: ${waiting}`])].join("  ");
}

/** `2026-11-23T23:53:41Z` */
export function timeStamp(now: number): string {
  return `${new Date(now).toISOString().slice(0, 19)}Z`;
}

function sentenceOf(task: Task, usual: Estimate["time"]): string {
  const waiting = describeWaitingShortly(task);
  if (waiting !== null) return `${describeTask(task)} · ${waiting}`;
  return [describeTask(task), ...(usual ? [`usually ${writtenTime(usual.typical_seconds)} in all`] : [])].join(" · ");
}

/** By characters: what comes here is English, one column each. */
function shortened(text: string, room: number): string {
  const letters = [...text];
  return letters.length <= room ? text : `${letters.slice(0, Math.max(0, room - 1)).join("")}…`;
}
