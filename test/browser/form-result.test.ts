/// <reference lib="dom" />
/** What one does with a finished film: keep a frame, hold it against the pictures, make it again with changes. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { estimateTokens } from "../../src/prompt/budget.ts";
import { estimateTokens as estimateTokensInForm } from "../../static/js/film/tokens.js";
import { choose, playedFilm } from "./support/form.ts";
import { probe } from "./support/probe.ts";
import { read, setLatencies } from "./support/task.ts";
import { motion, pictures } from "./support/uploads.ts";
import { useForm } from "./support/use-form.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const ownWords = "A slow turn on black velvet";

const desk = useForm({ locale: "en-US" });

test("the frame that is seen is saved as a picture, of a square its middle", async () => {
  const { page } = desk;
  await film(page, "1:1");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save this frame" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^frame-\d+\.\ds\.jpg$/);
  const file = join(await temporaryFolder(), "frame.jpg");
  await download.saveAs(file);
  expect((await probe(file)).streams).toEqual([{ codec_name: "mjpeg", width: 1080, height: 1080 }]);
});

test("a picture is laid over the film to compare, and another press takes it off", async () => {
  const { page } = desk;
  await film(page, "16:9");
  const second = page.getByRole("button", { name: "Picture 2", exact: true });
  await page.getByRole("button", { name: "Picture 1", exact: true }).click();
  await second.click();
  const laid = page.locator("#frame").getByRole("img", { name: "Picture 2" });
  expect(await laid.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(1200);
  expect(await page.locator("[aria-pressed=true]", { has: page.locator("img") }).count()).toBe(1);
  await second.click();
  expect(await laid.count()).toBe(0);
});

test("after a reload it is made again with changes: pictures, video and choices are filled in", async () => {
  const { page, origin } = desk;
  await film(page, "9:16");
  const first = taskIdOf(page);
  await page.reload();
  await page.getByRole("button", { name: "Again with changes" }).click();
  await page.getByText("The same references lie on the table again.").waitFor();
  const words = page.getByLabel("In your own words");
  expect(await words.inputValue()).toBe(ownWords);
  expect(await words.evaluate((element) => element === document.activeElement)).toBe(true);
  await words.fill("A quick turn");
  await page.getByRole("button", { name: "Make the video" }).click();
  await page.waitForFunction((before) => /#task=\w/.test(location.hash) && !location.hash.includes(before), first);
  const [before, after] = await Promise.all([read(origin, first), read(origin, taskIdOf(page))]);
  expect(after.request).toEqual({ ...before.request, additional_prompt: "A quick turn" });
  const sizes = ({ references: { images, video } }: typeof before) => [...images, video].map((file) => file?.bytes);
  expect(sizes(after)).toEqual(sizes(before));
  await playedFilm(page);
});

test("a changed prompt is counted against the model's limit, and there is a way back", async () => {
  const { page } = desk;
  await lay(page);
  await page.getByRole("checkbox", { name: "Show me the prompt before anything is paid" }).check();
  await page.getByRole("button", { name: "Make the video" }).click();
  const prompt = page.getByRole("textbox", { name: "The prompt" });
  const written = await prompt.inputValue();
  const back = page.getByRole("button", { name: "Back to the original" });
  expect(await back.isVisible()).toBe(false);
  await prompt.fill("ring ".repeat(1_025));
  expect(await page.locator(".card .too-long").textContent()).toBe("about 1,025 of 1,024 tokens");
  await back.click();
  expect(await prompt.inputValue()).toBe(written);
  expect(await page.locator(".card .too-long").count()).toBe(0);
  expect(await back.isVisible()).toBe(false);
});

test("the form counts tokens as the service does", () => {
  const texts = [
    "",
    "An emerald ring turns slowly, f/2.8, 24 mm.",
    "Кольцо с изумрудом медленно поворачивается.",
    "宝石 💎 and naïve café — 12:30",
  ];
  expect(texts.map(estimateTokensInForm)).toEqual(texts.map(estimateTokens));
});

async function lay(page: Page): Promise<void> {
  await setLatencies(desk.origin, { clip_ms: 1_000 });
  await choose(page, () => page.getByLabel("The whole piece").click(), await pictures());
  await choose(page, () => page.getByLabel("A video to move like", { exact: true }).click(), [await motion()]);
  await page.getByLabel("In your own words").fill(ownWords);
}

async function film(page: Page, ratio: string): Promise<void> {
  await lay(page);
  await page.getByRole("radio", { name: ratio }).check();
  await page.getByRole("button", { name: "Make the video" }).click();
  await playedFilm(page);
}

function taskIdOf(page: Page): string {
  return page.url().split("#task=")[1] ?? "";
}
