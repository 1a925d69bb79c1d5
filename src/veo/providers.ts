/** How each provider and its settings are named to people. */
import type { Plan } from "./plan.ts";

export interface ProviderNames {
  /** Who makes the clip. */
  readonly who: string;
  /** The setting that holds the key, and those that name the models. */
  readonly keySetting: string;
  readonly modelSetting: string;
}

export const providerNames: Readonly<Record<Plan["provider"], ProviderNames>> = {
  gemini: { who: "Veo", keySetting: "GEMINI_API_KEY", modelSetting: "VEO_MODEL_HIGH or VEO_MODEL_STANDARD" },
};
