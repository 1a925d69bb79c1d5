/** `GET /health`: what is configured and what is missing, by name, never a value; and which models answer. */
import { Hono } from "hono";
import type { ServiceEnvironment } from "./access/caller.ts";
import { isTooFar } from "./access/local-only.ts";
import type { Settings } from "./env.ts";
import type { Health } from "./health-view.ts";
import { otherMethods } from "./other-methods.ts";
import type { ServiceDependencies } from "./service-dependencies.ts";
import { missingSettings } from "./task/missing-settings.ts";
import { modelsNow } from "./task/models-now.ts";
import { presentModel } from "./task/present-model.ts";
import { modelOffers } from "./veo/capabilities.ts";
import { modelsInReach } from "./veo/choose-model.ts";
import { isConfigured } from "./veo/providers.ts";

export function healthRoutes({ fetch }: ServiceDependencies) {
  return new Hono<ServiceEnvironment>()
    .get("/", async (context) => {
      const knowledge = await modelsNow(context, fetch);
      const { settings } = knowledge;
      const models = modelsInReach(modelOffers, settings).map((offer) => presentModel(offer, knowledge));
      const health: Health = {
        ok: true,
        sandbox: settings.sandbox,
        ...presentSettings(settings),
        missing: [...missingSettings(settings), ...missingKeys(context.req.raw, settings)],
        models,
      };
      return context.json(health, 200, { "Cache-Control": "no-store" });
    })
    .all("/", otherMethods("GET, HEAD"));
}

function presentSettings(settings: Settings) {
  return {
    video_provider: settings.videoProvider,
    model_fallback: settings.modelFallback,
    configured: {
      GEMINI_API_KEY: settings.gemini.apiKey !== undefined,
      OPENAI_API_KEY: settings.openai.apiKey !== undefined,
      VERTEX_SERVICE_ACCOUNT: isConfigured("vertex", settings),
      VERTEX_STORAGE_URI: settings.vertex.storageUri !== null,
      API_KEYS: settings.apiKeys !== null,
      DAILY_BUDGET_USD: settings.dailyBudgetUsd !== null,
      WEBHOOK_SECRET: settings.webhookSecrets.length > 0,
    },
  };
}

/** Told to whoever the deployment does not answer for want of them. */
function missingKeys(request: Request, settings: Settings): string[] {
  return settings.apiKeys === null && isTooFar(request, settings) ? ["API_KEYS"] : [];
}
