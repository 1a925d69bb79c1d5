import { describe, expect, it } from "vitest";
import { NotSentError, sendStream } from "../../src/upstream/send-stream.ts";
import { keys, openTestSandbox, type TestSandbox } from "../support/sandbox.ts";
import {
  analysePath,
  clipRequest,
  imageQuestion,
  interactionsPath,
  jsonFormat,
  omniRequest,
  submitPath,
  vertexPath,
  vertexRequest,
} from "../support/sandbox-requests.ts";
import { imageAnalysisSchema } from "../../src/analysis/schema.ts";

/** Sends a body piece by piece, as the service sends its pictures. */
function stream(sandbox: TestSandbox, path: string, body: unknown): Promise<Response> {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const half = Math.floor(bytes.byteLength / 2);
  async function* pieces() {
    for (const piece of [bytes.slice(0, half), bytes.slice(half, -1), bytes.slice(-1)]) yield piece;
  }
  const fetch = (_: RequestInfo | URL, init?: RequestInit) => sandbox.fetch(path, init);
  const headers = { ...keys, "content-type": "application/json" };
  return sendStream(fetch, path, { method: "POST", headers }, { bytes: bytes.byteLength, pieces });
}

const filePath = "/gemini/v1beta/files/abc";

describe("a refused connection", () => {
  it.each([
    ["submit", submitPath(), clipRequest()],
    ["image_analysis", "/openai/v1/responses", imageQuestion()],
    ["video_analysis", analysePath, {}],
    ["file_upload", "/gemini/upload/v1beta/files", {}],
    ["file_bytes", "/gemini/upload/v1beta/files?upload_id=abc", {}],
    ["submit", vertexPath("predictLongRunning"), vertexRequest()],
    ["poll", vertexPath("fetchPredictOperation"), {}],
    ["token", "/oauth/token", {}],
    ["submit", interactionsPath, omniRequest()],
    ["cancel", `${interactionsPath}/v1_abc/cancel`, {}],
  ])("takes nothing of the body: %s", async (call, path, body) => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call, fault: "refused" });
    await expect(stream(sandbox, path, body)).rejects.toThrow(NotSentError);
    expect(await sandbox.ledger()).toMatchObject({
      accepted_submits: 0,
      calls: [{ call, accepted: false, fault: "refused", status: null }],
    });
  });

  it("is not one that breaks before the call is taken: that one has read it", async () => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call: "submit", fault: "reset_before" });
    await expect(stream(sandbox, submitPath(), clipRequest())).rejects.not.toThrow(NotSentError);
  });

  it.each([
    ["poll", "GET", "/gemini/v1beta/models/veo/operations/abc"],
    ["download", "GET", `${filePath}:download?alt=media`],
    ["file_status", "GET", filePath],
    ["file_delete", "DELETE", filePath],
    ["models", "GET", "/gemini/v1beta/models"],
    ["models", "GET", "/vertex/v1/publishers/google/models/veo-3.1-generate-001"],
    ["download", "GET", "/vertex/storage/v1/b/sandbox/o/veo%2Fabc%2Fsample_0.mp4?alt=media"],
    ["poll", "GET", `${interactionsPath}/v1_abc`],
    ["forget", "DELETE", `${interactionsPath}/v1_abc`],
  ])("can be that of a call without a body: %s", async (call, method, path) => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call, fault: "refused" });
    await expect(sandbox.fetch(path, { method, headers: keys })).rejects.toThrow();
    await expect(sandbox.fetch(path, { method, headers: keys })).resolves.toBeInstanceOf(Response);
    expect((await sandbox.ledger()).calls.map(({ call, fault }) => ({ call, fault }))).toEqual([
      { call, fault: "refused" },
      { call, fault: null },
    ]);
  });

  it("hits whatever is asked of OpenAI, because only the body names the call", async () => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call: "prompt", fault: "refused" });
    await expect(stream(sandbox, "/openai/v1/responses", imageQuestion())).rejects.toThrow(NotSentError);
  });

  it("lets as many calls at the same address pass first as it is told to", async () => {
    const sandbox = await openTestSandbox();
    await sandbox.post("/control/faults", [{ call: "prompt", fault: "refused", after: 1 }]);
    const prompt = imageQuestion({ text: jsonFormat("video_prompt", imageAnalysisSchema) });
    expect((await stream(sandbox, "/openai/v1/responses", imageQuestion())).status).toBe(200);
    await expect(stream(sandbox, "/openai/v1/responses", prompt)).rejects.toThrow(NotSentError);
  });

  it("cannot wait for a prompt, which it does not see", async () => {
    const sandbox = await openTestSandbox();
    const faults = [{ call: "submit", fault: "refused", prompt_contains: "ring" }];
    expect((await sandbox.post("/control/faults", faults)).status).toBe(400);
  });
});
