/**
 * What is left to do for a task that its owner deleted, or that expired. The task itself is forgotten first, so nothing can
 * bring it back; this row stays until its files are gone too, from R2 and from Google.
 */
import { z } from "zod";
import { createVideoAnalyst, type UploadedFile, uploadedFileSchema } from "../analysis/video.ts";
import { endOfDay } from "../budget/day.ts";
import { settlementSchema } from "../budget/entries.ts";
import { upstreamSettings } from "../env.ts";
import type { Log } from "../log.ts";
import { deletePrefix, mediaPrefix } from "../storage/task-files.ts";
import { providerRows } from "../veo/providers.ts";
import { providers } from "../video-provider.ts";
import type { PerformDependencies } from "./perform.ts";
import { settlementOf } from "./spending.ts";
import { taskStateSchema } from "./state.ts";
import { removalPauseMaximumMs, removalPauseStepMs, removalTriesMaximum } from "./timing.ts";

/** Forgiving but for the first two: what else a later version wrote must not keep files for ever. */
export const removalSchema = z.object({
  task_id: z.string(),
  /** `never_started`: its references came, and then nothing more. */
  reason: z.enum(["deleted", "expired", "never_started"]).catch("expired"),
  media_secret: z.string(),
  /** Google's copy of the reference video. */
  video_file: uploadedFileSchema.nullable().catch(null),
  /** What the clips' provider keeps of them. */
  copies: z.array(z.json()).default([]).catch([]),
  provider: z.enum(providers).default("gemini").catch("gemini"),
  /** What its owner's ledger is told it cost; null when it was told, or needs not be. */
  settlement: settlementSchema.extend({ owner: z.string().nullable() }).nullable().default(null).catch(null),
  /** Whether an `Idempotency-Key` named it: then it is remembered that there was such a task. */
  is_named: z.boolean().default(false).catch(false),
  /** Not before this time, milliseconds since 1970: until then it may start. */
  not_before: z.number().default(0).catch(0),
  /** Counted before each try, so that one which ends with the process counts too. */
  tries: z.number().int().catch(0),
});

export type Removal = z.infer<typeof removalSchema>;

/** What has to be known of a task to remove it; in every version of its row. */
export const removableSchema = z.object({
  task_id: z.string(),
  media_secret: z.string(),
  expires_at: z.number(),
  video_reference: z.object({ file: uploadedFileSchema.nullable() }).nullable().catch(null),
  copies: taskStateSchema.shape.copies.catch([]),
  plan: z.object({ provider: z.enum(providers), usd_per_second: z.number().nullable().catch(null) })
    .catch({ provider: "gemini", usd_per_second: null }),
  owner: taskStateSchema.shape.owner.catch(null),
  fingerprint: taskStateSchema.shape.fingerprint.catch(null),
  spending: taskStateSchema.shape.spending.catch(null),
  /** What it cost; null when it cannot be read. */
  segments: taskStateSchema.shape.segments.nullable().catch(null),
});

export type Removable = z.infer<typeof removableSchema>;

export function newRemoval(task: Removable, reason: Removal["reason"]): Removal {
  const { task_id, media_secret, video_reference, copies, plan, fingerprint } = task;
  return {
    ...{ task_id, reason, media_secret, video_file: video_reference?.file ?? null },
    copies: copies.flatMap(({ operation, forget }) => forget ? [operation] : []),
    ...{ provider: plan.provider, tries: 0, not_before: 0, is_named: fingerprint !== null },
    settlement: settlementLeft(task),
  };
}

/** What stays to be done until the references of a task that may never begin are either its own or gone. */
export function expectedRemoval(
  { task_id, media_secret }: Pick<Removal, "task_id" | "media_secret">,
  notBefore: number,
): Removal {
  const nothing = { video_file: null, copies: [], settlement: null, is_named: false, tries: 0 };
  return { task_id, media_secret, reason: "never_started", provider: "gemini", not_before: notBefore, ...nothing };
}

/** Of a task that cannot be read nobody knows what it cost: then what was set aside counts as spent. */
function settlementLeft({ segments, plan: { usd_per_second }, ...task }: Removable): Removal["settlement"] {
  if (!task.spending?.settle || segments === null || usd_per_second === null) return null;
  const settlement = settlementOf({ ...task, segments, plan: { usd_per_second } });
  return settlement && { ...settlement, owner: task.owner };
}

/**
 * Removes what can be removed now.
 *
 * @returns whether nothing is left for another try
 * @throws what R2 failed with
 */
export async function performRemoval(removal: Removal, dependencies: PerformDependencies): Promise<boolean> {
  const { video_file, tries, task_id, media_secret } = removal;
  // First what may still cost money. Whatever becomes of it, R2 is emptied.
  const areCopiesGone = await attempted(removal, dependencies.log, () => forgetCopies(removal, dependencies));
  const isFileGone = await attempted(removal, dependencies.log, () => removeFromGoogle(video_file, dependencies));
  const isSettled = await attempted(removal, dependencies.log, () => settle(removal, dependencies));
  await deletePrefix(dependencies.bucket, mediaPrefix(media_secret));
  if (isFileGone && areCopiesGone && isSettled) return true;
  // Until its day is over a ledger that does not answer holds back what may be free.
  const { settlement } = removal;
  if (!isSettled && settlement && Date.now() < endOfDay(Date.parse(settlement.day))) return false;
  if (tries < removalTriesMaximum) return false;
  dependencies.log.event("not_removed_upstream", {
    task_id,
    video_file: !isFileGone,
    copies: !areCopiesGone,
    spending: !isSettled,
  });
  return true;
}

/** How long after this try the next one comes: R2 is asked until it has deleted everything, but ever more rarely. */
export function removalPauseMs({ tries }: Removal): number {
  return Math.min(tries * removalPauseStepMs, removalPauseMaximumMs);
}

/** @returns whether it was done; a failure nobody planned for is logged, and tried again like any other */
async function attempted({ task_id }: Removal, log: Log, work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch (error) {
    log.failure("removal_failed", error, { task_id });
    return false;
  }
}

/** A clip that is still being made is stopped first: nobody will want it. Whether that was possible shows in the rest. */
async function forgetCopies({ copies, provider }: Removal, dependencies: PerformDependencies): Promise<boolean> {
  if (copies.length === 0) return true;
  const model = providerRows[provider].open(dependencies.settings(), dependencies.fetch);
  const forgotten = await Promise.all(copies.map(async (operation) => {
    await model.cancel?.(operation);
    return await model.forget?.(operation);
  }));
  return forgotten.every((outcome) => outcome === undefined || outcome.ok);
}

async function settle({ settlement }: Removal, { account }: PerformDependencies): Promise<boolean> {
  if (settlement) await account.ledger(settlement.owner).settle(settlement);
  return true;
}

async function removeFromGoogle(file: UploadedFile | null, { settings, fetch }: PerformDependencies): Promise<boolean> {
  if (!file) return true;
  const gemini = upstreamSettings(settings(), "gemini");
  return (await createVideoAnalyst({ ...gemini, fetch }).remove(file)).ok;
}
