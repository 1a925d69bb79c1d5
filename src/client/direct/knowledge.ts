/** What is known of the models, as the service knows it: seen last, and looked for again when a video is asked for. */
import type { OrderKnowledge } from "../../task/intake.ts";
import { lastSeen } from "../../veo/watch-models.ts";
import type { DriverDependencies } from "./task-driver.ts";

export interface ModelKnowledge {
  readonly now: () => Promise<OrderKnowledge>;
  /** The same; a look that is due follows, and nobody waits for it. */
  readonly look: () => Promise<OrderKnowledge>;
}

export function createKnowledge({ store, settings, fetch, clock, log }: DriverDependencies): ModelKnowledge {
  const known = async (mayLook: boolean) => {
    const now = clock.now();
    try {
      const { sightings, look } = await lastSeen({ bucket: store.bucket, fetch, settings, now, log });
      if (mayLook && look) look().catch((error: unknown) => log.failure("models_not_looked_for", error));
      return { settings, sightings, now };
    } catch (error) {
      // Without it the table still says what Google announced, and a model that is gone says so itself.
      log.failure("models_not_read", error);
      return { settings, sightings: [], now };
    }
  };
  return { now: () => known(false), look: () => known(true) };
}
