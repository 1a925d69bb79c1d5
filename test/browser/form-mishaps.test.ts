/// <reference lib="dom" />
/** What goes wrong between a person, the page and the way to the service: nothing is lost, paid twice or told falsely. */
import type { Page, Request } from "playwright-core";
import { expect, test } from "vitest";
import { choose, playedFilm, stage } from "./support/form.ts";
import { acceptedSubmits, misbehave, read, setLatencies, startTask } from "./support/task.ts";
import { pictures } from "./support/uploads.ts";
import { useForm } from "./support/use-form.ts";

/** Longer than any test lasts. */
const neverMs = 600_000;

const desk = useForm({ locale: "en-US" });

test("a gateway's page after everything was sent does not say that nothing was started; sent again, it is made once", async () => {
  const { page, origin, troubles } = desk;
  const keys: (string | undefined)[] = [];
  page.on("request", (request) => keys.push(...keyOfOrder(request)));
  await page.route("**/veo31/generate", async (route) => {
    await route.fetch();
    await route.fulfill({ status: 504, contentType: "text/html", body: "<h1>Gateway Timeout</h1>" });
  }, { times: 1 });
  await lay(page);
  await make(page);
  await page.getByText("Send it again as it is: it is made once.").waitFor();
  await make(page);
  await playedFilm(page);
  expect(await acceptedSubmits(origin)).toBe(1);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  expect(troubles.splice(0)).toEqual([expect.stringContaining("504")]);
});

