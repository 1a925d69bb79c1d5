/** The options of the direct way as the settings of the service, whose steps it takes. */
import { readSettings, type Settings } from "../../env.ts";
import type { DirectOptions } from "../options.ts";

/** @throws ServiceError `not_configured`, naming each setting whose value cannot be used */
export function settingsOf(options: DirectOptions): Settings {
  const values = Object.entries(optionBySetting).map(([setting, option]) => [setting, option.read(options)]);
  // What a caller's own process may reach is the caller's to decide.
  return readSettings({ ...Object.fromEntries(values), ALLOW_PRIVATE_URLS: "true" });
}

interface Option {
  readonly name: string;
  readonly read: (options: DirectOptions) => string | undefined;
}

const optionBySetting: Readonly<Record<string, Option>> = {
  GEMINI_API_KEY: { name: "geminiApiKey", read: ({ geminiApiKey }) => geminiApiKey },
  GEMINI_BASE_URL: { name: "geminiBaseUrl", read: ({ geminiBaseUrl }) => geminiBaseUrl },
  GEMINI_MODEL: { name: "models.gemini", read: ({ models }) => models?.gemini },
  OPENAI_API_KEY: { name: "openaiApiKey", read: ({ openaiApiKey }) => openaiApiKey },
  OPENAI_BASE_URL: { name: "openaiBaseUrl", read: ({ openaiBaseUrl }) => openaiBaseUrl },
  OPENAI_MODEL: { name: "models.openai", read: ({ models }) => models?.openai },
  VIDEO_PROVIDER: { name: "videoProvider", read: ({ videoProvider }) => videoProvider },
  MODEL_FALLBACK: { name: "modelFallback", read: ({ modelFallback }) => modelFallback },
  VEO_MODEL_HIGH: { name: "models.high", read: ({ models }) => models?.high },
  VEO_MODEL_STANDARD: { name: "models.standard", read: ({ models }) => models?.standard },
  VERTEX_SERVICE_ACCOUNT: { name: "vertex.serviceAccount", read: ({ vertex }) => vertex?.serviceAccount },
  VERTEX_PROJECT: { name: "vertex.project", read: ({ vertex }) => vertex?.project },
  VERTEX_LOCATION: { name: "vertex.location", read: ({ vertex }) => vertex?.location },
  VERTEX_STORAGE_URI: { name: "vertex.storageUri", read: ({ vertex }) => vertex?.storageUri },
  VERTEX_BASE_URL: { name: "vertex.baseUrl", read: ({ vertex }) => vertex?.baseUrl },
};

/** A text of the service with the names of this library's options: who calls a library has set no variables. */
export function inOptions(text: string): string {
  return text.replace(/\b[A-Z]+(?:_[A-Z]+)+\b/g, (setting) => optionBySetting[setting]?.name ?? setting);
}
