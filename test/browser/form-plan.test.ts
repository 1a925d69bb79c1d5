/// <reference lib="dom" />
/** What a choice means: its plan, its price, and what is said when there is none. */
import type { Page, Route } from "playwright-core";
import { expect, test } from "vitest";
import { useForm } from "./support/use-form.ts";

const desk = useForm({ locale: "en-US" });

/** The price follows a choice within this: the pause before the question, and the question. */
const soon = { timeout: 3_000 };

test("10 s are two clips, and what they cost stands beside the button", async () => {
  const { page } = desk;
  await priceIs(page, "$3.20");
  expect(await structure(page).isVisible()).toBe(false);
  await length(page).fill("10");
  await priceIs(page, "$6.40");
  await page.getByText("2 clips of 8 s, 6 s are cut away", { exact: true }).waitFor();
  await page.getByText("for 16 s of film by veo-3.1-generate-preview, at Google's prices of").waitFor();
  expect(await page.locator(".block").count()).toBe(2);
  expect(await page.locator(".cut").count()).toBe(2);
  expect(await ticks(page)).toEqual(["8", "16", "24", "32", "40", "48", "56"]);
});

test("one take changes the plan, the ticks, the size and the price", async () => {
  const { page } = desk;
  await length(page).fill("10");
  await structure(page).getByRole("radio", { name: "One take" }).check();
  await priceIs(page, "$6.00");
  await page.getByText("1 clip of 8 s and 1 extension of 7 s, 5 s are cut away", { exact: true }).waitFor();
  expect(await ticks(page)).toEqual(["8", "15", "22", "29", "36", "43", "50", "57"]);
  expect(await page.locator("#high-detail").textContent()).toBe("720p");
  await page.getByRole("radio", { name: "Standard" }).check();
  await priceIs(page, "$1.50");
  await length(page).fill("8");
  await priceIs(page, "$0.80");
  expect(await structure(page).isVisible()).toBe(false);
});

test("an answer that comes late does not replace a newer one", async () => {
  const { page } = desk;
  await priceIs(page, "$3.20");
  const late: Route[] = [];
  await page.route("**/veo31/estimate", async (route) => {
    if (route.request().postDataJSON().duration_seconds === 20) late.push(route);
    else await route.continue();
  });
  await length(page).fill("20");
  await expect.poll(() => late.length, soon).toBe(1);
  await length(page).fill("30");
  await priceIs(page, "$12.80");
  await late[0]?.continue();
  // Another answer, to be sure that the late one had its time.
  await page.getByRole("radio", { name: "9:16" }).check();
  await page.waitForResponse("**/veo31/estimate");
  expect(await page.locator("#price").textContent()).toBe("$12.80");
});

test("what cannot be made is told beside the choice at fault, and has no price", async () => {
  const { page, troubles } = desk;
  const problem = { field: "structure", code: "invalid_input", message: "One take is possible up to 30 s." };
  await page.route("**/veo31/estimate", (route) =>
    route.fulfill({
      status: 422,
      contentType: "application/problem+json",
      body: JSON.stringify({ code: "invalid_input", detail: "One take is possible up to 30 s.", errors: [problem] }),
    }));
  await length(page).fill("40");
  await structure(page).getByRole("radio", { name: "One take" }).check();
  await structure(page).getByRole("alert").getByText("One take is possible up to 30 s.").waitFor();
  await priceIs(page, "–");
  expect(await page.locator("#price-note").textContent()).toContain("No price");
  expect(await page.locator(".block").count()).toBe(0);
  await page.unroute("**/veo31/estimate");
  await length(page).fill("30");
  await priceIs(page, "$14.40");
  expect(await structure(page).getByText("One take is possible").count()).toBe(0);
  // Chromium writes every refused request to the console.
  expect(troubles.splice(0)).toContainEqual(expect.stringContaining("422"));
});

test("while it is not known what can be made, the page says so, prices all the same, and asks again", async () => {
  const { page, troubles } = desk;
  await page.route("**/veo31/capabilities", (route) => route.abort());
  await page.reload();
  await page.getByText("The service does not say what it can make.").waitFor();
  await length(page).fill("10");
  await priceIs(page, "$6.40");
  await page.unroute("**/veo31/capabilities");
  await structure(page).waitFor();
  expect(await page.getByText("The service does not say what it can make.").count()).toBe(0);
  // Chromium writes every broken request to the console.
  expect(troubles.splice(0)).toContainEqual(expect.stringContaining("ERR_FAILED"));
});

function length(page: Page) {
  return page.getByRole("slider", { name: "Length" });
}

function structure(page: Page) {
  return page.getByRole("group", { name: "How it is filmed" });
}

function ticks(page: Page): Promise<string[]> {
  return page.locator("#duration-ticks .clip-end").allTextContents();
}

async function priceIs(page: Page, price: string): Promise<void> {
  await expect.poll(() => page.locator("#price").textContent(), soon).toBe(price);
}
