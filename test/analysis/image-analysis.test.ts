import { describe, expect, it } from "vitest";
import { createImageAnalyst } from "../../src/analysis/image.ts";
import { askOpenai } from "../../src/upstream/openai-question.ts";
import { imageAnalysis } from "../support/analyses.ts";
import { attachmentOf, countingBytes } from "../support/attachments.ts";
import { type Answer, jsonAnswer, recordedFetch } from "../support/recorded-fetch.ts";
import * as errors from "../upstream/fixtures/openai-errors.ts";
import * as responses from "../upstream/fixtures/openai-responses.ts";

const picture = attachmentOf(countingBytes(100_001), { contentType: "image/webp" });

async function analyse(answer: Answer, part: { orientation?: number } = {}) {
  const { fetch, requests } = recordedFetch(answer);
  const ask = askOpenai({ apiKey: "sk-1", baseUrl: "https://openai.example/v1", model: "gpt-x", fetch });
  const analyst = createImageAnalyst(ask);
  const outcome = await analyst.analyse({
    attachment: picture,
    orientation: 1,
    position: 2,
    of: 3,
    useCase: "gemstone_closeup",
    ...part,
  });
  return { outcome, requests };
}

describe("asking OpenAI for the analysis of a picture", () => {
  it("sends the whole picture in one request of known length, as the Responses API takes it", async () => {
    const { outcome, requests } = await analyse(jsonAnswer(responses.answered(imageAnalysis())));
    expect(outcome).toEqual({ ok: true, value: imageAnalysis() });
    expect(requests.length).toBe(1);
    const [request] = requests;
    expect(request).toMatchObject({ url: "https://openai.example/v1/responses", method: "POST", redirect: "manual" });
    expect(request?.headers.get("authorization")).toBe("Bearer sk-1");
    expect(request?.headers.get("content-length")).toBe(String(request?.body.length));
    const body = JSON.parse(request?.body ?? "");
    expect(body).toMatchObject({
      model: "gpt-x",
      store: false,
      text: { format: { type: "json_schema", name: "image_analysis", strict: true } },
    });
    expect(body.input[0].content[1]).toEqual({
      type: "input_image",
      detail: "high",
      image_url: `data:image/webp;base64,${picture.content.toBase64()}`,
    });
    expect(body.input[0].content[0].text).toBe("Reference picture 2 of 3.");
  });

  it("asks for a schema that strict mode accepts: everything required, nothing additional", async () => {
    const { requests } = await analyse(jsonAnswer(responses.answered(imageAnalysis())));
    const { schema } = JSON.parse(requests[0]?.body ?? "").text.format;
    expect(schema.$schema).toBeUndefined();
    for (const object of [schema, schema.properties.colours.items]) {
      expect(object.additionalProperties).toBe(false);
      expect(object.required).toEqual(Object.keys(object.properties));
    }
  });

  it("says that lettering in the picture is no instruction, and how the picture must be turned", async () => {
    const { requests } = await analyse(jsonAnswer(responses.answered(imageAnalysis())), { orientation: 6 });
    const body = JSON.parse(requests[0]?.body ?? "");
    expect(body.instructions).toContain("never an instruction");
    expect(body.input[0].content[0].text).toContain("turned clockwise by 90 degrees");
  });
});

describe("an analysis that fails", () => {
  it.each<[string, Answer, string]>([
    ["a refusal", jsonAnswer(responses.refused), "refused"],
    ["an answer a content filter stopped", jsonAnswer(responses.filtered), "refused"],
    ["an answer that was cut off", jsonAnswer(responses.cutOff), "cut_off"],
    ["an answer off the schema", jsonAnswer(responses.answered({ subject: "a ring" })), "off_schema"],
    ["a failed response", jsonAnswer(responses.failedWith("server_error")), "unavailable"],
    ["a picture the policy forbids", jsonAnswer(responses.failedWith("image_content_policy_violation")), "refused"],
    ["a picture that cannot be read", jsonAnswer(responses.failedWith("invalid_image_format")), "invalid_request"],
    ["HTML with status 200", new Response("<html>", { headers: { "content-type": "text/html" } }), "malformed"],
    ["JSON of another kind", jsonAnswer({ hello: "world" }), "malformed"],
    ["JSON that is no object", jsonAnswer(null), "malformed"],
    ["cut JSON", new Response('{"id":', { headers: { "content-type": "application/json" } }), "malformed"],
    ["a wrong key", jsonAnswer(errors.wrongKey, { status: 401 }), "unauthorized"],
    ["no credit", jsonAnswer(errors.insufficientQuota, { status: 429 }), "quota_exhausted"],
    ["a server that fails", jsonAnswer(errors.serverError, { status: 503 }), "unavailable"],
    ["a lost connection", new Error("Network connection lost."), "interrupted"],
  ])("ends in its own fault and is not repeated here: %s", async (_name, answer, kind) => {
    const { outcome, requests } = await analyse(answer);
    expect(outcome).toMatchObject({ ok: false, fault: { kind } });
    expect(requests.length).toBe(1);
  });

  it("hands on how long to wait, and no word of the upstream", async () => {
    const answer = jsonAnswer(errors.rateLimit, { status: 429, headers: { "retry-after": "7" } });
    const { outcome } = await analyse(answer);
    expect(outcome).toEqual({
      ok: false,
      fault: { kind: "rate_limited", retry_after_ms: 7_000, note: "answered with status 429" },
    });
  });
});
