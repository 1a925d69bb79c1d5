/// <reference lib="dom" />
/** The review in the form: prompts are read, changed and approved, or the task is cancelled, before it is paid. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { choose, playedFilm, stage } from "./support/form.ts";
import { acceptedSubmits, read } from "./support/task.ts";
import { pictures } from "./support/uploads.ts";
import { useForm } from "./support/use-form.ts";

const ownPrompt = "The ring stands on wet slate while a single ray passes over the stone.";

const desk = useForm({ locale: "en-US" });

test("an edited prompt outlives a reload and another language, and is the one that is filmed", async () => {
  const { page, origin } = desk;
  await startReviewed(page, "10");
  const first = await shot(page, 1).inputValue();
  await shot(page, 2).fill(ownPrompt);
  await page.reload();
  await page.getByRole("button", { name: "Русский" }).click();
  await page.getByRole("button", { name: /^Снять за/ }).waitFor();
  await page.getByRole("button", { name: "English" }).click();
  expect(await shot(page, 2).inputValue()).toBe(ownPrompt);
  expect(await page.locator(".card").getByText("· 8 s, 5 s in the video").count()).toBe(2);
  expect(await page.locator(".waits").textContent()).toMatch(/It waits for you until .+, in 23 hours\./);
  expect(await acceptedSubmits(origin)).toBe(0);
  await page.getByRole("button", { name: "Make it for $6.40" }).click();
  await stage(page, "Filming").waitFor();
  expect(await page.locator(".cell").count()).toBe(2);
  await playedFilm(page);
  const { step3_video_generation: generation, request } = await read(origin, taskIdOf(page));
  expect(generation?.segments.map(({ prompt }) => prompt)).toEqual([first, ownPrompt]);
  expect(request.review).toBe(true);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("prompts")))).toEqual([]);
});

test("a prompt that cannot be used is told at its own card, and nothing is paid", async () => {
  const { page, origin } = desk;
  await startReviewed(page, "10");
  await shot(page, 2).fill(" ");
  await page.getByRole("button", { name: "Make it for $6.40" }).click();
  await cards(page).nth(1).getByText("The prompt is empty.").waitFor();
  expect(await shot(page, 2).getAttribute("aria-invalid")).toBe("true");
  expect(await shot(page, 2).evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await cards(page).nth(0).locator(".problem").textContent()).toBe("");
  expect(await acceptedSubmits(origin)).toBe(0);
});

test("prompts that were left alone are approved as they are", async () => {
  const { page, origin } = desk;
  await startReviewed(page, "8");
  const prompt = await page.getByRole("textbox", { name: "The prompt" }).inputValue();
  const asked = page.waitForRequest(/\/approve$/);
  await page.getByRole("button", { name: "Make it for $3.20" }).click();
  expect((await asked).postData()).toBeNull();
  await playedFilm(page);
  expect((await read(origin, taskIdOf(page))).step3_video_generation?.segments[0]?.prompt).toBe(prompt);
});

test("a task is cancelled before anything is paid, and its choices stay in the form", async () => {
  const { page, origin } = desk;
  await startReviewed(page, "10");
  await page.reload();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("heading", { name: "Stopped" }).waitFor();
  await page.getByText("Nothing was charged for the video.").waitFor();
  expect(await page.locator(".stage[data-state=stopped]").textContent()).toContain("Waiting for your approval");
  expect(await acceptedSubmits(origin)).toBe(0);
  expect((await read(origin, taskIdOf(page))).status).toBe("canceled");
  expect(await page.getByRole("slider", { name: "Length" }).inputValue()).toBe("10");
  expect(await page.getByRole("checkbox", { name: "Show me the prompt" }).isChecked()).toBe(true);
});

/** Starts a task of one picture that waits for its review. */
async function startReviewed(page: Page, seconds: string): Promise<void> {
  await choose(page, () => page.getByLabel("The whole piece").click(), (await pictures()).slice(0, 1));
  await page.getByRole("slider", { name: "Length" }).fill(seconds);
  await page.getByRole("checkbox", { name: "Show me the prompt before anything is paid" }).check();
  await page.getByRole("button", { name: "Make the video" }).click();
  await page.getByRole("heading", { name: "Read it before it is made" }).waitFor();
}

function cards(page: Page) {
  return page.getByRole("listitem").filter({ has: page.getByRole("textbox", { name: "Shot" }) });
}

function shot(page: Page, number: number) {
  return page.getByRole("textbox", { name: `Shot ${number}` });
}

function taskIdOf(page: Page): string {
  return page.url().split("#task=")[1] ?? "";
}
