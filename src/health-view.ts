/** What is configured and what is missing, as a client sees it: names, never values. */
import { z } from "zod";
import { modelViewSchema } from "./task/offer-view.ts";
import { providers } from "./video-provider.ts";

export const healthSchema = z.object({
  ok: z.literal(true),
  sandbox: z.boolean(),
  video_provider: z.enum(["auto", ...providers]),
  model_fallback: z.enum(["allow", "refuse"]),
  /** Whether each setting has a value that can be used. */
  configured: z.object({
    GEMINI_API_KEY: z.boolean(),
    OPENAI_API_KEY: z.boolean(),
    VERTEX_SERVICE_ACCOUNT: z.boolean(),
    VERTEX_STORAGE_URI: z.boolean(),
    API_KEYS: z.boolean(),
    DAILY_BUDGET_USD: z.boolean(),
    WEBHOOK_SECRET: z.boolean(),
  }),
  missing: z.array(z.string()),
  models: z.array(modelViewSchema),
});

export type Health = z.infer<typeof healthSchema>;
