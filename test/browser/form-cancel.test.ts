/// <reference lib="dom" />
/** A task that is given up in the form, is removed while it is followed, or has to wait. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { choose, stage } from "./support/form.ts";
import { acceptedSubmits, misbehave, read, setLatencies } from "./support/task.ts";
import { pictures } from "./support/uploads.ts";
import { useForm } from "./support/use-form.ts";

/** Longer than any test lasts. */
const neverMs = 600_000;
/** Long enough to press two buttons while it is filmed. */
const clipMs = 12_000;

const desk = useForm({ locale: "en-US" });

test("cancelled while the references are read, it ends at once and for nothing", async () => {
  const { page, origin } = desk;
  await setLatencies(origin, { image_analysis_ms: neverMs });
  await start(page);
  await stage(page, "Reading the references").waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("heading", { name: "Stopped" }).waitFor();
  await page.getByText("Nothing was charged for the video.").waitFor();
  expect(await page.locator(".stage[data-state=stopped]").textContent()).toContain("Reading the references");
  expect(await isFocused(page, "#film")).toBe(true);
  await page.getByRole("button", { name: "Back to the form" }).waitFor();
  expect(await acceptedSubmits(origin)).toBe(0);
});

test("cancelled while a clip is filmed, it asks once, waits for the clip, and offers it with its price", async () => {
  const { page, origin } = desk;
  await setLatencies(origin, { clip_ms: clipMs });
  await start(page);
  await page.getByText("being filmed", { exact: false }).waitFor();
  const cancel = page.getByRole("button", { name: "Cancel", exact: true });
  await cancel.press("Enter");
  const question = page.getByRole("group", { name: "may have to be paid for" });
  const goOn = question.getByRole("button", { name: "Keep going" });
  expect(await goOn.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press("Enter");
  expect(await cancel.evaluate((button) => button === document.activeElement)).toBe(true);
  expect(await warningCodes(page, origin)).toEqual([]);
  await cancel.click();
  await question.getByRole("button", { name: "Cancel anyway" }).click();
  await page.getByText("It is being cancelled.").waitFor();
  expect(await isFocused(page, "#canceling")).toBe(true);
  expect(await warningCodes(page, origin)).toEqual(["canceling"]);
  expect(await cancel.count()).toBe(0);
  await page.reload();
  await page.getByText("It is being cancelled.").waitFor();
  await page.getByRole("heading", { name: "Stopped" }).waitFor();
  await page.getByText("What was filmed was paid for.").waitFor();
  expect(await page.locator(".outcome .facts").textContent()).toContain("Cost$3.20");
  expect(await page.getByText("It is being cancelled.").count()).toBe(0);
  const address = await page.getByRole("link", { name: /open the clip$/ }).getAttribute("href");
  expect((await fetch(address ?? "", { method: "HEAD" })).headers.get("Content-Type")).toBe("video/mp4");
  expect(await acceptedSubmits(origin)).toBe(1);
});

test("a reviewed task that is cancelled while it is filmed stopped there, not in the review", async () => {
  const { page, origin } = desk;
  await misbehave(origin, { call: "submit", fault: "status_429_retry_after", times: 99 });
  await start(page, () => page.getByRole("checkbox", { name: "Show me the prompt before anything is paid" }).check());
  await page.getByRole("button", { name: "Make it for $3.20" }).click();
  await page.getByText("The quota with Veo is used up for the moment.").first().waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("heading", { name: "Stopped" }).waitFor();
  expect(await page.locator(".stage[data-state=stopped]").textContent()).toContain("Filming");
});

test("a task that is deleted elsewhere while it is followed is gone here too", async () => {
  const { page, origin, troubles } = desk;
  await setLatencies(origin, { image_analysis_ms: neverMs });
  await start(page);
  await stage(page, "Reading the references").waitFor();
  expect((await fetch(`${origin}/veo31/tasks/${taskIdOf(page)}`, { method: "DELETE" })).status).toBe(204);
  await page.getByText("This task is no longer there.").waitFor();
  expect(await page.getByRole("button", { name: "Make the video" }).getAttribute("aria-disabled")).toBe("false");
  expect(page.url()).not.toContain("#task");
  // Chromium writes every refused request to the console: the status, and the pictures that are gone.
  expect(new Set(troubles.splice(0).map((trouble) => /\d{3}/.exec(trouble)?.[0]))).toEqual(new Set(["404"]));
});

/** Starts a film of one picture. */
async function start(page: Page, decide: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  await choose(page, () => page.getByLabel("The whole piece").click(), (await pictures()).slice(0, 1));
  await decide();
  await page.getByRole("button", { name: "Make the video" }).click();
}

async function warningCodes(page: Page, origin: string): Promise<string[]> {
  return (await read(origin, taskIdOf(page))).warnings.map(({ code }) => code);
}

function isFocused(page: Page, selector: string): Promise<boolean> {
  return page.locator(selector).evaluate((element) => element === document.activeElement);
}

function taskIdOf(page: Page): string {
  return page.url().split("#task=")[1] ?? "";
}
