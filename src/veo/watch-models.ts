/**
 * Keeps an eye on the models: every now and then each one in reach is asked for, which costs nothing, and what was seen is
 * kept in R2 for all parts of the world. Never on the way of a request: a request reads what was seen last, and lets a
 * look that is due follow its answer.
 */
import { z } from "zod";
import { type Settings } from "../env.ts";
import { logEvent } from "../log.ts";
import { type ModelOffer, modelOffers } from "./capabilities.ts";
import { modelsInReach } from "./choose-model.ts";
import { findSighting, type Sighting, sightingSchema } from "./model-state.ts";
import { providerRows } from "./providers.ts";

/** A retirement is announced weeks ahead; ten minutes late is early, and half a dozen small requests are nothing. */
export const lookIntervalMs = 600_000;

/** Beside the tasks' folders, so that none is removed with it. */
const recordKey = "service/models.json";

const recordSchema = z.object({
  /** When a look began last, milliseconds since 1970. */
  looked_at: z.number(),
  sightings: z.array(sightingSchema),
});

type Record = z.infer<typeof recordSchema>;

export interface Lookout {
  readonly bucket: R2Bucket;
  readonly fetch: typeof fetch;
  readonly settings: Settings;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * @returns what was seen last; and the look that is due, to be run after the answer, or null
 * @throws what R2 fails with
 */
export async function lastSeen(
  lookout: Lookout,
): Promise<{ sightings: readonly Sighting[]; look: (() => Promise<void>) | null }> {
  const { record, etag } = await readRecord(lookout.bucket);
  const isDue = lookout.now >= record.looked_at + lookIntervalMs;
  return { sightings: record.sightings, look: isDue ? () => look(lookout, record, etag) : null };
}

/** Who writes the beginning of the look first does it; of others that come at the same moment, none. */
async function look(lookout: Lookout, last: Record, etag: string | null): Promise<void> {
  const { bucket, now } = lookout;
  const begun = { ...last, looked_at: now };
  const onlyIf = etag === null ? { etagDoesNotMatch: "*" } : { etagMatches: etag };
  if (!await bucket.put(recordKey, JSON.stringify(begun), { onlyIf })) return;
  const inReach = modelsInReach(modelOffers, lookout.settings);
  const sightings = await Promise.all(inReach.map((offer) => lookFor(offer, lookout, last.sightings)));
  await bucket.put(recordKey, JSON.stringify({ looked_at: now, sightings: sightings.flat() } satisfies Record));
}

/** A probe that brought no answer changes nothing: it speaks of the way there. */
async function lookFor(offer: ModelOffer, lookout: Lookout, last: readonly Sighting[]): Promise<Sighting[]> {
  const { settings, fetch, now } = lookout;
  const row = providerRows[offer.provider];
  const base_url = row.baseUrl(settings);
  const before = findSighting(offer, base_url, last);
  const probed = await row.open(settings, fetch).probe(offer.model);
  if (!probed.ok && probed.fault.kind !== "not_found") return before ? [before] : [];
  const { provider, model } = offer;
  if (before?.is_there !== probed.ok) logEvent("model_seen", { provider, model, is_there: probed.ok });
  return [{ provider, model, base_url, is_there: probed.ok, seen_at: now }];
}

/** A record that another version wrote is none. */
async function readRecord(bucket: R2Bucket): Promise<{ record: Record; etag: string | null }> {
  const object = await bucket.get(recordKey);
  const parsed = recordSchema.safeParse(object ? await object.json().catch(() => null) : null);
  const record = parsed.success ? parsed.data : { looked_at: 0, sightings: [] };
  return { record, etag: object?.etag ?? null };
}
