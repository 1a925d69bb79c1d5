/**
 * The pages and the description of the API: files, whatever the settings are. The Worker comes before them only to say in
 * the service's own words which methods they take.
 */
import { type Context, Hono } from "hono";
import { safeHeaders } from "./access/answer-headers.ts";
import type { ServiceEnvironment } from "./access/caller.ts";
import { otherMethods } from "./other-methods.ts";

const paths = ["/", "/docs", "/openapi.json"];

const file = ({ env, req }: Context<ServiceEnvironment>) => env.ASSETS.fetch(req.raw);

export const pageRoutes = new Hono<ServiceEnvironment>()
  .on("GET", paths, file)
  .on(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"], paths, safeHeaders, otherMethods("GET, HEAD"));
