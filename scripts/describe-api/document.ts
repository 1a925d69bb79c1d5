/** The description of the whole API: OpenAPI 3.1, made of the schemas that the service validates and answers with. */
import { createDocument } from "zod-openapi";
import project from "../../package.json" with { type: "json" };
import { addWords, type Worded } from "./add-words.ts";
import { headers } from "./headers.ts";
import { about, tags } from "./about.ts";
import { parameters } from "./parameters.ts";
import { agentPaths } from "./paths/agents.ts";
import { decidePaths } from "./paths/decide.ts";
import { followPaths } from "./paths/follow.ts";
import { mediaPaths } from "./paths/media.ts";
import { offerPaths } from "./paths/offer.ts";
import { startPaths } from "./paths/start.ts";
import { sharedResponses } from "./problems.ts";
import { requestSchemas } from "./requests.ts";
import { answerSchemas, plainly } from "./schemas.ts";
import { analysisWords } from "./words/analysis.ts";
import { offerWords } from "./words/offers.ts";
import { requestWords } from "./words/requests.ts";
import { webhooks } from "./webhooks.ts";
import { taskWords } from "./words/task.ts";

const words = { ...requestWords, ...taskWords, ...analysisWords, ...offerWords };

export interface Description extends Worded {
  readonly document: ReturnType<typeof createDocument>;
}

/** @returns the document, and what it says nothing about */
export function describeApi(): Description {
  const document = createDocument(
    {
      openapi: "3.1.1",
      info: { title: "Veo 3.1 from reference pictures", version: project.version, ...about },
      servers: [{ url: "/", description: "This deployment" }],
      security: [{}, { key: [] }],
      tags,
      paths: { ...startPaths, ...followPaths, ...decidePaths, ...offerPaths, ...mediaPaths, ...agentPaths },
      webhooks,
      components: {
        schemas: { ...answerSchemas, ...requestSchemas },
        responses: sharedResponses,
        headers,
        parameters,
        securitySchemes: {
          key: {
            type: "http",
            scheme: "bearer",
            description: "One of the deployment's API_KEYS. A deployment without any, such as the sandbox, needs none.",
          },
        },
      },
    },
    { override: plainly },
  );
  return { document, ...addWords(document.components?.schemas ?? {}, words) };
}
