/** A task in words: as it is, and how it ended. Pure. */
import type { Task } from "../client/index.ts";
import { describePlan } from "./describe-estimate.ts";
import { describeTask, describeWaiting } from "./describe-task.ts";
import { writtenBytes, writtenTime, writtenUsd } from "./written.ts";

/** For `veo31 status`, each a line. */
export function describeWhole(task: Task): string[] {
  const { request, step3_video_generation: video, error, warnings } = task;
  const waiting = describeWaiting(task);
  return [
    row("task", `${task.task_id}${task.sandbox ? " (sandbox)" : ""}`),
    row("state", describeTask(task)),
    ...(waiting === null ? [] : [row("waits", waiting)]),
    row(
      "request",
      [request.use_case, `${request.duration_seconds} s`, request.aspect_ratio, request.quality, request.structure]
        .join(", "),
    ),
    row("plan", describePlan(task.plan)),
    row("started", task.created_at),
    row("changed", task.updated_at),
    row("cost", describeCost(task)),
    ...warnings.map(({ message }) => row("warning", message)),
    ...(error ? [row("error", `${error.code}: ${error.message}`)] : []),
    ...(video?.video_url ? [row("video", video.video_url)] : []),
    row("kept", `until ${task.expires_at ?? "it is deleted"}`),
    ...(task.status === "awaiting_approval" ? ["", task.step2_prompt ?? ""] : []),
  ];
}

/** `Done in 1:23: 10 s, 1280x720, 4.2 MB. $1.20 was paid.` */
export function describeSuccess(task: Task): string {
  const video = task.step3_video_generation;
  const size = video?.width && video.height ? [`${video.width}x${video.height}`] : [];
  const facts = [
    `${video?.duration_seconds ?? task.request.duration_seconds} s`,
    ...size,
    ...(video?.bytes ? [writtenBytes(video.bytes)] : []),
  ];
  return `Done in ${writtenTime(secondsTaken(task))}: ${facts.join(", ")}. ${sentence(describeCost(task))}`;
}

/** Why there is no video, and what is left of it. */
export function describeFailure(task: Task): string[] {
  const { error, step3_video_generation, links } = task;
  const kept = (step3_video_generation?.segments ?? []).flatMap(({ video_url }) => video_url ?? []);
  return [
    error ? `${error.message} (${error.code})` : "The task was canceled.",
    sentence(describeCost(task)),
    // Once more may be paid once more, where nobody knows whether it was.
    ...(error?.retryable && error.charged === "no" ? ["The same may work later."] : []),
    ...(kept.length > 0 && links ? ["Clips that were made:", ...kept.map((url) => `  ${url}`)] : []),
  ];
}

export function describeCost({ cost, status, sandbox }: Task): string {
  const { estimate_usd, actual_usd, at_least_usd, at_most_usd } = cost;
  if (actual_usd === 0) return "nothing was paid";
  if (actual_usd !== null) return `${writtenUsd(actual_usd)} ${sandbox ? "would have been" : "was"} paid`;
  const ended = status === "succeeded" || status === "failed" || status === "canceled";
  if (!ended) {
    return `about ${writtenUsd(estimate_usd)}${
      at_most_usd > 0 ? `, so far ${between(at_least_usd, at_most_usd)}` : ""
    }`;
  }
  return `${between(at_least_usd, at_most_usd)} was paid; nobody knows for certain`;
}

function between(least: number, most: number): string {
  return least === most ? writtenUsd(least) : `${writtenUsd(least)} to ${writtenUsd(most)}`;
}

/** From the start to the last change, by the service's clock. */
function secondsTaken({ created_at, timeline }: Task): number {
  const last = timeline.at(-1)?.at ?? created_at;
  return (Date.parse(last) - Date.parse(created_at)) / 1_000;
}

const column = 12;

function row(name: string, value: string): string {
  return `${name.padEnd(column)}${value}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
