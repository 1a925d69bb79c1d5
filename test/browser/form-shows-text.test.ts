/// <reference lib="dom" />
/** What the page may do, and that nothing it shows ever becomes a part of it: names, words, prompts, errors are text. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { changeAnswers } from "./support/change-answers.ts";
import { choose, playedFilm } from "./support/form.ts";
import { setLatencies } from "./support/task.ts";
import { motion, pictures } from "./support/uploads.ts";
import { useForm } from "./support/use-form.ts";

declare global {
  // Kept by the page over all that it does. It has to be a `var` to be a property of the page's globalThis.
  var violated: string[];
}

/** An element with a script, where it became one. */
const html = `<img src=x onerror="document.title='taken over'">`;

const desk = useForm({ locale: "en-US" });

test("a whole job keeps to the content security policy, which would tell of anything else", async () => {
  const { page, origin, troubles } = desk;
  await watchPolicy(page);
  await setLatencies(origin, { clip_ms: 1_000 });
  await page.getByRole("slider", { name: "Length" }).fill("12");
  await page.getByRole("checkbox", { name: "Show me the prompt before anything is paid" }).check();
  await choose(page, () => page.getByLabel("The whole piece").click(), await pictures());
  await choose(page, () => page.getByLabel("A video to move like", { exact: true }).click(), [await motion()]);
  await make(page);
  await page.getByRole("button", { name: "Make it for" }).click();
  await playedFilm(page);
  await page.getByRole("button", { name: "Picture 1", exact: true }).click();
  await page.getByRole("button", { name: "Save this frame" }).click();
  await page.locator("#history img:not([src=''])").waitFor();
  await page.getByRole("button", { name: "Русский" }).click();
  expect(await page.evaluate(() => violated)).toEqual([]);
  expect(troubles).toEqual([]);

  await page.evaluate(() => new Image().src = "https://example.com/x.png");
  await expect.poll(() => page.evaluate(() => violated)).toEqual(["img-src"]);
  const written = await page.evaluate((text) => {
    try {
      document.body.insertAdjacentHTML("beforeend", text);
      return "written";
    } catch {
      return "refused";
    }
  }, html);
  expect(written).toBe("refused");
  troubles.length = 0;
});

test("HTML in a file's name, in own words and in what the service tells of a task is shown as it is written", async () => {
  const { page, origin, troubles } = desk;
  await setLatencies(origin, { clip_ms: 1_000 });
  await page.route("**/events", (route) => route.abort());
  await changeAnswers(page, /\/veo31\/status\/\w+$/, (task) => withTexts(task));
  const [front] = await pictures();
  if (!front) throw new Error("There are no samples.");
  const wrong = { ...front, name: `${html}.gif`, buffer: front.buffer.subarray(1) };
  await choose(page, () => page.getByLabel("Another side").click(), [wrong]);
  await page.getByText(`${html}.gif`).waitFor();
  await page.getByRole("button", { name: "Remove picture 2" }).click();
  await choose(page, () => page.getByLabel("The whole piece").click(), [{ ...front, name: `${html}.jpg` }]);
  await page.getByLabel("In your own words").fill(html);
  await make(page);
  await playedFilm(page);
  for (const place of [".prompt", ".seen h4", ".warnings", "#history .title"]) {
    await page.locator(place).filter({ hasText: html }).first().waitFor();
  }
  await expectNothingTaken(page);
  await page.getByRole("button", { name: "Again with changes" }).click();
  expect(await page.getByLabel("In your own words").inputValue()).toBe(html);
  await page.reload();
  await page.locator("#history .title").filter({ hasText: html }).waitFor();
  await expectNothingTaken(page);
  expect(troubles.splice(0).filter((trouble) => !trouble.includes("ERR_FAILED"))).toEqual([]);
});

test("HTML in an error of the service is shown as it is written", async () => {
  const { page, troubles } = desk;
  const errors = ["reference_image1", "additional_prompt", html].map((field) => ({ field, code: html, message: html }));
  const json = { code: html, detail: `The detail ${html}`, errors };
  await page.route("**/veo31/generate", (route) => route.fulfill({ status: 422, json }));
  await choose(page, () => page.getByLabel("The whole piece").click(), (await pictures()).slice(0, 1));
  for (const language of ["English", "Русский"]) {
    await page.getByRole("button", { name: language }).click();
    await make(page);
    for (const field of ["reference_image1", "additional_prompt", "form"]) {
      await page.locator(`#${field}-problem`, { hasText: html }).waitFor();
    }
    await page.getByRole("button", { name: /^(Remove picture 1|Убрать снимок 1)$/ }).click();
    await choose(page, () => page.locator("#reference_image1").click(), (await pictures()).slice(0, 1));
  }
  await expectNothingTaken(page);
  expect(troubles.splice(0).every((trouble) => trouble.includes("422"))).toBe(true);
});

/** Every text of a task that a person reads and a stranger may have written, as HTML. */
function withTexts(value: unknown, name = ""): unknown {
  const isText = ["subject", "prompt", "step2_prompt", "message", "summary", "mood", "camera"].includes(name);
  if (typeof value === "string") return isText || ["materials", "legible_text"].includes(name) ? html : value;
  if (Array.isArray(value)) return value.map((item) => withTexts(item, name));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, withTexts(item, key)]);
  const task: Record<string, unknown> = Object.fromEntries(entries);
  return "warnings" in task ? { ...task, warnings: [{ code: html, message: html }] } : task;
}

async function watchPolicy(page: Page): Promise<void> {
  await page.addInitScript(() => {
    globalThis.violated = [];
    addEventListener("securitypolicyviolation", ({ effectiveDirective }) => violated.push(effectiveDirective));
  });
  await page.reload();
}

async function expectNothingTaken(page: Page): Promise<void> {
  expect(await page.locator("[onerror], img[src=x]").count()).toBe(0);
  expect(await page.title()).not.toBe("taken over");
}

function make(page: Page): Promise<void> {
  return page.locator("#make").click();
}
