/** Where a task is, in a few words. Pure; nothing is guessed: what is counted is what the task says is there. */
import type { Task } from "../client/index.ts";
import { counted } from "./written.ts";

const stages = {
  queued: "In the queue",
  analyzing: "Looking at the references",
  prompting: "Writing the prompt",
  awaiting_approval: "Waiting for approval",
  generating: "Making the clips",
  finishing: "Putting the video together",
  succeeded: "Done",
  failed: "Failed",
  canceled: "Canceled",
} as const satisfies Record<Task["status"], string>;

/** `Making the clips: 1 of 2 shots ready, 1 being made` */
export function describeTask(task: Task): string {
  const detail = detailOf(task);
  return [stages[task.status], ...(detail === null ? [] : [detail])].join(": ");
}

/** What holds it up that is not its own work; null when nothing does. */
export function describeWaiting({ waiting }: Task): string | null {
  if (!waiting) return null;
  return waiting.until === null ? waiting.message : `${waiting.message} Next try at ${clockTime(waiting.until)}.`;
}

/** The same, short: `waits for Vertex AI, next try at 12:03:00Z` */
export function describeWaitingShortly({ waiting }: Task): string | null {
  if (!waiting) return null;
  return `waits for ${waiting.upstream}${waiting.until === null ? "" : `, next try at ${clockTime(waiting.until)}`}`;
}

function detailOf(task: Task): string | null {
  switch (task.status) {
    case "analyzing":
      return analysed(task);
    case "generating":
      return clips(task);
    case "failed":
      return task.error?.code ?? null;
    default:
      return null;
  }
}

function analysed({ step1_analysis, references }: Task): string {
  const seen = (step1_analysis?.images ?? []).filter((image) => image !== null).length;
  const pictures = `${seen} of ${counted(references.images.length, "picture")} seen`;
  if (!references.video) return pictures;
  return `${pictures}, the video ${step1_analysis?.video ? "seen" : "not yet"}`;
}

function clips({ step3_video_generation, plan }: Task): string {
  const segments = step3_video_generation?.segments ?? [];
  const total = plan.segments.length;
  const count = (status: string) => segments.filter((segment) => segment.status === status).length;
  const running = count("running");
  const failed = count("failed");
  return [
    `${count("succeeded")} of ${counted(total, plan.structure === "shots" ? "shot" : "piece")} ready`,
    ...(running > 0 ? [`${running} being made`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join(", ");
}

/** `23:59:07Z`; a log is read elsewhere than it is written. */
function clockTime(moment: string): string {
  return `${moment.slice(11, 19)}Z`;
}
