/** What a deployment lacks to make videos. Pure. */
import type { Settings } from "../env.ts";
import { ServiceError } from "../errors.ts";
import type { Provider } from "../video-provider.ts";
import { providersOf } from "../veo/choose-model.ts";
import { isConfigured, providerRows } from "../veo/providers.ts";

/**
 * Who understands the pictures and writes the prompt: OpenAI, or Gemini where only that has a key.
 *
 * @returns null when neither has one
 */
export function analystOf({ openai, gemini }: Pick<Settings, "gemini" | "openai">): "openai" | "gemini" | null {
  if (openai.apiKey) return "openai";
  return gemini.apiKey ? "gemini" : null;
}

/** Names of the variables that making a video needs and that are not set. */
export function missingSettings(settings: Settings): string[] {
  const missing = [...providerRows[wantedProvider(settings)].missing(settings)];
  // A Gemini key does for both, so it is not worth two names.
  const isGeminiNamed = missing.includes(providerRows.gemini.keySetting);
  return analystOf(settings) || isGeminiNamed ? missing : [...missing, "OPENAI_API_KEY"];
}

/** @throws ServiceError `not_configured`, naming what is missing before a video can be made */
export function requireSettings(settings: Settings): void {
  const missing = missingSettings(settings);
  if (missing.length === 0) return;
  throw new ServiceError("not_configured", `No video can be made before ${missing.join(" and ")} is set.`);
}

/** Where nothing is configured yet, a service account without a project counts as a wish. */
function wantedProvider(settings: Settings): Provider {
  const possible = providersOf(settings);
  const [first = "gemini"] = possible;
  const begun = settings.vertex.account && settings.videoProvider === "auto" ? "vertex" : first;
  return possible.find((provider) => isConfigured(provider, settings)) ?? begun;
}
