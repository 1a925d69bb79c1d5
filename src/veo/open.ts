/** Which adapter speaks for a provider. The only place that knows them all. */
import { type Settings, upstreamSettings } from "../env.ts";
import { createGeminiVeo } from "./gemini.ts";
import type { VideoModel } from "./model.ts";
import type { Plan } from "./plan.ts";

/** @throws ServiceError `not_configured` when the provider's key is not set */
export function openVideoModel(
  provider: Plan["provider"],
  settings: Settings,
  fetchUpstream: typeof fetch,
): VideoModel {
  switch (provider) {
    case "gemini":
      return createGeminiVeo({ ...upstreamSettings(settings, "gemini"), fetch: fetchUpstream });
  }
}
