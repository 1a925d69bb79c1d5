/// <reference lib="dom" />
/** How the form follows a task: told of each change, through a lost connection, and without events where none come. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { estimateSchema } from "../../src/task/offer-view.ts";
import { choose, playedFilm, stage } from "./support/form.ts";
import { acceptedSubmits, setLatencies, startTask, takeTime } from "./support/task.ts";
import { pictures } from "./support/uploads.ts";
import { useForm } from "./support/use-form.ts";

const desk = useForm({ locale: "en-US" });

test("each change is told by an event, and the status is hardly asked for", async () => {
  const { page, origin } = desk;
  await takeTime(origin);
  const asked = requests(page);
  await start(page);
  await stage(page, "Writing the prompt").waitFor();
  await stage(page, "Filming").waitFor();
  await playedFilm(page);
  expect(asked.filter((path) => path.endsWith("/events"))).toHaveLength(1);
  // Once at the beginning, and once to see whether the events come.
  expect(asked.filter((path) => /\/status\/\w+$/.test(path)).length).toBeLessThanOrEqual(2);
});

test("the network is cut in the middle: it is said, nothing is lost, and it goes on by itself", async () => {
  const { page, origin, troubles } = desk;
  await start(page);
  await stage(page, "Filming").waitFor();
  await page.context().setOffline(true);
  await page.getByText("No connection. The video is made without this page").waitFor();
  expect(await page.getByText("No connection").count()).toBe(1);
  await page.context().setOffline(false);
  await expect.poll(() => page.getByText("No connection").count(), { timeout: 20_000 }).toBe(0);
  await playedFilm(page);
  expect(await acceptedSubmits(origin)).toBe(1);
  // Chromium writes every broken request to the console.
  expect(troubles.splice(0).filter((trouble) => !trouble.includes("ERR_INTERNET_DISCONNECTED"))).toEqual([]);
});

test("where no events come through, asking does it", async () => {
  const { page, troubles } = desk;
  await page.route("**/events", (route) => route.abort());
  await start(page);
  await stage(page, "Filming").waitFor();
  await playedFilm(page);
  expect(troubles.splice(0).filter((trouble) => !trouble.includes("ERR_FAILED"))).toEqual([]);
});

test("the title says where it is, and the stages keep their real times over a reload", async () => {
  const { page, origin } = desk;
  expect(await page.title()).toBe("A video from your pictures");
  await setLatencies(origin, { image_analysis_ms: 3_000 });
  await start(page);
  await stage(page, "Filming").waitFor();
  expect(await page.title()).toBe("Filming · A video from your pictures");
  await page.reload();
  const read = page.locator("time[data-stage=analyzing]");
  expect(await read.textContent()).toMatch(/^0:0[3-5]$/);
  await playedFilm(page);
  expect(await page.title()).toBe("Done · A video from your pictures");
});

test("who is elsewhere and allowed it is told once when it is done", async () => {
  const { page } = desk;
  await page.addInitScript(() => {
    const told: string[] = [];
    class Told extends EventTarget {
      static permission = "default";
      static requestPermission() {
        Told.permission = "granted";
        return Promise.resolve("granted");
      }
      constructor(title: string) {
        super();
        told.push(title);
      }
    }
    Object.assign(globalThis, { Notification: Told, told });
    Object.defineProperty(document, "hidden", { value: true });
  });
  await page.reload();
  await start(page);
  await page.getByRole("button", { name: "Tell me when it is done" }).click();
  await page.getByText("You will be told.").waitFor();
  await page.getByRole("heading", { name: "The video is ready" }).waitFor();
  expect(await page.evaluate("told")).toEqual(["The video is ready"]);
});

test("how long it usually takes is said as soon as this deployment knows, and not before", async () => {
  const { page, origin } = desk;
  await setLatencies(origin, { clip_ms: 1_000 });
  await page.getByRole("radio", { name: "Standard" }).check();
  await page.getByText("$0.80", { exact: true }).waitFor();
  expect(await page.locator("#time-note").textContent()).toBe("");
  const standard = { quality: "standard", duration_seconds: "6" };
  const started = await Promise.all([1, 2, 3].map(() => startTask(origin, standard)));
  expect(started).toHaveLength(3);
  await expect.poll(() => usualTime(origin), { timeout: 30_000 }).toMatchObject({ videos: 3 });
  await page.getByRole("radio", { name: "9:16" }).check();
  await page.getByText(/^Usually ready in 0:\d\d(–0:\d\d)? here \(videos like this one so far: 3\)\.$/).waitFor();
  await start(page);
  await page.locator(".facts", { hasText: /Usually0:\d\d/ }).waitFor();
  await playedFilm(page);
});

async function usualTime(origin: string) {
  const body = JSON.stringify({ quality: "standard" });
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(`${origin}/veo31/estimate`, { method: "POST", headers, body });
  return estimateSchema.parse(await response.json()).time;
}

/** Starts a film of one picture. */
async function start(page: Page): Promise<void> {
  await choose(page, () => page.getByLabel("The whole piece").click(), (await pictures()).slice(0, 1));
  await page.getByRole("button", { name: "Make the video" }).click();
}

/** The paths that the page asks for from now on. */
function requests(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  return asked;
}
