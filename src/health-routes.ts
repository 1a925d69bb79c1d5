/** `GET /health`: what is configured and what is missing, by name, never a value. */
import { Hono } from "hono";
import { missingSettings, readSettings } from "./env.ts";
import { methodNotAllowed } from "./method-not-allowed.ts";

export const healthRoutes = new Hono<{ Bindings: Env }>()
  .get("/", (context) => {
    const settings = readSettings(context.env);
    return context.json(
      {
        ok: true,
        sandbox: settings.sandbox,
        configured: {
          GEMINI_API_KEY: settings.gemini.apiKey !== undefined,
          OPENAI_API_KEY: settings.openai.apiKey !== undefined,
        },
        missing: missingSettings(settings),
      },
      200,
      { "Cache-Control": "no-store" },
    );
  })
  .all("/", methodNotAllowed("GET, HEAD"));
