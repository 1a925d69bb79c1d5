/** The stand-in's routes: all upstreams and the controls, with or without the prefix of the Worker they are mounted in. */
import { Hono, type MiddlewareHandler } from "hono";
import { controlRoutes } from "./control.ts";
import { geminiRoutes } from "./gemini.ts";
import { oauthRoutes } from "./oauth.ts";
import { openaiRoutes } from "./openai.ts";
import { refuseConnections } from "./refuse-connection.ts";
import type { Sandbox } from "./sandbox.ts";
import { vertexRoutes } from "./vertex.ts";

export function createSandboxApp(sandbox: Sandbox) {
  const routes = new Hono()
    .use(withRequestId)
    .use("/openai/*", refuseConnections(sandbox))
    .use("/gemini/*", refuseConnections(sandbox))
    .use("/vertex/*", refuseConnections(sandbox))
    .use("/oauth/*", refuseConnections(sandbox))
    .route("/openai/v1", openaiRoutes(sandbox))
    .route("/gemini", geminiRoutes(sandbox))
    .route("/vertex", vertexRoutes(sandbox))
    .route("/oauth", oauthRoutes(sandbox))
    .route("/control", controlRoutes(sandbox));
  return new Hono()
    .route("/", routes)
    .route("/sandbox", routes)
    // A broken connection has to reach the caller as one.
    .onError((error) => {
      throw error;
    });
}

/** Every upstream names its answers, for whoever asks its support; it is nothing to pass on. */
const withRequestId: MiddlewareHandler = async (context, next) => {
  await next();
  context.res.headers.set("x-request-id", `req_sandbox${crypto.randomUUID().replaceAll("-", "")}`);
};
