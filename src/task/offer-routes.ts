/** What can be had and what it costs, before anything is sent: `GET /veo31/capabilities` and `POST /veo31/estimate`. */
import { Hono } from "hono";
import { readSettings } from "../env.ts";
import { ServiceError } from "../errors.ts";
import { methodNotAllowed } from "../method-not-allowed.ts";
import { readUrlForm } from "../references/read-url-form.ts";
import { readOrder } from "./intake.ts";
import { presentCapabilities, presentEstimate } from "./present-offer.ts";

const headers = { "Cache-Control": "no-store" };

export const offerRoutes = new Hono<{ Bindings: Env }>()
  .get("/capabilities", (context) => context.json(presentCapabilities(readSettings(context.env)), 200, headers))
  .all("/capabilities", methodNotAllowed("GET, HEAD"))
  .post("/estimate", async (context) => {
    const order = readOrder(await readUrlForm(context.req.raw), [], readSettings(context.env));
    if (!order.ok) throw ServiceError.ofProblems(order.problems);
    return context.json(
      presentEstimate(order.plan, order.request.quality, context.env.MEDIA !== undefined),
      200,
      headers,
    );
  })
  .all("/estimate", methodNotAllowed("POST"));