test("an order that was changed after a lost answer is another order", async () => {
  const { page, troubles } = desk;
  const keys: (string | undefined)[] = [];
  page.on("request", (request) => keys.push(...keyOfOrder(request)));
  await page.route("**/veo31/generate", (route) => route.fulfill({ status: 502, body: "Bad Gateway" }), { times: 1 });
  await lay(page);
  await make(page);
  await page.getByText("Send it again as it is: it is made once.").waitFor();
  await page.getByRole("radio", { name: "9:16" }).check();
  await make(page);
  await page.waitForFunction(() => /#task=\w/.test(location.hash));
  expect(new Set(keys).size).toBe(2);
  expect(troubles.splice(0)).toEqual([expect.stringContaining("502")]);
});

test("a second press of Enter neither stops the sending nor sends again", async () => {
  const { page, origin } = desk;
  await setLatencies(origin, { image_analysis_ms: neverMs });
  let orders = 0;
  page.on("request", (request) => orders += request.url().endsWith("/veo31/generate") ? 1 : 0);
  await lay(page);
  await page.getByRole("button", { name: "Make the video" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await stage(page, "Reading the references").waitFor();
  expect(orders).toBe(1);
  expect(await page.getByText("Stopped. Nothing was started.").count()).toBe(0);
});

test("who tries again gets the same references, whatever stands in the form meanwhile", async () => {
  const { page, origin } = desk;
  await setLatencies(origin, { clip_ms: 500 });
  await misbehave(origin, { call: "submit", fault: "status_500", times: 99 });
  await page.getByRole("radio", { name: "Addresses" }).check();
  await page.getByLabel("Address of picture 1").fill(`${origin}/sandbox/samples/emerald-ring-front.jpg`);
  await make(page);
  await page.getByRole("heading", { name: "It did not work" }).waitFor();
  const first = taskIdOf(page);
  await page.getByRole("radio", { name: "Files" }).check();
  await lay(page, 1);
  await misbehave(origin);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.waitForFunction((before) => /#task=\w/.test(location.hash) && !location.hash.includes(before), first);
  const [before, after] = await Promise.all([read(origin, first), read(origin, taskIdOf(page))]);
  expect(after.references.images.map(({ bytes }) => bytes)).toEqual(before.references.images.map(({ bytes }) => bytes));
});

test("an older video is opened without touching what is being written, and Back leads to the empty form", async () => {
  const { page, origin } = desk;
  await setLatencies(origin, { clip_ms: 500 });
  await lay(page);
  await page.getByLabel("In your own words").fill("The first one");
  await make(page);
  await playedFilm(page);
  await page.getByRole("button", { name: "A new video" }).click();
  await page.getByRole("button", { name: "Remove picture 1" }).click();
  await page.getByLabel("In your own words").fill("Another one");
  await page.getByRole("link", { name: /The first one/ }).click();
  await playedFilm(page);
  expect(await page.getByLabel("In your own words").inputValue()).toBe("Another one");
  await page.goBack();
  await page.getByText("It will appear here").waitFor();
  expect(await page.locator("#video").count()).toBe(0);
});

test("Back does not lead to a task that is gone", async () => {
  const { page, origin, troubles } = desk;
  const { task_id } = await startTask(origin);
  await fetch(`${origin}/veo31/tasks/${task_id}`, { method: "DELETE" });
  await page.evaluate((id) => location.hash = `#task=${id}`, task_id);
  await page.getByText("This task is no longer there.").waitFor();
  await page.goBack();
  expect(page.url()).not.toContain("#task");
  expect(troubles.splice(0)).toEqual([expect.stringContaining("404")]);
});

test("text that is pasted with a picture of it stays text; a picture pasted among addresses is seen", async () => {
  const { page } = desk;
  await paste(page, "#additional_prompt", "A slow turn");
  expect(await page.locator("[data-laid]").count()).toBe(0);
  await page.getByRole("radio", { name: "Addresses" }).check();
  await paste(page, "body", "");
  await page.getByRole("radio", { name: "Files", checked: true }).waitFor();
  expect(await page.locator("#print1[data-laid]").isVisible()).toBe(true);
});

test("what is wrong is said anew in the language that one changes to", async () => {
  const { page } = desk;
  await make(page);
  await page.getByText("Lay down at least one picture first.").waitFor();
  await page.getByRole("button", { name: "Русский" }).click();
  await page.locator("#references-problem", { hasText: /^[^A-Za-z]+$/ }).waitFor();
});

test("references that cannot be fetched just now are not told to be gone, and the film stays", async () => {
  const { page, origin, troubles } = desk;
  await setLatencies(origin, { clip_ms: 500 });
  await lay(page);
  await make(page);
  await playedFilm(page);
  await page.reload();
  await playedFilm(page);
  await page.route("**/reference_image1.jpg", (route) => route.abort());
  await page.getByRole("button", { name: "Again with changes" }).click();
  await page.getByText("The service does not answer just now.").waitFor();
  expect(await page.locator("#video").count()).toBe(1);
  troubles.length = 0;
});

test("a browser that shows no notifications after all still shows the film", async () => {
  const { page, origin } = desk;
  await setLatencies(origin, { clip_ms: 500 });
  await page.addInitScript(() => {
    class Refused {
      static permission = "granted";
      constructor() {
        throw new TypeError("Illegal constructor");
      }
    }
    Object.assign(globalThis, { Notification: Refused });
    Object.defineProperty(document, "hidden", { value: true });
  });
  await page.reload();
  await lay(page);
  await make(page);
  await playedFilm(page);
  expect(await acceptedSubmits(origin)).toBe(1);
});

/** @param from which of the samples, counted from 0 */
async function lay(page: Page, from = 0): Promise<void> {
  const files = (await pictures()).slice(from, from + 1);
  await choose(page, () => page.locator("#reference_image1").click(), files);
  await page.locator("#print1[data-laid]").waitFor();
}

function make(page: Page): Promise<void> {
  return page.getByRole("button", { name: "Make the video" }).click();
}

/** Pastes what a document gives: its text, where there is one, and a picture. */
async function paste(page: Page, target: string, text: string): Promise<void> {
  const [picture] = await pictures();
  const base64 = picture?.buffer.toString("base64") ?? "";
  await page.evaluate(([selector = "", words = "", bytes = ""]) => {
    const clipboardData = new DataTransfer();
    if (words) clipboardData.setData("text/plain", words);
    const file = Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0));
    clipboardData.items.add(new File([file], "image.jpg", { type: "image/jpeg" }));
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.querySelector(selector)?.dispatchEvent(event);
  }, [target, text, base64]);
}

function taskIdOf(page: Page): string {
  return page.url().split("#task=")[1] ?? "";
}

/** What names the order that a request is; none for another request. */
function keyOfOrder(request: Request): (string | undefined)[] {
  return request.url().endsWith("/veo31/generate") ? [request.headers()["idempotency-key"]] : [];
}
