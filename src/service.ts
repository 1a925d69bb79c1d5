/** The service: its routes and its one error boundary. A table of contents. */
import { Hono } from "hono";
import { answerNotFound, answerProblem } from "./answer-problem.ts";
import { healthRoutes } from "./health-routes.ts";
import { createTaskRoutes } from "./task/create-routes.ts";
import { taskRoutes } from "./task/routes.ts";
import { mediaRoutes } from "./video/media-routes.ts";

/** What the service needs from outside, so that the sandbox and tests can give it another network. */
export interface ServiceDependencies {
  readonly fetch: typeof fetch;
}

export function createService(dependencies: ServiceDependencies) {
  return new Hono<{ Bindings: Env }>()
    .route("/health", healthRoutes)
    .route("/veo31", createTaskRoutes(dependencies))
    .route("/veo31/status", taskRoutes)
    .route("/veo31/media", mediaRoutes)
    .notFound(answerNotFound)
    .onError(answerProblem);
}
