/** The effects of a task: each action asks one upstream, or stores one file, and ends in one event. */
import type { Settings } from "../env.ts";
import { ServiceError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Bucket } from "../storage/bucket.ts";
import { failed, type Outcome } from "../upstream/outcome.ts";
import type { Action } from "./actions.ts";
import type { TaskAccount } from "./account.ts";
import { cancelClip, fetchClip, forgetCopy, lookForClip, rememberGone, submitClip } from "./perform-clip.ts";
import { finishClips } from "./perform-finish.ts";
import {
  analyseImage,
  analyseVideo,
  checkVideoFile,
  removeVideoFile,
  uploadVideo,
  writePrompts,
} from "./perform-preparation.ts";
import { deliverWebhook } from "./perform-webhook.ts";
import type { Event } from "./settle.ts";
import type { TaskState } from "./state.ts";

export interface PerformDependencies {
  /** Read anew for each action: a deployment may have changed them since the task began. */
  readonly settings: () => Settings;
  readonly bucket: Bucket;
  /** Cloudflare Media Transformations, where the deployment has it. */
  readonly media: MediaBinding | null;
  readonly fetch: typeof fetch;
  /** What the task has with its owner's ledger. */
  readonly account: Pick<TaskAccount, "cover" | "settle" | "ledger">;
  /** Whether a clip is still wanted: false once the task is to end. */
  readonly isWanted: () => boolean;
  /** For work that holds much memory: of one task, one after the other. */
  readonly inTurn: <Value>(work: () => Promise<Value>) => Promise<Value>;
  readonly log: Log;
}

/**
 * Performs one action on the state it was begun with.
 *
 * Adapters return their faults; what is thrown all the same is a failure of R2 or of this code. It is logged, and counts
 * as passing, except for a submit: there it leaves open whether the request got out.
 */
export async function performAction(
  action: Action,
  state: TaskState,
  dependencies: PerformDependencies,
): Promise<Event> {
  const guarded = <Value>(work: () => Promise<Outcome<Value>>) => guard(action, state, dependencies.log, work);
  switch (action.kind) {
    case "analyse_image":
      return {
        kind: "image_analysed",
        index: action.index,
        outcome: await guarded(() => analyseImage(action.index, state, dependencies)),
      };
    case "upload_video":
      return {
        kind: "video_uploaded",
        outcome: await guarded(() => uploadVideo(state, dependencies)),
      };
    case "check_video_file":
      return {
        kind: "video_file_checked",
        outcome: await guarded(() => checkVideoFile(state, dependencies)),
      };
    case "analyse_video":
      return { kind: "video_analysed", outcome: await guarded(() => analyseVideo(state, dependencies)) };
    case "remove_video_file":
      return {
        kind: "video_file_removed",
        outcome: await guarded(() => removeVideoFile(state, dependencies)),
      };
    case "write_prompt":
      return { kind: "prompts_written", outcome: await guarded(() => writePrompts(state, dependencies)) };
    case "submit_clip": {
      let excerpts: number | null = null;
      const aside = await dependencies.account.cover();
      const outcome = aside.ok
        ? await guarded(() =>
          submitClip(action.index, state, dependencies, (count) => {
            excerpts = count;
          })
        )
        : aside;
      if (!outcome.ok && outcome.fault.kind === "not_found") await rememberGone(state, dependencies);
      return { kind: "clip_submitted", index: action.index, outcome, excerpts };
    }
    case "poll_clip":
      return {
        kind: "clip_polled",
        index: action.index,
        outcome: await guarded(() => lookForClip(action.index, state, dependencies)),
      };
    case "store_clip":
      return {
        kind: "clip_stored",
        index: action.index,
        outcome: await guarded(() => fetchClip(action.index, state, dependencies)),
      };
    case "cancel_clip":
      return {
        kind: "clip_cancel_asked",
        index: action.index,
        outcome: await guarded(() => cancelClip(action.index, state, dependencies)),
      };
    case "forget_copy":
      return {
        kind: "copy_forgotten",
        index: action.index,
        outcome: await guarded(() => forgetCopy(action.index, state, dependencies)),
      };
    case "finish_video":
      return { kind: "video_finished", outcome: await guarded(() => finishClips(state, dependencies)) };
    case "settle_spending":
      return { kind: "spending_settled", outcome: await guarded(() => dependencies.account.settle(state)) };
    case "deliver_webhook":
      return { kind: "webhook_sent", outcome: await guarded(() => deliverWebhook(state, dependencies)) };
  }
}

async function guard<Value>(
  action: Action,
  state: TaskState,
  log: Log,
  work: () => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  try {
    return await work();
  } catch (error) {
    // Thrown before anything was sent.
    if (error instanceof ServiceError && error.code === "not_configured") return failed("unauthorized", error.message);
    log.failure("action_failed", error, { task_id: state.task_id, action: action.kind });
    return failed(action.kind === "submit_clip" ? "interrupted" : "unavailable", "an unplanned failure, see the log");
  }
}
