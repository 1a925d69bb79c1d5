/// <reference lib="dom" />
/** Films of several clips, and square ones, as the form shows them. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { choose, playedFilm } from "./support/form.ts";
import { probe } from "./support/probe.ts";
import { misbehave, read } from "./support/task.ts";
import { pictures } from "./support/uploads.ts";
import { useForm } from "./support/use-form.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const desk = useForm({ locale: "en-US" });

test("a square is shown as the middle of its original, and saved as a square", async () => {
  const { page } = desk;
  await start(page, async () => {
    await page.getByRole("radio", { name: "1:1" }).check();
    await page.getByRole("radio", { name: "Standard" }).check();
  });
  const { width, height } = await playedFilm(page);
  expect({ width, height }).toEqual({ width: 720, height: 1280 });
  const shown = await page.locator("#video").evaluate((video) => ({
    fit: getComputedStyle(video).objectFit,
    sides: [video.clientWidth, video.clientHeight],
  }));
  expect(shown.fit).toBe("cover");
  expect(shown.sides[0]).toBe(shown.sides[1]);
  await page.getByRole("list", { name: "Good to know" }).getByText("square").waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download" }).click(),
  ]);
  const file = join(await temporaryFolder(), "square.mp4");
  await download.saveAs(file);
  const { streams } = await probe(file);
  expect(streams).toContainEqual({ codec_name: "h264", width: 720, height: 720 });
});

test("every clip of a film can be opened, and what it really cost is told", async () => {
  const { page } = desk;
  await start(page, () => page.getByRole("slider", { name: "Length" }).fill("20"));
  const { seconds } = await playedFilm(page);
  expect(seconds).toBeCloseTo(20, 1);
  expect(await page.getByText("6.7 s, filmed", { exact: true }).count()).toBe(3);
  expect(await page.locator(".facts").textContent()).toContain("Cost$9.60");
  const address = await page.getByRole("link", { name: "Shot 2: open the clip" }).getAttribute("href");
  const clip = await fetch(address ?? "", { method: "HEAD" });
  expect(clip.headers.get("Content-Type")).toBe("video/mp4");
});

test("when one clip fails, the others are not lost, and what was paid is said", async () => {
  const { page, origin } = desk;
  const secondIsDeclined = { call: "submit", fault: "filtered_prompt", after: 1 };
  await misbehave(origin, secondIsDeclined);
  await start(page, () => page.getByRole("slider", { name: "Length" }).fill("10"));
  await page.getByRole("heading", { name: "It did not work" }).waitFor();
  await page.getByText("What is filmed is not lost: open the clips here.").waitFor();
  await page.getByText("What was filmed was paid for.").waitFor();
  expect(await page.getByRole("link", { name: /open the clip$/ }).count()).toBe(1);
  const { cost } = await read(origin, page.url().split("#task=")[1] ?? "");
  expect(cost.actual_usd).toBe(3.2);
  expect(await page.locator(".outcome .facts").textContent()).toContain("$3.20");
});

/** Starts a film of one picture. */
async function start(page: Page, decide: () => Promise<void>): Promise<void> {
  await choose(page, () => page.getByLabel("The whole piece").click(), (await pictures()).slice(0, 1));
  await decide();
  await page.getByRole("button", { name: "Make the video" }).click();
}
