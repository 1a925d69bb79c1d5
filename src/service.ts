/** The service: its routes and its one error boundary. A table of contents. */
import { Hono } from "hono";
import { answerNotFound, answerProblem } from "./answer-problem.ts";
import { healthRoutes } from "./health-routes.ts";
import type { ServiceDependencies } from "./service-dependencies.ts";
import { createTaskRoutes } from "./task/create-routes.ts";
import { offerRoutes } from "./task/offer-routes.ts";
import { reviewRoutes } from "./task/review-routes.ts";
import { statusRoutes } from "./task/status-routes.ts";
import { mediaRoutes } from "./video/media-routes.ts";

export function createService(dependencies: ServiceDependencies) {
  return new Hono<{ Bindings: Env }>()
    .route("/health", healthRoutes(dependencies))
    .route("/veo31", createTaskRoutes(dependencies))
    .route("/veo31", offerRoutes(dependencies))
    .route("/veo31/status", statusRoutes)
    .route("/veo31/tasks", reviewRoutes)
    .route("/veo31/media", mediaRoutes)
    .notFound(answerNotFound)
    .onError(answerProblem);
}
