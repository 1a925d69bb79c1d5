/// <reference lib="dom" />
/**
 * Makes `docs/form.png`, the picture of the README: the form with a finished film, in the sandbox.
 *
 *   deno run --allow-all test/browser/form-picture.ts
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { choose, launchBrowser, openForm, playedFilm } from "./support/form.ts";
import { newStorage, startServer } from "./support/server.ts";
import { motion, pictures } from "./support/uploads.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const viewport = { width: 1280, height: 1240 };
const picture = fileURLToPath(new URL("../../docs/form.png", import.meta.url));

const server = await startServer(await newStorage());
const browser = await launchBrowser();
try {
  const { page } = await openForm(browser, server.origin, { viewport, locale: "en-US", colorScheme: "light" });
  await choose(page, () => page.getByLabel("The whole piece").click(), await pictures());
  await choose(page, () => page.getByLabel("A video to move like", { exact: true }).click(), [await motion()]);
  await page.getByRole("radio", { name: "Gem" }).check();
  await page.getByRole("slider", { name: "Length" }).fill("12");
  await page.getByLabel("In your own words").fill("A slow turn on black velvet, a ray slides over the facets");
  await page.getByRole("button", { name: "Make the video" }).click();
  await playedFilm(page);
  // By then the player has put its controls away.
  await page.waitForFunction(() => (document.querySelector<HTMLVideoElement>("#video")?.currentTime ?? 0) > 4.5);
  await page.evaluate(() => scrollTo(0, 0));
  const whole = join(await temporaryFolder(), "form.png");
  await page.screenshot({ path: whole });
  await reduce(whole, picture);
} finally {
  await browser.close();
  await server.kill();
}

/** Writes the picture with a palette of its own: a third of the bytes, and no eye tells them apart. */
async function reduce(from: string, to: string): Promise<void> {
  const palette = "split[a][b];[a]palettegen=stats_mode=single[p];[b][p]paletteuse=dither=none";
  await promisify(execFile)("ffmpeg", ["-v", "error", "-y", "-i", from, "-vf", palette, to]);
}
