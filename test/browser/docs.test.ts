/// <reference lib="dom" />
/** The page that shows the API's description: whole, from this deployment alone, and good for trying the API out. */
import axe from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { describeApi } from "../../scripts/describe-api/document.ts";
import { useForm } from "./support/use-form.ts";

declare global {
  // Put into the page by its own source. It has to be a `var` to be a property of the page's globalThis.
  var axe: typeof import("axe-core");
}

const key = "a-key-to-try-the-api-out";

/** Also fails for any trouble of the page: an error, a violation of its policy, a request to another origin. */
const desk = useForm({ locale: "en-US" }, { API_KEYS: key });

async function openDocs(): Promise<Page> {
  const { page, origin } = desk;
  const response = await page.goto(`${origin}/docs`);
  expect(response?.status()).toBe(200);
  expect(response?.request().redirectedFrom()).toBeNull();
  await page.locator(".opblock").first().waitFor();
  return page;
}

const operationIds = Object.values(describeApi().document.paths ?? {}).flatMap((path) =>
  Object.values(path ?? {}).flatMap((operation) => operationIdOf(operation))
);

function operationIdOf(operation: unknown): string[] {
  if (typeof operation !== "object" || operation === null || !("operationId" in operation)) return [];
  return [String(operation.operationId)];
}

test("every operation is listed", async () => {
  const page = await openDocs();
  const shown = await page.locator(".opblock[id^=operations-]").evaluateAll((blocks) => blocks.map(({ id }) => id));
  expect(operationIds.length).toBeGreaterThan(10);
  for (const id of operationIds) expect(shown).toContainEqual(expect.stringMatching(new RegExp(`-${id}$`)));
});

test("the API can be tried out with a key", async () => {
  const page = await openDocs();
  await page.getByRole("button", { name: "Authorize" }).click();
  await page.locator(".auth-container input").fill(key);
  await page.locator(".auth-container").getByRole("button", { name: /apply credentials/i }).click();
  await page.locator(".dialog-ux .btn-done").click();
  const estimate = page.locator("#operations-Offer-estimate");
  await estimate.locator(".opblock-summary-control").click();
  await estimate.getByRole("button", { name: "Try it out" }).click();
  await estimate.getByRole("button", { name: "Execute" }).click();
  const answer = estimate.locator(".live-responses-table .response-col_status").last();
  await answer.waitFor();
  expect(await answer.textContent()).toContain("200");
});

/**
 * What Swagger UI 5.35 itself breaks: its grey of small print, locks and arrows inside of what opens an operation, the
 * choice of the server without a name.
 */
const brokenBySwaggerUi = ["color-contrast", "nested-interactive", "select-name"];

describe.each(["light", "dark"] as const)("when it is %s, the page is open to everybody", (colorScheme) => {
  test("around Swagger UI by all rules of axe-core", async () => {
    const page = await openDocs();
    await page.emulateMedia({ colorScheme });
    expect(await violations(page, [], [".swagger-ui"])).toEqual([]);
  });

  test("and in it by all but those that it is known to break", async () => {
    const page = await openDocs();
    await page.emulateMedia({ colorScheme });
    expect(await violations(page, brokenBySwaggerUi, [])).toEqual([]);
  });
});

/** Serious and critical ones. */
async function violations(page: Page, withoutRules: readonly string[], exclude: string[]) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async (exclude) => {
    const { violations } = await globalThis.axe.run({ exclude }, { resultTypes: ["violations"] });
    return violations.map(({ id, impact, nodes }) => ({ rule: id, impact, places: nodes.map(({ html }) => html) }));
  }, exclude);
  const isGrave = (impact: string | null | undefined) => impact === "serious" || impact === "critical";
  return found.filter(({ rule, impact }) => isGrave(impact) && !withoutRules.includes(rule));
}

test("other tools find the description, and may read it from anywhere", async () => {
  const { headers } = await fetch(desk.origin, { method: "HEAD" });
  expect(headers.get("Link")).toBe('</openapi.json>; rel="service-desc", </docs>; rel="service-doc"');
  const response = await fetch(`${desk.origin}/openapi.json`);
  expect(response.headers.get("Content-Type")).toBe("application/openapi+json;version=3.1");
  expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
  expect(await response.json()).toEqual(JSON.parse(JSON.stringify(describeApi().document)));
});
