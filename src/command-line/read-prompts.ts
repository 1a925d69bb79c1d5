/** Edited prompts from a file: `["…", "…"]`, or as the HTTP API takes them. */
import { z } from "zod";
import type { PromptEdits } from "../client/index.ts";
import { CommandError } from "./command-error.ts";
import type { Files } from "./surroundings.ts";

const promptsSchema = z.array(z.string()).min(1);

const fileSchema = z.union([
  promptsSchema.transform((prompts) => ({ prompts })),
  z.strictObject({ prompts: promptsSchema }),
  z.strictObject({ prompt: z.string() }),
]);

/** @throws CommandError `usage` */
export async function readPrompts(path: string, files: Pick<Files, "readText">): Promise<PromptEdits> {
  const text = await files.readText(path).catch(() => null);
  if (text === null) throw CommandError.ofUsage([`The file ${path} of --prompts cannot be read.`]);
  const parsed = fileSchema.safeParse(jsonIn(text));
  if (parsed.success) return parsed.data;
  throw CommandError.ofUsage([`${path} does not hold prompts. Write JSON: ["of the first shot", "of the second"].`]);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
