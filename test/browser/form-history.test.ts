/// <reference lib="dom" />
/** The videos of a browser: what it keeps of them, opens again, finds and deletes. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { TaskView } from "../../src/task/view.ts";
import { openForm, playedFilm } from "./support/form.ts";
import { latinWords } from "./support/latin-words.ts";
import { setLatencies, startTask, until } from "./support/task.ts";
import { useForm } from "./support/use-form.ts";

/** Longer than any test lasts. */
const neverMs = 600_000;

const desk = useForm({ locale: "en-US" });

test("videos appear with posters, outlive a reload, are opened again, found, and deleted for good", async () => {
  const { page, origin, troubles } = desk;
  const older = await made(origin, { additional_prompt: "Black velvet", use_case: "gemstone_closeup" });
  const newer = await made(origin, { additional_prompt: "White marble", aspect_ratio: "1:1" });
  expect(await page.locator("#history").isVisible()).toBe(false);
  await open(page, older.task_id);
  await open(page, newer.task_id);
  await page.reload();
  await expectTitles(page, ["White marble", "Black velvet"]);
  await expect.poll(() => posterSizes(page)).toEqual(["320x320", "320x180"]);
  // The sandbox's film is dark to its edge, the picture that stood for it before is light.
  await expect.poll(async () => Math.max(...await posterEdges(page))).toBeLessThan(64);
  expect(await titles(page, "[aria-current=true]")).toEqual(["White marble"]);

  await page.getByRole("link", { name: "Black velvet" }).press("Enter");
  await page.waitForURL(`${origin}/#task=${older.task_id}`);
  await page.locator(`#video[src="${older.step3_video_generation?.video_url}"]`).waitFor();
  expect((await playedFilm(page)).width).toBe(1920);
  await expect.poll(() => titles(page, "[aria-current=true]")).toEqual(["Black velvet"]);

  const remove = page.getByLabel("Delete: Black velvet");
  const forGood = page.getByRole("button", { name: "Delete for good" });
  await remove.press("Enter");
  await page.getByText("go from the service too").filter({ visible: true }).waitFor();
  await page.keyboard.press("Enter");
  expect(await forGood.isVisible()).toBe(false);
  await page.route(`**/tasks/${older.task_id}`, (route) => route.abort());
  await remove.click();
  await forGood.click();
  await page.getByText("Not deleted").waitFor();
  expect(await status(origin, older.task_id)).toBe(200);
  await page.unroute(`**/tasks/${older.task_id}`);
  await forGood.click();
  await expectTitles(page, ["White marble"]);
  expect(await focused(page)).toBe("Delete: White marble");
  expect(await status(origin, older.task_id)).toBe(404);
  expect(page.url()).toBe(`${origin}/`);
  expect(await page.locator("#announcement").textContent()).toBe("Deleted: Black velvet");
  // Chromium writes every failed request to the console, also of the player whose film went away.
  expect(troubles.splice(0).every((trouble) => /Failed to load|ERR_FAILED|404/.test(trouble))).toBe(true);
});

test("among many, one is found by the words and by the use case in either language", async () => {
  const { page, origin } = desk;
  await setLatencies(origin, { image_analysis_ms: neverMs });
  for (
    const [additional_prompt, use_case] of [
      ["Black velvet", "gemstone_closeup"],
      ["White marble", "luxury_brand"],
      ["Oak table", "general"],
    ] as const
  ) {
    await open(page, (await startTask(origin, { additional_prompt, use_case })).task_id);
  }
  const search = page.getByRole("searchbox", { name: "Search" });
  await expect.poll(() => titles(page)).toHaveLength(3);
  expect(await search.isVisible()).toBe(false);
  await open(page, (await startTask(origin, { additional_prompt: "Velvet box" })).task_id);
  for (
    const [wanted, found] of [
      ["velvet", ["Velvet box", "Black velvet"]],
      ["BLACK velv", ["Black velvet"]],
      ["камень", ["Black velvet"]],
      ["luxury", ["White marble"]],
    ] as const
  ) {
    await search.fill(wanted);
    await expectTitles(page, found);
    expect(await page.locator("#history-found").textContent()).toBe(`${found.length} of 4`);
  }
  await search.fill("platinum");
  await page.getByText("Nothing found").waitFor();
});

