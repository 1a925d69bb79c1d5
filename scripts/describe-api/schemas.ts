/** The schemas that the service validates and answers with, by their names in the description. */
import type { CreateDocumentOptions } from "zod-openapi";
import { imageAnalysisSchema, mergedAnalysisSchema, videoAnalysisSchema } from "../../src/analysis/schema.ts";
import { budgetViewSchema } from "../../src/budget/budget-view.ts";
import { healthSchema } from "../../src/health-view.ts";
import { problemSchema } from "../../src/problem-view.ts";
import { capabilitiesSchema, estimateSchema, modelViewSchema } from "../../src/task/offer-view.ts";
import { planViewSchema } from "../../src/task/plan-view.ts";
import { acceptedRequestSchema } from "../../src/task/request.ts";
import { taskErrorSchema, waitingSchema, warningSchema } from "../../src/task/status.ts";
import { taskViewSchema, webhookViewSchema } from "../../src/task/view.ts";
import { webhookEventSchema } from "../../src/task/webhook-event-view.ts";

/** What the service answers with. */
export const answerSchemas = {
  Task: taskViewSchema,
  AcceptedRequest: acceptedRequestSchema,
  Plan: planViewSchema,
  ImageAnalysis: imageAnalysisSchema,
  VideoAnalysis: videoAnalysisSchema,
  MergedAnalysis: mergedAnalysisSchema,
  Waiting: waitingSchema,
  Warning: warningSchema,
  Webhook: webhookViewSchema,
  WebhookEvent: webhookEventSchema,
  TaskError: taskErrorSchema,
  Estimate: estimateSchema,
  Budget: budgetViewSchema,
  Capabilities: capabilitiesSchema,
  Model: modelViewSchema,
  Health: healthSchema,
  Problem: problemSchema,
};

/**
 * What zod says and nobody needs: the calendar as a pattern beside `date-time`, and how large a number can be in
 * JavaScript. What is new in an answer must not break a client, so that other members are not excluded. A record that has
 * all its keys is an object like any other.
 */
export const plainly: NonNullable<CreateDocumentOptions["override"]> = ({ jsonSchema, zodSchema, io }) => {
  if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (io === "output" && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  const { additionalProperties: value, required } = jsonSchema;
  if (zodSchema._zod.def.type !== "record" || !required || typeof value !== "object") return;
  jsonSchema.properties = Object.fromEntries(required.map((name: string) => [name, structuredClone(value)]));
  delete jsonSchema.additionalProperties;
  delete jsonSchema.propertyNames;
};
