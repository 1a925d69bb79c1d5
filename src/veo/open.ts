/** Which adapter speaks for a provider. The only place that knows them all. */
import type { ReadySettings } from "../env.ts";
import { createGeminiVeo } from "./gemini.ts";
import type { VideoModel } from "./model.ts";
import type { Plan } from "./plan.ts";

export function openVideoModel(
  provider: Plan["provider"],
  settings: ReadySettings,
  fetchUpstream: typeof fetch,
): VideoModel {
  switch (provider) {
    case "gemini":
      return createGeminiVeo({ ...settings.gemini, fetch: fetchUpstream });
  }
}
