/** What can be had and what it costs, before anything is sent: `GET /veo31/capabilities` and `POST /veo31/estimate`. */
import { Hono } from "hono";
import { ServiceError } from "../errors.ts";
import { methodNotAllowed } from "../method-not-allowed.ts";
import { readUrlForm } from "../references/read-url-form.ts";
import type { ServiceDependencies } from "../service-dependencies.ts";
import { readOrder } from "./intake.ts";
import { modelsNow } from "./models-now.ts";
import { kindOf, timeFor } from "./past-times.ts";
import { pastTimesNow } from "./past-times-store.ts";
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
      const { env, req } = context;
      const fields = await readUrlForm(req.raw);
      const [knowledge, times] = await Promise.all([modelsNow(context, fetch), pastTimesNow(env.BUCKET)]);
      const order = readOrder(fields, [], knowledge);
      if (!order.ok) throw ServiceError.ofProblems(order.problems);
      const time = timeFor(times, kindOf(order.plan, knowledge.settings.sandbox), knowledge.now);
      return context.json(presentEstimate(order, env.MEDIA !== undefined, time), 200, headers);
    })
    .all("/estimate", methodNotAllowed("POST"));
}
