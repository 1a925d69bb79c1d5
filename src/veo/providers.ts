/**
 * Every provider of video models: one row each, with its name for people, its manners, its settings and its adapter. What
 * its models can do and cost is in `capabilities.ts`.
 */
import { type Settings, upstreamSettings, vertexSettings } from "../env.ts";
import type { Provider } from "../video-provider.ts";
import type { Quality } from "../video-wish.ts";
import { wait } from "../wait.ts";
import { createGeminiVeo } from "./gemini.ts";
import type { VideoModel } from "./model.ts";
import { createOmni } from "./omni.ts";
import { createVertexVeo } from "./vertex.ts";

export interface ProviderRow {
  /** Who makes the clip. */
  readonly who: string;
  /** The setting that holds the key. */
  readonly keySetting: string;
  /** What makes a quality, unless a setting names another model. */
  readonly usualModels: Readonly<Record<Quality, string>>;
  /** Whether a clip in the making can be stopped. */
  readonly canCancel: boolean;
  /** Whether it keeps request and clip until it is told to forget them. */
  readonly keepsCopies: boolean;
  /** Where it is asked. A model that is gone at one address may be there at another. */
  baseUrl(settings: ProviderSettings): string;
  /** Names of the settings that it needs and that are not set. */
  missing(settings: ProviderSettings): readonly string[];
  /** @throws ServiceError `not_configured` when something is missing */
  open(settings: ProviderSettings, fetch: typeof globalThis.fetch): VideoModel;
}

export type ProviderSettings = Pick<Settings, "gemini" | "openai" | "vertex">;

/** What the providers share that a key of the Gemini API opens. */
const withGeminiKey = {
  keySetting: "GEMINI_API_KEY",
  baseUrl: ({ gemini }: ProviderSettings) => gemini.baseUrl,
  missing: ({ gemini }: ProviderSettings) => gemini.apiKey ? [] : ["GEMINI_API_KEY"],
};

export const providerRows: Readonly<Record<Provider, ProviderRow>> = {
  gemini: {
    ...withGeminiKey,
    who: "Veo",
    usualModels: { high: "veo-3.1-generate-preview", standard: "veo-3.1-fast-generate-preview" },
    ...{ canCancel: false, keepsCopies: false },
    open: (settings, fetch) => createGeminiVeo({ ...upstreamSettings(settings, "gemini"), fetch }),
  },
  vertex: {
    who: "Veo",
    keySetting: "VERTEX_SERVICE_ACCOUNT",
    usualModels: { high: "veo-3.1-generate-001", standard: "veo-3.1-fast-generate-001" },
    ...{ canCancel: false, keepsCopies: false },
    baseUrl: ({ vertex }) => vertex.baseUrl,
    missing: ({ vertex }) => {
      if (!vertex.account) return ["VERTEX_SERVICE_ACCOUNT"];
      return vertex.project ? [] : ["VERTEX_PROJECT"];
    },
    open: (settings, fetch) => createVertexVeo({ ...vertexSettings(settings), fetch }),
  },
  omni: {
    ...withGeminiKey,
    who: "Gemini Omni",
    usualModels: { high: "gemini-omni-1.1-flash", standard: "gemini-omni-1.1-flash" },
    // An interaction is kept for 55 days (1 day without billing).
    ...{ canCancel: true, keepsCopies: true },
    open: (settings, fetch) => createOmni({ ...upstreamSettings(settings, "gemini"), fetch, wait }),
  },
};

export function isConfigured(provider: Provider, settings: ProviderSettings): boolean {
  return providerRows[provider].missing(settings).length === 0;
}
