/** `GET /veo31/capabilities`: what this deployment can do now, to be read before anything is sent. */
import { Hono } from "hono";
import type { ServiceEnvironment } from "../access/caller.ts";
import { otherMethods } from "../other-methods.ts";
import type { ServiceDependencies } from "../service-dependencies.ts";
import { modelsNow } from "./models-now.ts";
import { presentCapabilities } from "./present-capabilities.ts";

export function capabilitiesRoutes({ fetch }: ServiceDependencies) {
  return new Hono<ServiceEnvironment>()
    .get("/", async (context) => {
      return context.json(presentCapabilities(await modelsNow(context, fetch)), 200, { "Cache-Control": "no-store" });
    })
    .all("/", otherMethods("GET, HEAD"));
}
