/// <reference lib="dom" />
/** A service that asks for a key: the form asks for it, keeps it in its browser alone, sends it, and gives it up again. */
import type { Page, Request } from "playwright-core";
import { expect, test } from "vitest";
import { choose, playedFilm, stage } from "./support/form.ts";
import { latinWords } from "./support/latin-words.ts";
import { setLatencies, startTask } from "./support/task.ts";
import { pictures } from "./support/uploads.ts";
import { useForm } from "./support/use-form.ts";

const key = "shop-key-0123456789";
const otherKey = "studio-key-0123456789";
/** Longer than any test lasts. */
const neverMs = 600_000;

const desk = useForm({ locale: "en-US" }, { API_KEYS: `shop:${key},studio:${otherKey}` });

test("a key is asked for before anything is uploaded, checked at once, kept over a reload, and forgotten", async () => {
  const { page, troubles } = desk;
  const asked = requests(page);
  const field = page.getByLabel("Key", { exact: true });
  await field.waitFor();
  expect(await field.getAttribute("type")).toBe("password");
  await lay(page);
  await make(page);
  await page.getByText("First give the service's key").filter({ visible: true }).first().waitFor();
  expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);

  for (const wrong of ["wrong-key-0123456789", "ключ", ""]) {
    await field.fill(wrong);
    await field.press("Enter");
    await page.getByRole("alert").filter({ hasText: "The service does not take this key." }).waitFor();
    expect(await field.getAttribute("aria-invalid")).toBe("true");
  }
  expect(await stored(page)).not.toContain("wrong-key");

  await giveKey(page);
  await field.waitFor({ state: "hidden" });
  await page.getByText("$3.20", { exact: true }).waitFor();
  expect(await page.locator("#announcement").textContent()).not.toBe("");
  expect(asked.filter((request) => request.url().endsWith("/generate"))).toEqual([]);

  await page.reload();
  await page.getByText("$3.20", { exact: true }).waitFor();
  expect(await field.isVisible()).toBe(false);
  await page.getByRole("button", { name: "Forget the key" }).click();
  await field.waitFor();
  expect(await stored(page)).not.toContain(key);
  await page.reload();
  await field.waitFor();
  expect(page.url()).not.toContain(key);
  expect(asked.filter((request) => request.url().includes(key))).toEqual([]);
  // Chromium writes every refused request to the console.
  expect(new Set(troubles.splice(0).map((trouble) => /\d{3}/.exec(trouble)?.[0]))).toEqual(new Set(["401"]));
});

test("with the key a film is made, followed, changed and deleted; every request carries it, and no media link", async () => {
  const { page, origin, troubles } = desk;
  await setLatencies(origin, { clip_ms: 1_000 });
  await giveKey(page);
  troubles.length = 0;
  const asked = requests(page);
  await page.getByRole("checkbox", { name: "Show me the prompt before anything is paid" }).check();
  await lay(page);
  await make(page);
  await page.getByRole("button", { name: "Make it for $3.20" }).click();
  await playedFilm(page);
  await page.getByRole("button", { name: "Again with changes" }).click();
  await page.getByText("The same references lie on the table again.").waitFor();
  await setLatencies(origin, { image_analysis_ms: neverMs });
  await page.getByRole("checkbox", { name: "Show me the prompt before anything is paid" }).uncheck();
  await make(page);
  await stage(page, "Reading the references").waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("heading", { name: "Stopped" }).waitFor();
  await page.locator("summary", { hasText: "Delete" }).first().click();
  await page.getByRole("button", { name: "Delete for good" }).filter({ visible: true }).click();
  await page.locator("#announcement", { hasText: "Deleted" }).waitFor();

  const sent = await Promise.all(asked.map(async (request) => ({
    path: new URL(request.url()).pathname,
    key: (await request.allHeaders())["authorization"],
  })));
  const service = sent.filter(({ path }) => path.startsWith("/veo31/") && !path.startsWith("/veo31/media/"));
  expect(service.map(({ path }) => path.replace(/\/[0-9a-f]{32}/, "/ID")).toSorted()).toEqual(expect.arrayContaining([
    "/veo31/estimate",
    "/veo31/generate",
    "/veo31/status/ID",
    "/veo31/status/ID/events",
    "/veo31/tasks/ID",
    "/veo31/tasks/ID/approve",
    "/veo31/tasks/ID/cancel",
  ]));
  expect(service.filter((request) => request.key !== `Bearer ${key}`)).toEqual([]);
  expect(sent.filter(({ path, key }) => !path.startsWith("/veo31/") && key !== undefined)).toEqual([]);
});

