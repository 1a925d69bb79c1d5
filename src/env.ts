/**
 * Settings, read and checked. Nothing else in the project reads the raw environment, so a missing or unusable variable is
 * found here and told by its name; its value never appears anywhere.
 */
import { z } from "zod";
import { ServiceError } from "./errors.ts";

declare global {
  interface Env {
    /** Cloudflare Media Transformations; a binding that a deployment may add. */
    MEDIA?: MediaBinding;
  }
}

/** In `wrangler.toml` and `.dev.vars` an empty value means "not set". */
const text = z.string().optional().transform((value) => value?.trim() || undefined);
const textOr = (fallback: string) => text.transform((value) => value ?? fallback);
const addressOr = (fallback: string) =>
  textOr(fallback).pipe(z.url({ protocol: /^https?$/ })).transform((url) => url.replace(/\/+$/, ""));
const flag = text.pipe(z.enum(["true", "false"]).optional()).transform((value) => value === "true");

const settingsSchema = z.object({
  GEMINI_API_KEY: text,
  GOOGLE_API_KEY: text,
  GEMINI_BASE_URL: addressOr("https://generativelanguage.googleapis.com"),
  GEMINI_MODEL: textOr("gemini-3.8-flash"),
  OPENAI_API_KEY: text,
  OPENAI_BASE_URL: addressOr("https://api.openai.com/v1"),
  OPENAI_MODEL: textOr("gpt-6.1-terra"),
  VIDEO_PROVIDER: textOr("auto").pipe(z.enum(["auto", "gemini"])),
  VEO_MODEL_HIGH: textOr("veo-3.1-generate-preview"),
  VEO_MODEL_STANDARD: textOr("veo-3.1-fast-generate-preview"),
  ALLOW_PRIVATE_URLS: flag,
  RETENTION_DAYS: textOr("7").transform(Number).pipe(z.number().int().min(1).max(365)),
  SANDBOX: flag,
}).transform((raw) => ({
  gemini: { apiKey: raw.GEMINI_API_KEY ?? raw.GOOGLE_API_KEY, baseUrl: raw.GEMINI_BASE_URL, model: raw.GEMINI_MODEL },
  openai: { apiKey: raw.OPENAI_API_KEY, baseUrl: raw.OPENAI_BASE_URL, model: raw.OPENAI_MODEL },
  videoProvider: raw.VIDEO_PROVIDER,
  videoModel: { high: raw.VEO_MODEL_HIGH, standard: raw.VEO_MODEL_STANDARD },
  allowPrivateUrls: raw.ALLOW_PRIVATE_URLS,
  retentionDays: raw.RETENTION_DAYS,
  /** Both upstreams are played by the sandbox; only `src/sandbox/wrangler.toml` sets it. */
  sandbox: raw.SANDBOX,
}));

export type Settings = z.infer<typeof settingsSchema>;

/**
 * Reads the settings from the Worker's environment.
 *
 * @throws ServiceError `not_configured`, naming each variable whose value cannot be used
 */
export function readSettings(env: object): Settings {
  const parsed = settingsSchema.safeParse(env);
  if (parsed.success) return parsed.data;
  const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
  throw new ServiceError(
    "not_configured",
    `The value of ${names.join(", ")} cannot be used. See the README, Settings.`,
  );
}

/** Names of the variables that making a video needs and that are not set. */
export function missingSettings(settings: Settings): string[] {
  const missing = [];
  if (!settings.gemini.apiKey) missing.push("GEMINI_API_KEY");
  if (!settings.openai.apiKey) missing.push("OPENAI_API_KEY");
  return missing;
}

/** @throws ServiceError `not_configured`, naming what is missing before a video can be made */
export function requireSettings(settings: Settings): void {
  const missing = missingSettings(settings);
  if (missing.length === 0) return;
  throw new ServiceError("not_configured", `No video can be made before ${missing.join(" and ")} is set.`);
}

/** One upstream's key, address and model. */
export interface UpstreamSettings {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly model: string;
}

/** @throws ServiceError `not_configured` when the upstream's key is not set */
export function upstreamSettings(settings: Settings, upstream: "gemini" | "openai"): UpstreamSettings {
  const { apiKey, baseUrl, model } = settings[upstream];
  if (apiKey) return { apiKey, baseUrl, model };
  throw new ServiceError(
    "not_configured",
    `${upstream === "gemini" ? "GEMINI_API_KEY" : "OPENAI_API_KEY"} is not set.`,
  );
}
