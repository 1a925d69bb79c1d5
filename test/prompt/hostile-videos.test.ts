import { describe, expect, it } from "vitest";
import { mergeAnalyses } from "../../src/analysis/merge.ts";
import { createVideoAnalyst } from "../../src/analysis/video.ts";
import type { PromptOrder } from "../../src/prompt/order.ts";
import { createPromptWriter } from "../../src/prompt/write.ts";
import { videoAnalysis } from "../support/analyses.ts";
import { openai } from "../support/analysts.ts";
import { attachmentOf, countingBytes } from "../support/attachments.ts";
import { clips, promptOrder, take } from "../support/prompt-order.ts";
import { jsonAnswer, recordedFetch } from "../support/recorded-fetch.ts";
import { openTestSandbox } from "../support/sandbox.ts";
import * as responses from "../upstream/fixtures/gemini-responses.ts";
import { hostileTexts, unseen } from "./hostile-texts.ts";
import { expectSafe, formOf, tellHarmless, valueOf } from "./told-pictures.ts";

describe("a reference video in which everything told is an attack", () => {
  async function analysed(text: string) {
    const beats = Array.from({ length: 40 }, (_, index) => ({
      start_seconds: index - 1,
      end_seconds: index * 1e6,
      what_happens: text,
      camera: text,
    }));
    const answer = videoAnalysis({
      summary: text,
      camera_moves: [text, "slow orbit"],
      transitions: [text],
      light: text,
      beats,
    });
    const { fetch, requests } = recordedFetch(jsonAnswer(responses.answered(answer)));
    const analyst = createVideoAnalyst({ apiKey: "g-1", baseUrl: "https://gemini.example", model: "gemini-x", fetch });
    const clip = attachmentOf(countingBytes(100), { contentType: "video/mp4" });
    return { video: valueOf(await analyst.analyse({ inline: clip }, 8)), body: requests[0]?.body ?? "" };
  }

  it.each(hostileTexts)("gives a bounded analysis and no sentence to the prompts: $name", async (hostile) => {
    const text = hostile.text.slice(0, 2_000);
    const { video, body } = await analysed(text);
    expect(formOf(body)).toEqual(formOf((await analysed("a ring")).body));
    expect(JSON.parse(body).generationConfig.maxOutputTokens).toBe(12_000);
    expect(JSON.stringify(video)).not.toMatch(unseen);
    expect(video.beats.length).toBeLessThanOrEqual(16);
    for (const { start_seconds, end_seconds, camera } of video.beats) {
      expect(start_seconds).toBeGreaterThanOrEqual(0);
      expect(end_seconds).toBeLessThanOrEqual(60);
      expect(camera.length).toBeLessThan(165);
    }
    const parts: Pick<PromptOrder, "segments" | "style">[] = [
      { segments: clips(1), style: "veo" },
      { segments: clips(3), style: "veo" },
      { segments: take(2), style: "omni" },
    ];
    const { analysis } = await tellHarmless(openai);
    const ask = openai.open(await openTestSandbox());
    for (const part of parts) {
      const order = promptOrder({ merged: mergeAnalyses([analysis], video), imageCount: 1, ...part });
      const prompts = valueOf(await createPromptWriter(ask).write(order));
      expectSafe(prompts, text, part.segments.length);
      expect(prompts.join(" ")).toContain("follow the reference video: slow pace");
    }
  });
});
