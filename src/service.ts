/** The service: its routes and its one error boundary. A table of contents. */
import { Hono } from "hono";
import { counted, openToAll, withKey, withLink } from "./access/admission.ts";
import { rateLimitHeaders, safeHeaders } from "./access/answer-headers.ts";
import type { ServiceEnvironment } from "./access/caller.ts";
import { crossOrigin } from "./access/cross-origin.ts";
import { answerNotFound, answerProblem } from "./answer-problem.ts";
import { healthRoutes } from "./health-routes.ts";
import { mcpRoutes } from "./mcp/mcp-routes.ts";
import { pageRoutes } from "./page-routes.ts";
import type { ServiceDependencies } from "./service-dependencies.ts";
import { capabilitiesRoutes } from "./task/capabilities-routes.ts";
import { createTaskRoutes } from "./task/create-routes.ts";
import { estimateRoutes } from "./task/estimate-routes.ts";
import { reviewRoutes } from "./task/review-routes.ts";
import { statusRoutes } from "./task/status-routes.ts";
import { mediaRoutes } from "./video/media-routes.ts";

export function createService(dependencies: ServiceDependencies) {
  const service = new Hono<ServiceEnvironment>()
    .route("/", pageRoutes)
    .use(safeHeaders, crossOrigin, rateLimitHeaders)
    .use("/health", counted)
    .route("/health", healthRoutes(dependencies))
    .use("/veo31/media/*", withLink)
    .route("/veo31/media", mediaRoutes)
    .use("/veo31/capabilities", openToAll)
    .route("/veo31/capabilities", capabilitiesRoutes(dependencies))
    .use("/veo31/*", withKey)
    .route("/veo31", createTaskRoutes(dependencies))
    .route("/veo31/estimate", estimateRoutes(dependencies))
    .route("/veo31/status", statusRoutes)
    .route("/veo31/tasks", reviewRoutes)
    .notFound(answerNotFound)
    .onError(answerProblem);
  // Its tools ask the other routes.
  return service.use("/mcp", withKey).route("/mcp", mcpRoutes(service));
}
