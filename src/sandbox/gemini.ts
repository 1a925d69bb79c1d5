/** The Gemini API's routes, played. */
import { Hono } from "hono";
import { accept, answerCall, refuse } from "./answer-call.ts";
import { downloadClip } from "./gemini-download.ts";
import { deleteFile, readFile, receiveBytes, startUpload } from "./gemini-files.ts";
import { generateContent } from "./gemini-generate.ts";
import { readOperation } from "./gemini-veo.ts";
import { googleError, missingGoogleKey, retiredModel } from "./google-errors.ts";
import { cancelInteraction, deleteInteraction } from "./omni-end.ts";
import { readInteraction } from "./omni-read.ts";
import { omniModels } from "./omni-rules.ts";
import { createInteraction } from "./omni-submit.ts";
import type { Sandbox } from "./sandbox.ts";
import { veoModels } from "./veo-rules.ts";
import { startOperation } from "./veo-submit.ts";

const understandingModels = [
  "gemini-3.8-flash",
  "gemini-3.5-flash-lite",
  "gemini-3.1-pro-preview",
  "gemini-4-argon",
];

/** Which method each model has. */
const methodByModel = new Map<string, string>([
  ...understandingModels.map((model): [string, string] => [model, "generateContent"]),
  ...veoModels.map((model): [string, string] => [model, "predictLongRunning"]),
  ...[...omniModels.keys()].map((model): [string, string] => [model, "createInteraction"]),
]);

const version = ":version{v1|v1beta}";

export function geminiRoutes(sandbox: Sandbox) {
  return new Hono()
    .use(async ({ req }, next) => {
      // The address for an upload's bytes is itself the permission to send them.
      const isOpen = req.header("x-goog-api-key") || req.query("key") || req.query("upload_id");
      return isOpen ? await next() : missingGoogleKey();
    })
    .post(`/upload/${version}/files`, ({ req }) => {
      const id = req.query("upload_id");
      return id === undefined ? startUpload(sandbox, req.raw) : receiveBytes(sandbox, req.raw, id);
    })
    .get(`/${version}/models`, () => listModels(sandbox))
    .get(`/${version}/models/:model`, ({ req }) => readModel(sandbox, req.param("model")))
    .post(`/${version}/models/:target`, ({ req }) => {
      const [model = "", method = ""] = req.param("target").split(":");
      const refusal = findModelProblem(sandbox, model, method);
      if (refusal) return refuseModel(sandbox, model, method, refusal);
      const run = method === "generateContent" ? generateContent : startOperation;
      return run(sandbox, req.raw, model);
    })
    .get(`/${version}/models/:model/operations/:id`, ({ req }) => {
      return readOperation(sandbox, req.raw, req.param("model"), req.param("id"));
    })
    .post(`/${version}/interactions`, ({ req }) => createInteraction(sandbox, req.raw))
    .get(`/${version}/interactions/:id`, ({ req }) => readInteraction(sandbox, req.raw, req.param("id")))
    .post(`/${version}/interactions/:id/cancel`, ({ req }) => cancelInteraction(sandbox, req.param("id")))
    .delete(`/${version}/interactions/:id`, ({ req }) => deleteInteraction(sandbox, req.param("id")))
    .get(`/${version}/files/:target`, ({ req }) => readOrDownload(sandbox, req.raw, req.param("target")))
    .get(`/download/${version}/files/:target`, ({ req }) => readOrDownload(sandbox, req.raw, req.param("target")))
    .delete(`/${version}/files/:id`, ({ req }) => deleteFile(sandbox, req.param("id")))
    .notFound(() => googleError("NOT_FOUND", "Requested entity was not found."));
}

function readOrDownload(sandbox: Sandbox, request: Request, target: string): Promise<Response> {
  const [id = "", verb] = target.split(":");
  return verb === "download" ? downloadClip(sandbox, request, id) : readFile(sandbox, request, id);
}

function findModelProblem(sandbox: Sandbox, model: string, method: string): Response | undefined {
  if (sandbox.settings.retiredModels.includes(model)) return retiredModel(model);
  if (model.startsWith("gemini-omni-")) {
    return googleError("INVALID_ARGUMENT", "This model only supports Interactions API.");
  }
  if (methodByModel.get(model) === method) return undefined;
  return googleError(
    "NOT_FOUND",
    `models/${model} is not found for API version v1beta, or is not supported for ${method}. ` +
      "Call ListModels to see the list of available models and their supported methods.",
  );
}

function refuseModel(sandbox: Sandbox, model: string, method: string, refusal: Response): Promise<Response> {
  const name = method === "predictLongRunning" ? "submit" : "video_analysis";
  return answerCall(sandbox, { wire: "google", name, model, detail: null }, () => refuse(refusal));
}

function listModels(sandbox: Sandbox): Promise<Response> {
  return answerCall(sandbox, { wire: "google", name: "models", model: null, detail: null }, () => {
    const { retiredModels } = sandbox.settings;
    const names = [...methodByModel.keys()].filter((model) => !retiredModels.includes(model));
    return accept(Response.json({ models: names.map(presentModel) }));
  });
}

function readModel(sandbox: Sandbox, model: string): Promise<Response> {
  return answerCall(sandbox, { wire: "google", name: "models", model, detail: null }, () => {
    if (sandbox.settings.retiredModels.includes(model)) return refuse(retiredModel(model));
    if (!methodByModel.has(model)) return refuse(googleError("NOT_FOUND", `Model models/${model} was not found.`));
    return accept(Response.json(presentModel(model)));
  });
}

function presentModel(model: string) {
  return {
    name: `models/${model}`,
    displayName: `${model} (sandbox)`,
    supportedGenerationMethods: [methodByModel.get(model)],
  };
}
