/// <reference lib="dom" />
/** The form on a Russian reader's phone. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { choose, playedFilm, stage } from "./support/form.ts";
import { latinWords } from "./support/latin-words.ts";
import { misbehave, read, until } from "./support/task.ts";
import { motion, pictures } from "./support/uploads.ts";
import { useForm } from "./support/use-form.ts";

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const desk = useForm({ locale: "ru-RU", ...phone });

test("on a phone, all of it is Russian and nothing is wider than the screen", async () => {
  const { page } = desk;
  await expectRussianPhonePage(page);
  await page.getByRole("radio", { name: "Адреса" }).tap();
  await expectRussianPhonePage(page);
  await page.getByRole("radio", { name: "Файлы" }).tap();
  await choose(page, () => page.getByLabel("Вещь целиком").tap(), await pictures());
  await choose(page, () => page.getByLabel("Видео-образец движения").tap(), [await motion()]);
  await page.getByRole("slider", { name: "Длина" }).fill("20");
  await page.getByRole("radio", { name: "1:1" }).check();
  await page.getByRole("radio", { name: "Одним планом" }).check();
  await page.locator("#plan-words", { hasText: "1 клип на 8 с и 2 продолжения по 7 с, 2 с отрежем" }).waitFor();
  await expectRussianPhonePage(page);
  await page.getByRole("radio", { name: "Монтаж из планов" }).check();
  await page.locator("#plan-words", { hasText: "3 клипа по 8 с, 4 с отрежем" }).waitFor();
  await page.getByRole("checkbox", { name: "Показать промпт до оплаты" }).check();
  await page.getByRole("button", { name: "Сделать видео" }).tap();
  await page.getByRole("textbox", { name: "План 3" }).waitFor();
  await expectRussianPhonePage(page);
  await page.getByRole("button", { name: /^Снять за 9,60/ }).tap();
  await stage(page, "Снимаем").waitFor();
  await expectRussianPhonePage(page);
  await page.getByRole("heading", { name: "Видео готово" }).waitFor();
  await playedFilm(page);
  await expectRussianPhonePage(page);
});

test("a failure is told in Russian too", async () => {
  const { page, origin } = desk;
  await misbehave(origin, { call: "submit", fault: "filtered_prompt" });
  await choose(page, () => page.getByLabel("Вещь целиком").tap(), (await pictures()).slice(0, 1));
  await page.getByRole("button", { name: "Сделать видео" }).tap();
  await page.getByRole("heading", { name: "Не получилось" }).waitFor();
  await page.getByText("Деньги за видео не списаны.").waitFor();
  await expectRussianPhonePage(page);
});

test("while a quota is waited for, why and until when is shown, and said once", async () => {
  const { page, origin } = desk;
  await misbehave(origin, { call: "submit", fault: "status_429_retry_after", times: 99 });
  const said = await listen(page);
  await choose(page, () => page.getByLabel("Вещь целиком").tap(), (await pictures()).slice(0, 1));
  await page.getByRole("button", { name: "Сделать видео" }).tap();
  const wait = stage(page, "Снимаем").getByText("Квота у Veo пока исчерпана.");
  await wait.waitFor();
  expect(await wait.textContent()).toMatch(/ Следующая попытка: \d\d:\d\d\.$/);
  await expectRussianPhonePage(page);
  const taskId = page.url().split("#task=")[1] ?? "";
  const first = await read(origin, taskId);
  await until(origin, taskId, ({ waiting }) => waiting !== null && waiting.until !== first.waiting?.until);
  // By the next tick of its clock the page has been told, too.
  const clock = page.locator("#total-time");
  const shown = await clock.textContent();
  await expect.poll(() => clock.textContent(), { timeout: 5_000 }).not.toBe(shown);
  expect(said.filter((text) => text.includes("Квота"))).toHaveLength(1);
  await page.getByRole("button", { name: "Отменить" }).tap();
  await page.getByRole("heading", { name: "Остановлено" }).waitFor();
  await page.getByText("Деньги за видео не списаны.").waitFor();
});

/** What is read aloud from now on. */
async function listen(page: Page): Promise<string[]> {
  const said: string[] = [];
  page.on("console", (message) => message.type() === "info" && said.push(message.text()));
  await page.evaluate(() => {
    const line = document.querySelector("#announcement");
    if (!line) throw new Error("The page has no live region.");
    new MutationObserver(() => console.info(line.textContent)).observe(line, { childList: true });
  });
  return said;
}

async function expectRussianPhonePage(page: Page): Promise<void> {
  expect(await latinWords(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("ru");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.viewport.width);
}
