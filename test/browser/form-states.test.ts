/// <reference lib="dom" />
/** Every state of the form: open to everybody by the rules of axe-core, light and dark, and found again after a reload. */
import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { states } from "./support/states.ts";
import { useForm } from "./support/use-form.ts";

declare global {
  // Put into the page by its own source. It has to be a `var` to be a property of the page's globalThis.
  var axe: typeof import("axe-core");
}

const desk = useForm({ locale: "en-US" });

/** A desk by day, a phone by night. */
const looks = [
  { colorScheme: "light", width: 1280, height: 800 },
  { colorScheme: "dark", width: 360, height: 740 },
] as const;

test.each(states)("$name: open to everybody, and found again", async ({ reach }) => {
  const { page, origin, troubles } = desk;
  await reach(page, origin);
  for (const { colorScheme, ...size } of looks) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect(await violations(page), colorScheme).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }
  const state = await stateOf(page);
  await page.context().setOffline(false);
  await page.reload();
  await expect.poll(() => stateOf(page)).toBe(page.url().includes("#task=") ? state : "empty");
  // Chromium writes every refused or broken request to the console; what else a state says is told by the others.
  const own = troubles.splice(0).filter((trouble) => !trouble.startsWith("Failed to load resource"));
  expect(own).toEqual([]);
});

interface Violation {
  readonly rule: string;
  readonly places: readonly string[];
}

async function violations(page: Page): Promise<Violation[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => ({ rule: id, places: nodes.map(({ html }) => html.slice(0, 120)) }));
  });
}

function stateOf(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.body.dataset["film"]);
}
