/// <reference lib="dom" />
/** A day's budget in the form: what is left of it, and that it is not enough, before anything is uploaded and after. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { changeAnswers } from "./support/change-answers.ts";
import { choose, stage } from "./support/form.ts";
import { setLatencies } from "./support/task.ts";
import { pictures } from "./support/uploads.ts";
import { useForm } from "./support/use-form.ts";

/** Longer than any test lasts. */
const neverMs = 600_000;
/** There the service's midnight is nine in the morning. */
const tokyo = { locale: "en-US", timezoneId: "Asia/Tokyo" };

const desk = useForm(tokyo, { DAILY_BUDGET_USD: "5" });

test("what is left is told with the price, and what costs more is not uploaded", async () => {
  const { page, origin } = desk;
  await setLatencies(origin, { image_analysis_ms: neverMs });
  const orders: string[] = [];
  page.on("request", (request) => request.url().endsWith("/generate") && orders.push(request.url()));
  await page.locator("#price-note", { hasText: "$5.00 left today" }).waitFor();
  await lay(page);
  await page.getByRole("slider", { name: "Length" }).fill("20");
  await page.getByText("$9.60", { exact: true }).waitFor();
  const told = page.locator("#budget-problem");
  expect(await told.textContent()).toMatch(
    /^Of today's budget \$5\.00 is left, which is too little\. It renews: .*9:00.AM\.$/,
  );
  await make(page);
  await expect.poll(() => told.evaluate((line) => line === document.activeElement)).toBe(true);
  expect(orders).toEqual([]);

  await page.getByRole("slider", { name: "Length" }).fill("8");
  await page.locator("#price-note", { hasText: "$5.00 left today" }).waitFor();
  expect(await told.textContent()).toBe("");
  await make(page);
  await stage(page, "Reading the references").waitFor();
  // What is set aside for the first is not there for a second.
  await page.locator("#budget-problem", { hasText: "Of today's budget $1.80 is left" }).waitFor();
  expect(orders).toHaveLength(1);
});

test("a refusal for want of budget tells what is left and when it renews, in the reader's own time and language", async () => {
  const { page, troubles } = desk;
  await changeAnswers(page, "**/veo31/estimate", (estimate) => ({ ...estimate, budget: null }));
  await page.getByRole("slider", { name: "Length" }).fill("20");
  await page.getByText("$9.60", { exact: true }).waitFor();
  await lay(page);
  await make(page);
  const problem = page.locator("#form-problem");
  await problem.filter({ hasText: /^Of today's budget \$\d\.\d\d is left, .* It renews: .*9:00.AM\.$/ }).waitFor();
  await page.getByRole("button", { name: "Русский" }).click();
  await problem.filter({ hasText: /^На сегодня осталось \d,\d\d\s\$, этого мало\. Бюджет обновится: .*09?:00\.$/ })
    .waitFor();
  expect(troubles.splice(0)).toEqual([expect.stringContaining("402")]);
});

async function lay(page: Page): Promise<void> {
  await choose(page, () => page.getByLabel("The whole piece").click(), (await pictures()).slice(0, 1));
}

function make(page: Page): Promise<void> {
  return page.locator("#make").click();
}
