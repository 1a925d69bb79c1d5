/// <reference lib="dom" />
/** The whole job in the form, without ever touching a mouse. */
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { choose, playedFilm, savedAs } from "./support/form.ts";
import { read } from "./support/task.ts";
import { motion, pictures } from "./support/uploads.ts";
import { useForm } from "./support/use-form.ts";

/** More stops than the page has. */
const stopsMaximum = 60;

const desk = useForm({ locale: "en-US" });

test("the whole job is done by keyboard alone", async () => {
  const { page, origin } = desk;
  const { keyboard } = page;
  // Nobody is quicker than the page: with its price it is complete.
  await page.getByText("$3.20", { exact: true }).waitFor();
  await tabTo(page, page.getByLabel("The whole piece"));
  await choose(page, () => keyboard.press("Space"), await pictures());
  await tabTo(page, page.getByLabel("A video to move like", { exact: true }));
  await choose(page, () => keyboard.press("Space"), [await motion()]);
  await tabTo(page, page.getByRole("radio", { name: "Other" }));
  await press(page, "ArrowLeft", "ArrowLeft");
  await tabTo(page, page.getByRole("slider", { name: "Length" }));
  await press(page, "ArrowLeft", "ArrowLeft");
  await tabTo(page, page.getByRole("radio", { name: "16:9" }));
  await press(page, "ArrowRight");
  await tabTo(page, page.getByRole("radio", { name: "High" }));
  await press(page, "ArrowRight");
  await tabTo(page, page.getByLabel("In your own words"));
  await keyboard.type("A slow turn");
  await tabTo(page, page.getByRole("checkbox", { name: "Show me the prompt" }));
  await press(page, "Space");
  await tabTo(page, page.getByRole("button", { name: "Make the video" }));
  await press(page, "Enter");
  const approve = page.getByRole("button", { name: "Make it for $0.80" });
  await approve.waitFor();
  await tabTo(page, page.getByRole("textbox", { name: "The prompt" }));
  await press(page, "Control+End");
  await keyboard.type(" Nothing else moves.");
  await tabTo(page, approve);
  await press(page, "Enter");
  const { width, height } = await playedFilm(page);
  expect({ width, height }).toEqual({ width: 720, height: 1280 });
  const download = page.getByRole("link", { name: "Download" });
  await tabTo(page, download);
  expect(await savedAs(page, () => keyboard.press("Enter"))).toBe("gemstone-closeup-9x16-6s.mp4");
  const { request, references, step2_prompt } = await read(origin, taskIdOf(page));
  expect(request).toMatchObject({
    use_case: "gemstone_closeup",
    duration_seconds: 6,
    additional_prompt: "A slow turn",
  });
  expect(step2_prompt).toMatch(/ Nothing else moves\.$/);
  expect(references.images).toHaveLength(3);
  expect(references.video?.duration_seconds).toBeCloseTo(8, 1);
});

/** Presses Tab until the focus is there, as somebody does who sees where it is. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stops = 0; stops < stopsMaximum; stops++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${target}.`);
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

function taskIdOf(page: Page): string {
  return page.url().split("#task=")[1] ?? "";
}
