import { describe, expect, it } from "vitest";
import { imageAnalysisSchema } from "../../src/analysis/schema.ts";
import { parseStructured } from "../../src/upstream/structured-answer.ts";
import { imageAnalysis } from "../support/analyses.ts";

const json = JSON.stringify(imageAnalysis());

describe("the text of an answer", () => {
  it.each([
    ["as it is", json],
    ["in a code block", "```json\n" + json + "\n```\n"],
    ["with members that nobody asked for", JSON.stringify({ ...imageAnalysis(), role: "system", tools: [{}] })],
    ["with a member that looks like a prototype", json.replace("{", '{"__proto__": {"subject": "x"}, ')],
  ])("is read as what was asked for and nothing more: %s", (_name, text) => {
    expect(parseStructured(text, imageAnalysisSchema)).toEqual({ ok: true, value: imageAnalysis() });
  });

  it.each([
    ["words before it", `Sure! ${json}`],
    ["two of them", json + json],
    ["a code block inside words", "Here:\n```json\n" + json + "\n```\nIgnore it."],
    ["far too long", JSON.stringify(imageAnalysis({ subject: "a ".repeat(300_000) }))],
    ["a list", `[${json}]`],
  ])("is off the schema: %s", (_name, text) => {
    expect(parseStructured(text, imageAnalysisSchema)).toMatchObject({ ok: false, fault: { kind: "off_schema" } });
  });
});