test("a task that was deleted elsewhere is no longer kept after a reload, and another tab shows it too", async () => {
  const { page, origin, troubles } = desk;
  await setLatencies(origin, { image_analysis_ms: neverMs });
  const { task_id } = await startTask(origin, { additional_prompt: "Oak table" });
  await open(page, task_id);
  await page.locator("#history").getByText("Reading the references").waitFor();
  const other = await page.context().newPage();
  await other.goto(origin);
  await page.goto(origin);
  expect((await fetch(`${origin}/veo31/tasks/${task_id}`, { method: "DELETE" })).status).toBe(204);
  await page.reload();
  await page.getByText("No longer kept").waitFor();
  await other.getByText("No longer kept").waitFor();
  expect(await page.getByRole("link", { name: "Oak table" }).count()).toBe(0);
  await page.getByRole("button", { name: "Take off the list: Oak table" }).click();
  await page.locator("#history").waitFor({ state: "hidden" });
  await other.locator("#history").waitFor({ state: "hidden" });
  expect(troubles.splice(0).every((trouble) => trouble.includes("404"))).toBe(true);
});

test("in Russian nothing of it is English", async () => {
  const { page, origin } = desk;
  await setLatencies(origin, { image_analysis_ms: neverMs });
  await page.getByRole("button", { name: "Русский" }).click();
  await open(page, (await startTask(origin, { additional_prompt: "Чёрный бархат" })).task_id);
  await page.getByLabel("Удалить: Чёрный бархат").click();
  await page.getByText("Видео и снимки исчезнут и с сервиса. Уже оплаченное пропадёт.").waitFor();
  expect(await latinWords(page)).toEqual([]);
});

test("a browser that stores nothing, or something broken, still shows what it makes", async () => {
  const { page, origin } = desk;
  const { task_id } = await startTask(origin, { additional_prompt: "Oak table" });
  await page.evaluate(() => localStorage.setItem("veo31.tasks", `[{"id":"x"},7]`));
  await open(page, task_id);
  await expectTitles(page, ["Oak table"]);
  const form = await openForm(page.context().browser() ?? expect.fail(), origin, { locale: "en-US" });
  await form.page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await open(form.page, task_id);
  await expectTitles(form.page, ["Oak table"]);
  await playedFilm(form.page);
  await form.close();
  expect(form.troubles).toEqual([]);
});

/** Makes a video outside the form. */
async function made(origin: string, fields: Record<string, string>): Promise<TaskView> {
  const { task_id } = await startTask(origin, fields);
  return await until(origin, task_id, ({ status }) => status === "succeeded");
}

/** Opens a task by its address, and waits until this browser keeps it. */
async function open(page: Page, taskId: string): Promise<void> {
  await page.goto("about:blank");
  await page.goto(`${desk.origin}/#task=${taskId}`);
  await page.locator(`#history a[href="#task=${taskId}"] img:not([src=""])`).waitFor();
}

function titles(page: Page, cell = "#history li:not([hidden])"): Promise<string[]> {
  return page.locator(`${cell} .title`).allTextContents();
}

async function expectTitles(page: Page, expected: readonly string[]): Promise<void> {
  await expect.poll(() => titles(page)).toEqual(expected);
}

function posterSizes(page: Page): Promise<string[]> {
  return page.locator("#history img").evaluateAll((images) =>
    images.map((image) => image instanceof HTMLImageElement ? `${image.naturalWidth}x${image.naturalHeight}` : "")
  );
}

/** How light each poster is at its edge, from 0 to 255. */
function posterEdges(page: Page): Promise<number[]> {
  return page.locator("#history img").evaluateAll((images) =>
    images.map((image) => {
      const context = document.createElement("canvas").getContext("2d");
      if (!context || !(image instanceof HTMLImageElement)) throw new Error("There is no picture.");
      context.drawImage(image, 0, 0);
      return Math.max(...context.getImageData(4, 4, 1, 1).data.slice(0, 3));
    })
  );
}

function focused(page: Page): Promise<string | null> {
  return page.evaluate(() =>
    document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? null
  );
}

async function status(origin: string, taskId: string): Promise<number> {
  return (await fetch(`${origin}/veo31/status/${taskId}`)).status;
}
