/** What this deployment can do and what it would cost. */
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { answer, notStored } from "../answers.ts";
import { capabilities, estimate, health } from "../examples/offers.ts";
import { wishes } from "../examples/requests.ts";
import { openProblems, problems, writeProblems } from "../problems.ts";

export const offerPaths: ZodOpenApiPathsObject = {
  "/veo31/estimate": {
    post: {
      operationId: "estimate",
      tags: ["Offer"],
      summary: "What a video would cost, before anything is sent",
      description: "Takes the fields of an order without its references. Nothing is stored or paid.",
      requestBody: {
        required: false,
        content: Object.fromEntries(
          ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"].map((type) => [type, {
            schema: { $ref: "#/components/schemas/Wishes" },
            examples: { long_square: { summary: "Half a minute, square", value: wishes } },
          }]),
        ),
      },
      responses: {
        "200": answer("Plan, cost and time.", "Estimate", {
          usual: { summary: "The usual video", value: estimate },
        }, notStored),
        ...problems("payload_too_large", "unsupported_media_type", "invalid_input"),
        ...writeProblems,
      },
    },
  },
  "/veo31/capabilities": {
    get: {
      operationId: "getCapabilities",
      tags: ["Offer"],
      summary: "What this deployment can do now",
      description: "Needs no key: a page asks for it before it has one.",
      security: [],
      responses: {
        "200": answer("Models, lengths, ratios, limits, prices.", "Capabilities", {
          usual: { summary: "A deployment with both upstreams", value: capabilities },
        }, notStored),
        ...openProblems,
      },
    },
  },
  "/health": {
    get: {
      operationId: "getHealth",
      tags: ["Deployment"],
      summary: "What is configured and what is missing",
      description: "By name, never a value. Also tells which models answer.",
      security: [],
      responses: {
        "200": answer("The service answers.", "Health", {
          usual: { summary: "A deployment with both upstreams", value: health },
        }, notStored),
        ...openProblems,
      },
    },
  },
};
