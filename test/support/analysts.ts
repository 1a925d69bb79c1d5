/** Either wire on which pictures are understood and prompts written, spoken with one stand-in. */
import type { Fetch } from "../../src/upstream/fetch.ts";
import { askGemini } from "../../src/upstream/gemini-question.ts";
import { askOpenai } from "../../src/upstream/openai-question.ts";
import type { Ask } from "../../src/upstream/question.ts";
import { sandboxOrigin, type TestSandbox } from "./sandbox.ts";

export interface Analyst {
  readonly name: string;
  readonly model: string;
  open(sandbox: TestSandbox): Ask;
}

function fetchOf(sandbox: TestSandbox): Fetch {
  return (input, init) => sandbox.fetch(String(input).slice(sandboxOrigin.length), init);
}

export const openai: Analyst = {
  name: "OpenAI",
  model: "gpt-6.1-terra",
  open: (sandbox) =>
    askOpenai({
      apiKey: "key",
      baseUrl: `${sandboxOrigin}/openai/v1`,
      model: "gpt-6.1-terra",
      fetch: fetchOf(sandbox),
    }),
};

export const gemini: Analyst = {
  name: "Gemini",
  model: "gemini-3.8-flash",
  open: (sandbox) =>
    askGemini({
      apiKey: "key",
      baseUrl: `${sandboxOrigin}/gemini`,
      model: "gemini-3.8-flash",
      fetch: fetchOf(sandbox),
      wait: () => Promise.resolve(),
    }),
};

export const analysts = [openai, gemini];
