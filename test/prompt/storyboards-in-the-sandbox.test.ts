import { describe, expect, it } from "vitest";
import type { PromptOrder } from "../../src/prompt/order.ts";
import { createPromptWriter } from "../../src/prompt/write.ts";
import { analysts } from "../support/analysts.ts";
import { clips, promptOrder, take } from "../support/prompt-order.ts";
import { openTestSandbox } from "../support/sandbox.ts";

describe.each(analysts)("the stand-in for $name", ({ open }) => {
  async function writeInSandbox(order: PromptOrder): Promise<readonly string[]> {
    const outcome = await createPromptWriter(open(await openTestSandbox())).write(order);
    if (!outcome.ok) throw new Error(outcome.fault.note);
    return outcome.value;
  }

  it.each([["8 shots", clips(8)], ["a take of 9 clips", take(8)]])("drafts %s, each in words of its own", async (
    _name,
    segments,
  ) => {
    const order = promptOrder({ segments });
    const prompts = await writeInSandbox(order);
    expect(prompts).toHaveLength(segments.length);
    const actions = prompts.map((prompt) =>
      prompt.slice(prompt.indexOf("An emerald ring."), prompt.indexOf("A believable"))
    );
    expect(new Set(actions).size).toBe(segments.length);
    expect(await writeInSandbox(order)).toEqual(prompts);
  });

  it("repeats each wish in the shot it belongs to", async () => {
    const additionalPrompt = "First the lid opens, then the ring rises.";
    const [first, second] = await writeInSandbox(promptOrder({ segments: clips(2), additionalPrompt }));
    expect(first).toContain("as asked: the lid opens.");
    expect(second).toContain("as asked: the ring rises.");
  });
});
