/** The whole job in the form, done by a person with a mouse. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { choose, playedFilm, savedAs, stage } from "./support/form.ts";
import { acceptedSubmits, misbehave, takeTime, upstreamCalls } from "./support/task.ts";
import { motion, pictureMade, pictures } from "./support/uploads.ts";
import { useForm } from "./support/use-form.ts";

const frameSeconds = 1 / 24;
/** The checksum with which a PNG ends. */
const checksumBytes = 4;
const ownWords = "A slow turn on black velvet";

const desk = useForm({ locale: "en-US" });

test("three pictures, a video and some words become a film that plays and can be kept", async () => {
  const { page, origin } = desk;
  await takeTime(origin);
  await choose(page, () => firstPrint(page).click(), await pictures());
  await choose(page, () => page.getByLabel("A video to move like", { exact: true }).click(), [await motion()]);
  await page.getByLabel("In your own words").fill(ownWords);
  await page.getByRole("button", { name: "Make the video" }).click();
  await stage(page, "Reading the references").waitFor();
  await stage(page, "Writing the prompt").waitFor();
  await stage(page, "Filming").waitFor();
  await page.getByRole("heading", { name: "The video is ready" }).waitFor();
  const { width, height, seconds } = await playedFilm(page);
  expect({ width, height }).toEqual({ width: 1920, height: 1080 });
  expect(Math.abs(seconds - 8)).toBeLessThanOrEqual(frameSeconds);
  expect(await page.locator(".seen h4").allTextContents()).toEqual([
    ...Array(3).fill(expect.stringContaining("JPEG picture")),
    expect.stringContaining("MP4 video of 8 s"),
  ]);
  expect(await page.locator(".prompt").textContent()).toContain(ownWords);
  expect(await savedAs(page, () => page.getByRole("link", { name: "Download" }).click())).toBe("general-16x9-8s.mp4");
  expect(await acceptedSubmits(origin)).toBe(1);
});

test("a reload in the middle comes back to the task", async () => {
  const { page, origin } = desk;
  await startFilm(page);
  await stage(page, "Filming").waitFor();
  const address = page.url();
  await page.reload();
  await stage(page, "Filming").waitFor();
  expect(page.url()).toBe(address);
  expect(await page.getByLabel("In your own words").inputValue()).toBe(ownWords);
  await playedFilm(page);
  expect(await acceptedSubmits(origin)).toBe(1);
});

test("a picture that is cut off is told beside its own print, and nothing is started", async () => {
  const { page, origin, troubles } = desk;
  const [front] = await pictures();
  if (!front) throw new Error("There are no samples.");
  const side = await pictureMade("side.png");
  // Chromium opens a PNG without its last checksum; most of what is cut off it tells itself.
  const cut = { ...side, buffer: side.buffer.subarray(0, -checksumBytes) };
  await choose(page, () => firstPrint(page).click(), [front, cut]);
  await page.getByRole("button", { name: "Make the video" }).click();
  const problem = page.getByRole("alert").filter({ hasText: "Picture 2." });
  await problem.waitFor();
  expect(await problem.textContent()).toContain("ends in the middle");
  expect(await page.getByLabel("Picture 2, replace").getAttribute("aria-invalid")).toBe("true");
  expect(await page.getByLabel("Picture 1, replace").getAttribute("aria-invalid")).toBeNull();
  expect(await upstreamCalls(origin)).toBe(0);
  // Chromium writes every refused request to the console.
  expect(troubles.splice(0)).toEqual([expect.stringContaining("422")]);
});

test("a prompt that Veo declines is told, and that nothing was charged", async () => {
  const { page, origin } = desk;
  await misbehave(origin, { call: "submit", fault: "filtered_prompt" });
  await startFilm(page);
  await page.getByRole("heading", { name: "It did not work" }).waitFor();
  const told = await page.locator(".outcome").textContent();
  expect(told).toContain("Veo's filter declined the prompt.");
  expect(told).toContain("Nothing was charged for the video.");
  await page.getByRole("button", { name: "Change words or pictures" }).waitFor();
});

test("the page may load, send and show only what is its own", async () => {
  const { headers } = await fetch(desk.origin);
  expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
  expect(headers.get("Referrer-Policy")).toBe("no-referrer");
});

function firstPrint(page: Page) {
  return page.getByLabel("The whole piece");
}

/** Starts a film of one picture. */
async function startFilm(page: Page): Promise<void> {
  await choose(page, () => firstPrint(page).click(), (await pictures()).slice(0, 1));
  await page.getByLabel("In your own words").fill(ownWords);
  await page.getByRole("button", { name: "Make the video" }).click();
}
