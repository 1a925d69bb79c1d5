/** How a test or a person tells the stand-in to misbehave, and reads what it was asked. */
import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { z } from "zod";
import { faultSchema } from "./fault-script.ts";
import { resetSandbox, type Sandbox } from "./sandbox.ts";
import { latenciesSchema, limitsSchema, retiredModelsSchema } from "./settings.ts";

const retirementSchema = z.strictObject({ retired: retiredModelsSchema });

export function controlRoutes(sandbox: Sandbox) {
  return new Hono()
    .get("/faults", ({ json }) => json(sandbox.faults.list()))
    .post("/faults", zValidator("json", z.array(faultSchema)), (c) => {
      sandbox.faults.add(c.req.valid("json"));
      return c.json(sandbox.faults.list());
    })
    .delete("/faults", ({ json }) => {
      sandbox.faults.clear();
      return json([]);
    })
    .get("/latencies", ({ json }) => json(sandbox.settings.latencies))
    .post("/latencies", zValidator("json", latenciesSchema.partial()), (c) => {
      // What is not named stays as it is.
      const named = Object.entries(c.req.valid("json")).filter(([, value]) => value !== undefined);
      sandbox.settings.latencies = { ...sandbox.settings.latencies, ...Object.fromEntries(named) };
      return c.json(sandbox.settings.latencies);
    })
    .get("/limits", ({ json }) => json(sandbox.settings.limits))
    .post("/limits", zValidator("json", limitsSchema), (c) => {
      sandbox.settings.limits = c.req.valid("json");
      return c.json(sandbox.settings.limits);
    })
    .get("/models", ({ json }) => json({ retired: sandbox.settings.retiredModels }))
    .post("/models", zValidator("json", retirementSchema), (c) => {
      sandbox.settings.retiredModels = c.req.valid("json").retired;
      return c.json({ retired: sandbox.settings.retiredModels });
    })
    .get("/ledger", ({ json }) => {
      return json({ accepted_submits: sandbox.ledger.acceptedSubmits(), calls: sandbox.ledger.list() });
    })
    .get("/operations", ({ json }) => json(sandbox.operations.list()))
    .delete("/", ({ body }) => {
      resetSandbox(sandbox);
      return body(null, 204);
    });
}
