/** From a request to the task it starts, or to everything that is wrong with it. Pure. */
import { type FieldProblem, ServiceError } from "../errors.ts";
import { videoField, videoUrlField } from "../references/fields.ts";
import { type Intake, type OrderKnowledge, plansOfSuccessors, readOrder, type Way, withFirst } from "./intake.ts";
import { analystOf } from "./missing-settings.ts";
import type { TaskStart } from "./state.ts";
import { analysedByGeminiWarning, choiceWarnings, planWarnings, referenceWarnings } from "./warnings.ts";

/** The deployment, as far as it matters to a new task. */
export interface Deployment extends OrderKnowledge {
  /** Whether it has Cloudflare Media Transformations. */
  readonly transformsSquares: boolean;
}

/** Who the task is and whose. */
export type TaskIdentity = Pick<TaskStart, "task_id" | "media_secret" | "owner" | "fingerprint">;

/** @throws ServiceError with everything wrong with the request */
export function startOf(
  intake: Intake,
  way: Pick<Way, "referenceFields">,
  identity: TaskIdentity,
  deployment: Deployment,
): TaskStart {
  const { settings } = deployment;
  const order = readOrder(intake.fields, way.referenceFields, deployment);
  const problems = withFirst(intake.problems, [...videoProblems(intake, way, deployment), ...order.problems]);
  if (!order.ok || problems.length > 0) throw ServiceError.ofProblems(problems);
  const analyst = analystOf(settings) ?? "openai";
  return {
    ...identity,
    sandbox: settings.sandbox,
    request: order.request,
    plan: order.plan,
    successors: plansOfSuccessors(order.request, order.choice),
    // Where a successor is only missing, the model itself has the last word: a probe may err.
    is_model_retired: order.choice.state === "retired" && settings.modelFallback === "refuse",
    analyst,
    images: [...intake.images],
    video: intake.video,
    callback: intake.callback,
    warnings: [
      ...choiceWarnings(order.choice),
      ...(analyst === "gemini" ? [analysedByGeminiWarning] : []),
      ...planWarnings(order.plan, order.request.quality, deployment.transformsSquares),
      ...referenceWarnings(intake.images),
    ],
    retention_days: settings.retentionDays,
  };
}

/** Only Gemini can watch a video. */
function videoProblems({ video }: Intake, way: Pick<Way, "referenceFields">, { settings }: Deployment): FieldProblem[] {
  if (!video || settings.gemini.apiKey) return [];
  const field = way.referenceFields.includes(videoField) ? videoField : videoUrlField;
  const message = "This deployment cannot watch a video before GEMINI_API_KEY is set. Send the pictures alone.";
  return [{ field, code: "not_configured", message }];
}
