/** What can be had and what it costs, before anything is sent: `GET /veo31/capabilities` and `POST /veo31/estimate`. */
import { Hono } from "hono";
import { ServiceError } from "../errors.ts";
import { methodNotAllowed } from "../method-not-allowed.ts";
import { readUrlForm } from "../references/read-url-form.ts";
import type { ServiceDependencies } from "../service-dependencies.ts";
import { readOrder } from "./intake.ts";
import { modelsNow } from "./models-now.ts";
import { presentCapabilities } from "./present-capabilities.ts";
import { presentEstimate } from "./present-estimate.ts";

const headers = { "Cache-Control": "no-store" };

export function offerRoutes({ fetch }: ServiceDependencies) {
  return new Hono<{ Bindings: Env }>()
    .get("/capabilities", async (context) => {
      return context.json(presentCapabilities(await modelsNow(context, fetch)), 200, headers);
    })
    .all("/capabilities", methodNotAllowed("GET, HEAD"))
    .post("/estimate", async (context) => {
      const order = readOrder(await readUrlForm(context.req.raw), [], await modelsNow(context, fetch));
      if (!order.ok) throw ServiceError.ofProblems(order.problems);
      return context.json(presentEstimate(order, context.env.MEDIA !== undefined), 200, headers);
    })
    .all("/estimate", methodNotAllowed("POST"));
}
