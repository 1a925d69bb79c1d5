/**
 * Settings, read and checked. Nothing else in the project reads the raw environment, so a missing or unusable variable is
 * found here and told by its name; its value never appears anywhere.
 */
import { z } from "zod";
import { ServiceError } from "./errors.ts";
import type { ServiceAccount } from "./service-account-key.ts";
import {
  addressOr,
  apiKeys,
  cloudStorageAddress,
  dollars,
  flag,
  origins,
  serviceAccount,
  text,
  textOr,
  webhookSecrets,
  withoutSlash,
} from "./setting-values.ts";
import { providers } from "./video-provider.ts";

declare global {
  interface Env {
    /** Cloudflare Media Transformations; a binding that a deployment may add. */
    MEDIA?: MediaBinding;
  }
}

const settingsSchema = z.object({
  GEMINI_API_KEY: text,
  GOOGLE_API_KEY: text,
  GEMINI_BASE_URL: addressOr("https://generativelanguage.googleapis.com"),
  GEMINI_MODEL: textOr("gemini-3.8-flash"),
  OPENAI_API_KEY: text,
  OPENAI_BASE_URL: addressOr("https://api.openai.com/v1"),
  OPENAI_MODEL: textOr("gpt-6.1-terra"),
  VIDEO_PROVIDER: textOr("auto").pipe(z.enum(["auto", ...providers])),
  MODEL_FALLBACK: textOr("allow").pipe(z.enum(["allow", "refuse"])),
  VEO_MODEL_HIGH: text,
  VEO_MODEL_STANDARD: text,
  VERTEX_SERVICE_ACCOUNT: serviceAccount,
  VERTEX_PROJECT: text.pipe(z.string().regex(/^[\w.:-]+$/).optional()),
  // Veo is in this one (2026); the name becomes part of a host's name.
  VERTEX_LOCATION: textOr("us-central1").pipe(z.string().regex(/^[a-z0-9-]+$/)),
  VERTEX_STORAGE_URI: cloudStorageAddress,
  VERTEX_BASE_URL: text.pipe(z.url({ protocol: /^https?$/ }).optional()),
  API_KEYS: apiKeys,
  WEBHOOK_SECRET: webhookSecrets,
  DAILY_BUDGET_USD: dollars,
  CORS_ORIGINS: origins,
  ALLOW_PRIVATE_URLS: flag,
  RETENTION_DAYS: textOr("7").transform(Number).pipe(z.number().int().min(1).max(365)),
  SANDBOX: flag,
}).transform((raw) => ({
  gemini: { apiKey: raw.GEMINI_API_KEY ?? raw.GOOGLE_API_KEY, baseUrl: raw.GEMINI_BASE_URL, model: raw.GEMINI_MODEL },
  openai: { apiKey: raw.OPENAI_API_KEY, baseUrl: raw.OPENAI_BASE_URL, model: raw.OPENAI_MODEL },
  vertex: {
    account: raw.VERTEX_SERVICE_ACCOUNT,
    project: raw.VERTEX_PROJECT ?? raw.VERTEX_SERVICE_ACCOUNT?.project_id,
    location: raw.VERTEX_LOCATION,
    storageUri: raw.VERTEX_STORAGE_URI ?? null,
    baseUrl: withoutSlash(raw.VERTEX_BASE_URL ?? `https://${raw.VERTEX_LOCATION}-aiplatform.googleapis.com`),
  },
  videoProvider: raw.VIDEO_PROVIDER,
  /** Undefined where the provider's usual model is wanted. */
  videoModel: { high: raw.VEO_MODEL_HIGH, standard: raw.VEO_MODEL_STANDARD },
  modelFallback: raw.MODEL_FALLBACK,
  /** Keys that clients must send; null when none is asked for. */
  apiKeys: raw.API_KEYS,
  /** What one key may spend a day, US dollars; null for no cap. */
  dailyBudgetUsd: raw.DAILY_BUDGET_USD,
  /** Each signs what is sent; none where nothing is. */
  webhookSecrets: raw.WEBHOOK_SECRET,
  corsOrigins: raw.CORS_ORIGINS,
  allowPrivateUrls: raw.ALLOW_PRIVATE_URLS,
  retentionDays: raw.RETENTION_DAYS,
  /** All upstreams are played by the sandbox; only `src/sandbox/wrangler.toml` sets it. Beside a real one it is not true. */
  sandbox: raw.SANDBOX && [raw.GEMINI_BASE_URL, raw.OPENAI_BASE_URL].every(isPlayed),
}));

/** The sandbox's hosts are of the domain that exists nowhere (RFC 6761, section 6.4). */
function isPlayed(baseUrl: string): boolean {
  return new URL(baseUrl).hostname.endsWith(".invalid");
}

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
    `The value of ${names.map(withWhatItShouldBe).join(", ")} cannot be used. See the README, Settings.`,
  );
}

/** Whether this deployment can be made to spend money. */
export function holdsUpstreamKeys({ gemini, openai, vertex }: Pick<Settings, "gemini" | "openai" | "vertex">): boolean {
  return gemini.apiKey !== undefined || openai.apiKey !== undefined || vertex.account !== undefined;
}

/** One upstream's key, address and model. */
export interface UpstreamSettings {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly model: string;
}

/** @throws ServiceError `not_configured` when the upstream's key is not set */
export function upstreamSettings(
  settings: Pick<Settings, "gemini" | "openai">,
  upstream: "gemini" | "openai",
): UpstreamSettings {
  const { apiKey, baseUrl, model } = settings[upstream];
  if (apiKey) return { apiKey, baseUrl, model };
  throw new ServiceError(
    "not_configured",
    `${upstream === "gemini" ? "GEMINI_API_KEY" : "OPENAI_API_KEY"} is not set.`,
  );
}

/** What Vertex AI is asked with. */
export interface VertexSettings {
  readonly account: ServiceAccount;
  readonly project: string;
  readonly location: string;
  readonly storageUri: string | null;
  readonly baseUrl: string;
}

/** @throws ServiceError `not_configured` when the account's key or the project is not set */
export function vertexSettings({ vertex }: Pick<Settings, "vertex">): VertexSettings {
  const { account, project, ...rest } = vertex;
  if (account && project) return { account, project, ...rest };
  throw new ServiceError("not_configured", `${account ? "VERTEX_PROJECT" : "VERTEX_SERVICE_ACCOUNT"} is not set.`);
}

/** For a value that is easily spoilt on its way. */
function withWhatItShouldBe(name: string): string {
  const isAccount = name === "VERTEX_SERVICE_ACCOUNT";
  return isAccount ? `${name} (the JSON of a service account's key, with client_email and private_key)` : name;
}
