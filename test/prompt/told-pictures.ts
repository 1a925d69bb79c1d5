/** Pictures that say something, told to the stand-in for each analyst and made into prompts; and what was sent on the way. */
import { expect } from "vitest";
import { z } from "zod";
import { createImageAnalyst } from "../../src/analysis/image.ts";
import { mergeAnalyses } from "../../src/analysis/merge.ts";
import type { ImageAnalysis } from "../../src/analysis/schema.ts";
import { estimateTokens, promptTokensBudget } from "../../src/prompt/budget.ts";
import type { PromptOrder } from "../../src/prompt/order.ts";
import { createPromptWriter } from "../../src/prompt/write.ts";
import type { Fetch } from "../../src/upstream/fetch.ts";
import type { Outcome } from "../../src/upstream/outcome.ts";
import type { Analyst } from "../support/analysts.ts";
import { attachmentOf } from "../support/attachments.ts";
import { jpeg } from "../support/pictures.ts";
import { clips, promptOrder } from "../support/prompt-order.ts";
import { openTestSandbox, type TestSandbox } from "../support/sandbox.ts";
import { outsideQuotes, pictureThatSays, triplesOf, unseen } from "./hostile-texts.ts";

export const harmless = "750";

/** A stand-in that keeps the bodies it was sent. */
async function openListening(): Promise<{ sandbox: TestSandbox; bodies: string[] }> {
  const sandbox = await openTestSandbox();
  const bodies: string[] = [];
  const fetch: Fetch = async (path, init) => {
    const body = await new Response(init?.body ?? "").text();
    bodies.push(body);
    return await sandbox.fetch(String(path), { ...init, body });
  };
  return { sandbox: { ...sandbox, fetch: (path, init) => fetch(path, init) }, bodies };
}

interface Told {
  readonly analysis: ImageAnalysis;
  readonly prompts: readonly string[];
  /** What was sent for the analysis and for the prompts. */
  readonly bodies: readonly string[];
}

export function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`${outcome.fault.kind}: ${outcome.fault.note}`);
  return outcome.value;
}

/** A picture that says this, analysed, merged and made into prompts. */
export async function tell(analyst: Analyst, text: string, part: Partial<PromptOrder> = {}): Promise<Told> {
  const { sandbox, bodies } = await openListening();
  const ask = analyst.open(sandbox);
  const picture = pictureThatSays(text, jpeg({ width: 64, height: 48 }));
  const analysis = valueOf(
    await createImageAnalyst(ask).analyse({
      attachment: attachmentOf(picture, { contentType: "image/jpeg" }),
      orientation: 1,
      position: 1,
      of: 1,
      useCase: "general",
    }),
  );
  const order = promptOrder({ merged: mergeAnalyses([analysis], null), imageCount: 1, segments: clips(2), ...part });
  return { analysis, prompts: valueOf(await createPromptWriter(ask).write(order)), bodies };
}

/** {@link tell} of the harmless picture, with which the others are compared; told once. */
const compared = new Map<string, Promise<Told>>();

export function tellHarmless(analyst: Analyst, additionalPrompt = ""): Promise<Told> {
  const key = `${analyst.name} ${additionalPrompt}`;
  const told = compared.get(key) ?? tell(analyst, harmless, { additionalPrompt });
  compared.set(key, told);
  return told;
}

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** What is sent, without what is different in each: the marks, the picture, the block of data. */
export function formOf(body: string): unknown {
  return JSON.parse(
    body
      .replace(/DATA ([0-9a-f-]{36})\\n.*\\nDATA \1/, "THE DATA")
      .replace(uuid, "A MARK")
      .replace(/("data"|;base64,|"image_url":"data:[^,]*,)(:?"?)[\w+/=]+/g, "$1$2A PICTURE"),
  );
}

const blockSchema = z.string().regex(/^DATA [0-9a-f-]{36}\n\{\n[^]*\n\}\nDATA [0-9a-f-]{36}$/);

/** The one text that the prompts are written from, on either wire. */
export function blockOf(body: string): string {
  const texts: string[] = [];
  JSON.parse(body, (key, value: unknown) => {
    if (key === "text" && typeof value === "string" && value.startsWith("DATA ")) texts.push(value);
    return value;
  });
  expect(texts).toHaveLength(1);
  return blockSchema.parse(texts[0]);
}

export function keysOf(body: string): string[] {
  return Object.keys(JSON.parse(body)).sort();
}

/** The sentences that the models are told by us. */
export function instructionsIn(bodies: readonly string[]): string[] {
  return bodies.flatMap((body) => {
    const { instructions, systemInstruction } = z.object({
      instructions: z.string().optional(),
      systemInstruction: z.looseObject({ parts: z.array(z.object({ text: z.string() })) }).optional(),
    }).parse(JSON.parse(body));
    return (instructions ?? systemInstruction?.parts[0]?.text ?? "").split(/[.:;]\s/);
  }).filter((sentence) => sentence.length > 30);
}

export function expectSafe(prompts: readonly string[], hostile: string, count: number): void {
  expect(prompts).toHaveLength(count);
  for (const prompt of prompts) {
    expect(estimateTokens(prompt)).toBeLessThanOrEqual(promptTokensBudget(1_024));
    expect(prompt).not.toMatch(unseen);
    expect(prompt.split('"').length % 2).toBe(1);
    const said = triplesOf(outsideQuotes(prompt));
    expect(triplesOf(hostile).filter((triple) => said.includes(triple))).toEqual([]);
  }
}
