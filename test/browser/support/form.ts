/// <reference lib="dom" />
/** The form in a real Chromium, watched for what must never happen in it. */
import process from "node:process";
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from "playwright-core";
import type { Upload } from "./uploads.ts";

/** No window, and nothing of the browser's own on the network. */
const quietly = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The Chromium of the system, or the one that `CHROMIUM` names. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: quietly });
}

export interface Form {
  readonly page: Page;
  /** Errors and warnings of the console, uncaught errors, and requests to another origin, as they come. */
  readonly troubles: string[];
  close(): Promise<void>;
}

/** Opens the form as a person who was never there before. */
export async function openForm(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Form> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) troubles.push(message.text());
  });
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== origin) troubles.push(`a request to ${request.url()}`);
  });
  await page.goto(origin);
  return { page, troubles, close: () => context.close() };
}

/** Answers the dialog that a press opens. */
export async function choose(page: Page, press: () => Promise<void>, files: Upload[]): Promise<void> {
  const [dialog] = await Promise.all([page.waitForEvent("filechooser"), press()]);
  await dialog.setFiles(files);
}

export interface Film {
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
}

/** Waits until the film plays by itself. */
export async function playedFilm(page: Page): Promise<Film> {
  const video = page.locator("#video");
  await video.waitFor();
  await page.waitForFunction(() => {
    const playing = document.querySelector<HTMLVideoElement>("#video");
    return playing !== null && !playing.paused && playing.currentTime > 0.2;
  });
  return await video.evaluate((playing: HTMLVideoElement) => ({
    width: playing.videoWidth,
    height: playing.videoHeight,
    seconds: playing.duration,
  }));
}

/** Where the task is, as the form shows it. */
export function stage(page: Page, name: string): Locator {
  return page.locator(".stage[data-state=now]", { hasText: name });
}

/** The name of the file that a press saves. */
export async function savedAs(page: Page, press: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return download.suggestedFilename();
}
