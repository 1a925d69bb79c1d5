import { describe, expect, it } from "vitest";
import { createImageAnalyst } from "../../src/analysis/image.ts";
import { createPromptWriter } from "../../src/prompt/write.ts";
import type { FaultKind } from "../../src/upstream/outcome.ts";
import type { Ask } from "../../src/upstream/question.ts";
import { analysts, gemini, openai } from "../support/analysts.ts";
import { attachmentOf } from "../support/attachments.ts";
import { joined, jpeg, png } from "../support/pictures.ts";
import { clips, promptOrder } from "../support/prompt-order.ts";
import { openTestSandbox, type TestSandbox } from "../support/sandbox.ts";

function analyse(ask: Ask, bytes: Uint8Array = jpeg({ width: 1920, height: 1080 }), contentType = "image/jpeg") {
  return createImageAnalyst(ask).analyse({
    attachment: attachmentOf(Uint8Array.from(bytes), { contentType }),
    orientation: 1,
    position: 1,
    of: 1,
    useCase: "general",
  });
}

function write(ask: Ask, order = promptOrder()) {
  return createPromptWriter(ask).write(order);
}

async function callsOf(sandbox: TestSandbox) {
  return (await sandbox.ledger()).calls.map(({ call, accepted }) => `${call} ${accepted ? "accepted" : "refused"}`);
}

const faults: [string, FaultKind][] = [
  ["reset_before", "interrupted"],
  ["reset_after", "interrupted"],
  ["reset_body", "interrupted"],
  ["status_400", "invalid_request"],
  ["status_401", "unauthorized"],
  ["status_403", "unauthorized"],
  ["status_404_retired", "not_found"],
  ["status_429", "rate_limited"],
  ["status_429_retry_after", "rate_limited"],
  ["status_429_quota", "quota_exhausted"],
  ["status_500", "unavailable"],
  ["status_503", "unavailable"],
  ["html", "malformed"],
  ["html_502", "unavailable"],
  ["html_503", "unavailable"],
  ["cut_json", "malformed"],
  ["empty", "malformed"],
  ["other_json", "malformed"],
  ["refusal", "refused"],
  ["content_filter", "refused"],
  ["failed_response", "unavailable"],
  ["cut_off", "cut_off"],
  ["off_schema", "off_schema"],
];

describe.each(analysts)("pictures and prompts by $name", ({ model, open }) => {
  it("are understood by kind and size, in one call that is known for what it is", async () => {
    const sandbox = await openTestSandbox();
    const outcome = await analyse(open(sandbox), png({ width: 640, height: 480 }), "image/png");
    expect(outcome).toMatchObject({ ok: true, value: { subject: "sandbox reading of a 640×480 PNG picture" } });
    const { calls } = await sandbox.ledger();
    expect(calls).toMatchObject([{
      call: "image_analysis",
      model,
      accepted: true,
      detail: { pictures: [{ picture: { contentType: "image/png", size: { width: 640, height: 480 } } }] },
    }]);
  });

  it("are written shot by shot from the analysis, each in words of its own", async () => {
    const sandbox = await openTestSandbox();
    const order = promptOrder({ segments: clips(3), additionalPrompt: 'Show the words "Made in Jena".' });
    const outcome = await write(open(sandbox), order);
    const prompts = outcome.ok ? outcome.value : [];
    expect(new Set(prompts).size).toBe(3);
    expect(prompts.join("\n")).toContain('"Made in Jena"');
    expect(await callsOf(sandbox)).toEqual(["prompt accepted"]);
  });

  it("do without a broken picture: it is refused as the request's fault", async () => {
    const sandbox = await openTestSandbox();
    const cut = jpeg({ width: 64, height: 64 }).slice(0, -9);
    expect(await analyse(open(sandbox), cut)).toMatchObject({ ok: false, fault: { kind: "invalid_request" } });
    expect(await sandbox.ledger()).toMatchObject({ calls: [{ accepted: false }] });
  });

  it.each(faults)("end in the same fault on either wire: %s is %s", async (fault, kind) => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call: "image_analysis", fault }, { call: "prompt", fault });
    const ask = open(sandbox);
    expect(await analyse(ask)).toMatchObject({ ok: false, fault: { kind } });
    expect(await write(ask)).toMatchObject({ ok: false, fault: { kind } });
    expect((await analyse(ask)).ok).toBe(true);
    expect((await write(ask)).ok).toBe(true);
  });

  it("say how long to wait when they are told", async () => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call: "image_analysis", fault: "status_429_retry_after" });
    expect(await analyse(open(sandbox))).toMatchObject({ fault: { retry_after_ms: 2_000 } });
  });
});

describe("the two of them", () => {
  it("write the same prompts in the sandbox, and read the same picture the same", async () => {
    const sandbox = await openTestSandbox();
    const [first, second] = [openai.open(sandbox), gemini.open(sandbox)];
    expect(await analyse(second)).toEqual(await analyse(first));
    const order = promptOrder({ segments: clips(2) });
    expect(await write(second, order)).toEqual(await write(first, order));
  });
});

describe("a picture of 15 MB with Gemini", () => {
  const picture = jpeg({ width: 8, height: 8 });
  const large = joined(picture.slice(0, -2), new Uint8Array(15_000_000), picture.slice(-2));

  it("is analysed from an upload, which is removed", async () => {
    const sandbox = await openTestSandbox();
    expect(await analyse(gemini.open(sandbox), large)).toMatchObject({
      ok: true,
      value: { subject: "sandbox reading of a 8×8 JPEG picture" },
    });
    expect(await callsOf(sandbox)).toEqual([
      "file_upload accepted",
      "file_bytes accepted",
      "file_status accepted",
      "image_analysis accepted",
      "file_delete accepted",
    ]);
  });

  it("is waited for while it is prepared, and removed when the analysis fails", async () => {
    const sandbox = await openTestSandbox();
    await sandbox.fail(
      { call: "file_status", fault: "still_processing", times: 2 },
      { call: "image_analysis", fault: "off_schema" },
    );
    expect(await analyse(gemini.open(sandbox), large)).toMatchObject({ fault: { kind: "off_schema" } });
    const calls = await callsOf(sandbox);
    expect(calls.filter((call) => call === "file_status accepted")).toHaveLength(3);
    expect(calls.at(-1)).toBe("file_delete accepted");
  });
});
