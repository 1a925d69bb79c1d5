/// <reference lib="dom" />
/**
 * Pictures of the form in every state it can be in, on a desk and on a phone, light and dark, in both languages.
 *
 *   npm run screenshots                     all of them, into screenshots/
 *   npm run screenshots -- done review      only the states with these words in their names
 */
import { mkdir } from "node:fs/promises";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { launchBrowser, openForm } from "./support/form.ts";
import { newStorage, startServer } from "./support/server.ts";
import { states } from "./support/states.ts";
import { resetSandbox } from "./support/task.ts";

const folder = fileURLToPath(new URL("../../screenshots/", import.meta.url));

/** Who looks. The widest comes first, because a page that was narrow once keeps nothing of it. */
const looks = [
  { name: "1920-light-en", width: 1920, height: 1080, colorScheme: "light", language: "en" },
  { name: "1280-dark-ru", width: 1280, height: 800, colorScheme: "dark", language: "ru" },
  { name: "360-light-ru", width: 360, height: 740, colorScheme: "light", language: "ru" },
  { name: "360-dark-en", width: 360, height: 740, colorScheme: "dark", language: "en" },
] as const;

/** Longer than any transition of the style sheets. */
const settleMs = 300;

const wanted = process.argv.slice(2);
const pictured = states.filter(({ name }) => wanted.length === 0 || wanted.some((word: string) => name.includes(word)));

await mkdir(folder, { recursive: true });
const server = await startServer(await newStorage());
const browser = await launchBrowser();
try {
  for (const { name, reach } of pictured) {
    await resetSandbox(server.origin);
    const { page, close } = await openForm(browser, server.origin, { locale: "en-US" });
    await reach(page, server.origin);
    for (const look of looks) await picture(page, look, `${folder}${name}-${look.name}.png`);
    await close();
  }
} finally {
  await browser.close();
  await server.kill();
}

async function picture(page: Page, look: typeof looks[number], path: string): Promise<void> {
  const { width, height, colorScheme, language } = look;
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme });
  // Pressed by script, because on a phone only the other language is offered.
  await page.locator(`[data-language=${language}]`).evaluate((button) =>
    button instanceof HTMLElement && button.click()
  );
  // What sticks to the window would be pictured where it was scrolled to.
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(settleMs);
  await page.screenshot({ path, fullPage: true });
}
