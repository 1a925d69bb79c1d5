/** Whether a model still answers: what a probe saw, else what Google announced. Pure. */
import { z } from "zod";
import { providers } from "../video-provider.ts";
import type { ModelOffer } from "./capabilities.ts";

/** What a probe saw of one model at one address. */
export const sightingSchema = z.object({
  provider: z.enum(providers),
  model: z.string(),
  /** The provider's base URL at that time. */
  base_url: z.string(),
  is_there: z.boolean(),
  /** How often in a row it was said to be gone. */
  absences: z.number().int(),
  /** Milliseconds since 1970. */
  seen_at: z.number(),
});

export type Sighting = z.infer<typeof sightingSchema>;

export const modelStates = ["answers", "retired", "unknown"] as const;
/** `unknown` is used like `answers`: should it be gone, the request for a clip says so, and costs nothing. */
export type ModelState = typeof modelStates[number];

export function findSighting(
  { provider, model }: Pick<ModelOffer, "provider" | "model">,
  baseUrl: string,
  sightings: readonly Sighting[],
): Sighting | undefined {
  return sightings.find((seen) => seen.provider === provider && seen.model === model && seen.base_url === baseUrl);
}

/** @param baseUrl where the model would be asked; Google's announcements say nothing of anybody else's gateway */
export function stateOfModel(
  offer: ModelOffer,
  baseUrl: string,
  sightings: readonly Sighting[],
  now: number,
): ModelState {
  const seen = findSighting(offer, baseUrl, sightings);
  if (seen && !seen.is_there) return "retired";
  if (seen?.absences === 0) return "answers";
  const { retirement } = offer;
  const hasEnded = retirement?.kind === "on" && now >= Date.parse(retirement.date);
  return hasEnded && isGoogle(baseUrl) ? "retired" : "unknown";
}

/** Whether the address is Google's own, not a gateway's or a test double's. */
export function isGoogle(baseUrl: string): boolean {
  return /(^|\.)googleapis\.com$/.test(new URL(baseUrl).hostname);
}
