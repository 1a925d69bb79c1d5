/** Vertex AI's routes for Veo, and those of Cloud Storage where it puts its clips, played. */
import { Hono, type MiddlewareHandler } from "hono";
import { findTokenProblem } from "./access-token.ts";
import { accept, answerCall, refuse } from "./answer-call.ts";
import { googleError } from "./google-errors.ts";
import { callsAt } from "./refuse-connection.ts";
import type { Sandbox } from "./sandbox.ts";
import { readObject } from "./vertex-storage.ts";
import { readPrediction } from "./vertex-poll.ts";
import { type PublisherModel, publisherModelName, vertexModels } from "./vertex-model.ts";
import { startPrediction } from "./vertex-submit.ts";

const version = ":version{v1|v1beta1}";
const models = `/${version}/projects/:project/locations/:location/publishers/google/models`;
const object = "/storage/v1/b/:bucket/o/:object";

export function vertexRoutes(sandbox: Sandbox) {
  return new Hono()
    .use(requireToken(sandbox))
    .get(`/${version}/publishers/google/models/:model`, ({ req }) => {
      return readModel(sandbox, { project: null, location: null, model: req.param("model") });
    })
    .get(`${models}/:model`, ({ req }) => readModel(sandbox, req.param()))
    .post(`${models}/:target`, ({ req }) => {
      const { project, location, target } = req.param();
      const [model = "", method = ""] = target.split(":");
      const asked = { project, location, model };
      if (method === "predictLongRunning") {
        return isMissing(sandbox, asked) ? refuseSubmit(sandbox, asked) : startPrediction(sandbox, req.raw, asked);
      }
      return method === "fetchPredictOperation" ? readPrediction(sandbox, req.raw, asked) : unknownAddress();
    })
    .get(object, ({ req }) => readObject(sandbox, req.raw, req.param("bucket"), req.param("object")))
    .get(`/download${object}`, ({ req }) => readObject(sandbox, req.raw, req.param("bucket"), req.param("object")))
    .notFound(unknownAddress);
}

/** The ledger has a call whose token is not good, too: it tells whether a client renews it. */
function requireToken(sandbox: Sandbox): MiddlewareHandler {
  return async ({ req }, next) => {
    const now = sandbox.now();
    const refusal = findTokenProblem(req.header("authorization") ?? null, now);
    if (!refusal) return await next();
    const [call = "models"] = callsAt(req.raw);
    sandbox.ledger.record({ at: now, call, model: null, accepted: false, fault: null, status: 401, detail: null });
    return refusal;
  };
}

/** Veo is at one location only. */
const veoLocation = "us-central1";

function isMissing(sandbox: Sandbox, { location, model }: PublisherModel): boolean {
  const isThere = vertexModels.includes(model) && !sandbox.settings.retiredModels.includes(model);
  return !isThere || location !== null && location !== veoLocation;
}

function missingModel(asked: PublisherModel): Response {
  return googleError(
    "NOT_FOUND",
    `Publisher Model \`${publisherModelName(asked)}\` was not found or your project does not have access to it. ` +
      "Please ensure you are using a valid model version.",
  );
}

function refuseSubmit(sandbox: Sandbox, asked: PublisherModel): Promise<Response> {
  const call = { wire: "google", name: "submit", model: asked.model, detail: null } as const;
  return answerCall(sandbox, call, () => refuse(missingModel(asked)));
}

function readModel(sandbox: Sandbox, asked: PublisherModel): Promise<Response> {
  const call = { wire: "google", name: "models", model: asked.model, detail: null } as const;
  return answerCall(sandbox, call, () => {
    if (isMissing(sandbox, asked)) return refuse(missingModel(asked));
    const launchStage = asked.model.includes("-lite-") ? "PUBLIC_PREVIEW" : "GA";
    return accept(Response.json({ name: publisherModelName(asked), versionId: "001", launchStage }));
  });
}

function unknownAddress(): Response {
  return googleError("NOT_FOUND", "The requested URL was not found on this server.");
}