test("a key that is revoked while a task is followed is asked for again, and the task is not forgotten", async () => {
  const { page, origin, troubles } = desk;
  await setLatencies(origin, { clip_ms: 4_000 });
  await giveKey(page);
  await lay(page);
  await make(page);
  await stage(page, "Filming").waitFor();
  const address = page.url();
  const revoke = (path: string) => path.startsWith("/veo31/status");
  await page.route((url) => revoke(url.pathname), (route) => {
    const body = { code: "unauthorized", detail: "This is not a key of this service." };
    return route.fulfill({ status: 401, contentType: "application/problem+json", json: body });
  });
  await page.reload();
  await page.locator("#film-notice", { hasText: "The service asks for its key" }).waitFor();
  await page.getByRole("alert").filter({ hasText: "The service does not take this key." }).waitFor();
  expect(page.url()).toBe(address);
  await page.unrouteAll();
  await giveKey(page);
  await playedFilm(page);
  expect(await page.locator("#film-notice").textContent()).toBe("");
  expect(new Set(troubles.splice(0).map((trouble) => /\d{3}/.exec(trouble)?.[0]))).toEqual(new Set(["401"]));
});

test("a key given in one tab serves the other", async () => {
  const { page, origin } = desk;
  await page.getByLabel("Key", { exact: true }).waitFor();
  const other = await page.context().newPage();
  await other.goto(origin);
  await giveKey(other);
  await page.getByText("$3.20", { exact: true }).waitFor();
  expect(await page.getByLabel("Key", { exact: true }).isVisible()).toBe(false);
});

test("another key's task is not there", async () => {
  const { page, origin, troubles } = desk;
  const { task_id } = await startTask(origin, {}, otherKey);
  await giveKey(page);
  troubles.length = 0;
  await page.evaluate((id) => location.hash = `#task=${id}`, task_id);
  await page.getByText("This task is no longer there.").waitFor();
  expect(troubles.splice(0)).toEqual([expect.stringContaining("404")]);
});

test("too many requests: it waits as long as it is told, then goes on by itself", async () => {
  const { page, origin, troubles } = desk;
  await setLatencies(origin, { image_analysis_ms: neverMs });
  await giveKey(page);
  const { task_id } = await startTask(origin, {}, key);
  const times: number[] = [];
  await page.route(`**/status/${task_id}`, (route) => {
    times.push(Date.now());
    if (times.length > 1) return route.continue();
    const json = { code: "rate_limited", detail: "More than 100 requests came in 10 s." };
    return route.fulfill({
      status: 429,
      headers: { "Retry-After": "6" },
      contentType: "application/problem+json",
      json,
    });
  });
  await page.evaluate((id) => location.hash = `#task=${id}`, task_id);
  await page.locator("#film-notice", { hasText: "This page waits, then goes on." }).waitFor();
  await stage(page, "Reading the references").waitFor();
  const [first = 0, second = 0] = times;
  expect(second - first).toBeGreaterThanOrEqual(6_000);
  expect(troubles.splice(0).filter((trouble) => !/401|429/.test(trouble))).toEqual([]);
});

test("a start that comes too soon after others says when to try again", async () => {
  const { page, troubles } = desk;
  await giveKey(page);
  await page.route("**/veo31/generate", (route) => {
    const json = { code: "rate_limited", detail: "More than 30 requests came in 60 s." };
    return route.fulfill({
      status: 429,
      headers: { "Retry-After": "60" },
      contentType: "application/problem+json",
      json,
    });
  });
  await lay(page);
  await make(page);
  await page.locator("#form-problem", { hasText: /30 requests came in 60 s\. Try again in 60\ss\.$/ }).waitFor();
  expect(troubles.splice(0).filter((trouble) => !/401|429/.test(trouble))).toEqual([]);
});

test("in Russian nothing of it is English", async () => {
  const { page, troubles } = desk;
  await page.getByRole("button", { name: "Русский" }).click();
  await page.reload();
  await page.locator("#key").waitFor();
  await make(page);
  await page.locator("#key-hint", { hasText: "Сервису нужен ключ." }).waitFor();
  await page.getByLabel("Ключ", { exact: true }).fill("wrong-key-0123456789");
  await page.keyboard.press("Enter");
  await page.getByText("Этот ключ не подходит.").waitFor();
  expect(await latinWords(page)).toEqual([]);
  await page.waitForLoadState("networkidle");
  expect(troubles.splice(0).filter((trouble) => !trouble.includes("401"))).toEqual([]);
});

async function giveKey(page: Page): Promise<void> {
  await page.getByLabel("Key", { exact: true }).fill(key);
  await page.getByRole("button", { name: "Use this key" }).click();
  await page.getByLabel("Key", { exact: true }).waitFor({ state: "hidden" });
}

async function lay(page: Page): Promise<void> {
  await choose(page, () => page.getByLabel("The whole piece").click(), (await pictures()).slice(0, 1));
}

function make(page: Page): Promise<void> {
  return page.locator("#make").click();
}

function stored(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify(localStorage));
}

/** What the page asks for from now on. */
function requests(page: Page): Request[] {
  const asked: Request[] = [];
  page.on("request", (request) => asked.push(request));
  return asked;
}
