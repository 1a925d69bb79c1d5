/**
 * Keeps an eye on the models: every now and then each one in reach is asked for, which costs nothing, and what was seen is
 * kept in R2 for all parts of the world. Never on the way of a request: a request reads what was seen last, and lets a
 * look that is due follow its answer.
 */
import { z } from "zod";
import type { Settings } from "../env.ts";
import { consoleLog, type Log } from "../log.ts";
import type { Bucket, ObjectCondition } from "../storage/bucket.ts";
import { endingFetch } from "../upstream/ending-fetch.ts";
import { type ModelName, type ModelOffer, modelOffers } from "./capabilities.ts";
import { modelsInReach } from "./choose-model.ts";
import { findSighting, type Sighting, sightingSchema } from "./model-state.ts";
import { providerRows } from "./providers.ts";

/** A retirement is announced weeks ahead; ten minutes late is early, and half a dozen small requests are nothing. */
export const lookIntervalMs = 600_000;

/** One "no such model" may be a mistake of the moment: it is looked for again soon, and believed the second time. */
export const doubtIntervalMs = 60_000;
const absencesToBelieve = 2;

/** All of one look, tokens included; `waitUntil` gives what follows an answer 30 s. */
const lookTimeoutMs = 20_000;

/** Beside the tasks' folders, so that none is removed with it. */
const recordKey = "service/models.json";

const recordSchema = z.object({
  /** When a look began last, milliseconds since 1970. */
  looked_at: z.number(),
  sightings: z.array(sightingSchema),
});

type ModelsRecord = z.infer<typeof recordSchema>;

export interface Lookout {
  readonly bucket: Bucket;
  readonly fetch: typeof fetch;
  readonly settings: Settings;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly log?: Log;
}

/**
 * @returns what was seen last; and the look that is due, to be run after the answer, or null
 * @throws what R2 fails with
 */
export async function lastSeen(
  lookout: Lookout,
): Promise<{ sightings: readonly Sighting[]; look: (() => Promise<void>) | null }> {
  const { record, etag } = await readRecord(lookout.bucket);
  const isDoubtful = record.sightings.some(({ is_there, absences }) => is_there && absences > 0);
  const isDue = lookout.now >= record.looked_at + (isDoubtful ? doubtIntervalMs : lookIntervalMs);
  return { sightings: record.sightings, look: isDue ? () => look(lookout, record, etag) : null };
}

/**
 * Notes that a model was asked for a clip and is gone, so that nobody has to find it out again.
 *
 * @throws what R2 fails with
 */
export async function noteGone({ bucket, settings, now }: Omit<Lookout, "fetch">, gone: ModelName): Promise<void> {
  const { record, etag } = await readRecord(bucket);
  const base_url = providerRows[gone.provider].baseUrl(settings);
  const { provider, model } = gone;
  const others = record.sightings.filter((seen) => findSighting(gone, base_url, [seen]) === undefined);
  const sighting = { provider, model, base_url, is_there: false, absences: absencesToBelieve, seen_at: now };
  // When somebody else writes in this moment it is left to the next who asks.
  await bucket.put(recordKey, JSON.stringify({ ...record, sightings: [...others, sighting] }), {
    onlyIf: unchanged(etag),
  });
}

function unchanged(etag: string | null): ObjectCondition {
  return etag === null ? { etagDoesNotMatch: "*" } : { etagMatches: etag };
}

/** Who writes the beginning of the look first does it; of others that come at the same moment, none. */
async function look(lookout: Lookout, last: ModelsRecord, etag: string | null): Promise<void> {
  const { bucket, now } = lookout;
  const begun = { ...last, looked_at: now };
  if (!await bucket.put(recordKey, JSON.stringify(begun), { onlyIf: unchanged(etag) })) return;
  const inReach = modelsInReach(modelOffers, lookout.settings);
  const sightings = await Promise.all(inReach.map((offer) => lookFor(offer, lookout, last.sightings)));
  await bucket.put(recordKey, JSON.stringify({ looked_at: now, sightings: sightings.flat() } satisfies ModelsRecord));
}

/** A probe that brought no answer changes nothing: it speaks of the way there. */
async function lookFor(offer: ModelOffer, lookout: Lookout, last: readonly Sighting[]): Promise<Sighting[]> {
  const { settings, fetch, now, log = consoleLog } = lookout;
  const row = providerRows[offer.provider];
  const base_url = row.baseUrl(settings);
  const before = findSighting(offer, base_url, last);
  const limited = endingFetch(fetch, AbortSignal.timeout(lookTimeoutMs));
  const probed = await row.open(settings, limited).probe(offer.model);
  if (!probed.ok && probed.fault.kind !== "not_found") return before ? [before] : [];
  const { provider, model } = offer;
  const absences = probed.ok ? 0 : (before?.absences ?? 0) + 1;
  const is_there = absences < absencesToBelieve;
  if (before?.is_there !== is_there) log.event("model_seen", { provider, model, is_there });
  return [{ provider, model, base_url, is_there, absences, seen_at: now }];
}

async function readRecord(bucket: Bucket): Promise<{ record: ModelsRecord; etag: string | null }> {
  const object = await bucket.get(recordKey);
  // What cannot be read is no empty record: it would be written over what is known.
  const record = object ? parsedRecord(await object.text()) : emptyRecord;
  return { record, etag: object?.etag ?? null };
}

const emptyRecord: ModelsRecord = { looked_at: 0, sightings: [] };

/** A record that another version wrote is none. */
function parsedRecord(text: string): ModelsRecord {
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch {
    return emptyRecord;
  }
}
