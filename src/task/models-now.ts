/** What a route knows of the models. A look that is due follows the answer, so that no request waits for it. */
import type { Context } from "hono";
import type { ServiceEnvironment } from "../access/caller.ts";
import { readSettings } from "../env.ts";
import { logFailure } from "../log.ts";
import { lastSeen } from "../veo/watch-models.ts";
import { within } from "../within.ts";
import type { OrderKnowledge } from "./intake.ts";

/** Nobody waits longer for what was seen last: the request goes on with the table alone. */
const readLimitMs = 2_000;

/**
 * @throws ServiceError `not_configured` when a setting cannot be used
 */
export async function modelsNow(
  { env, executionCtx }: Context<ServiceEnvironment>,
  fetch: typeof globalThis.fetch,
): Promise<OrderKnowledge> {
  const settings = readSettings(env);
  const now = Date.now();
  try {
    const { sightings, look } = await within(
      lastSeen({ bucket: env.BUCKET, fetch, settings, now }),
      readLimitMs,
      () => new Error("What was seen of the models could not be read in time."),
    );
    if (look) executionCtx.waitUntil(look().catch((error: unknown) => logFailure("models_not_looked_for", error)));
    return { settings, sightings, now };
  } catch (error) {
    // Without it the table still says what Google announced, and a model that is gone says so itself.
    logFailure("models_not_read", error);
    return { settings, sightings: [], now };
  }
}
