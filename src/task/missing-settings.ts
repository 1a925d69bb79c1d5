/** What a deployment lacks to make videos. Pure. */
import type { Settings } from "../env.ts";
import { ServiceError } from "../errors.ts";
import { findWanted } from "../veo/choose-model.ts";
import { providerRows } from "../veo/providers.ts";
import { qualities } from "../video-wish.ts";

/**
 * Who understands the pictures and writes the prompt: OpenAI, or Gemini where only that has a key.
 *
 * @returns null when neither has one
 */
export function analystOf({ openai, gemini }: Pick<Settings, "gemini" | "openai">): "openai" | "gemini" | null {
  if (openai.apiKey) return "openai";
  return gemini.apiKey ? "gemini" : null;
}

/** Names of the variables that making a video of any quality needs and that are not set. */
export function missingSettings(settings: Settings): string[] {
  const wanted = qualities.flatMap((quality) => findWanted(quality, settings) ?? []);
  const missing = new Set(wanted.flatMap(({ provider }) => providerRows[provider].missing(settings)));
  // A Gemini key does for both, so it is not worth two names.
  if (!analystOf(settings) && !missing.has(providerRows.gemini.keySetting)) missing.add("OPENAI_API_KEY");
  return [...missing];
}

/** @throws ServiceError `not_configured`, naming what is missing before a video can be made */
export function requireSettings(settings: Settings): void {
  const missing = missingSettings(settings);
  if (missing.length === 0) return;
  throw new ServiceError("not_configured", `No video can be made before ${missing.join(" and ")} is set.`);
}
