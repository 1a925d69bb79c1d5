/// <reference lib="dom" />
/** The page among the examples, in a browser, on another site than the service. */
import { Buffer } from "node:buffer";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { launchBrowser, playedFilm } from "./support/form.ts";
import { newStorage, type Server, startServer } from "./support/server.ts";
import { misbehave, resetSandbox } from "./support/task.ts";
import { pictures, type Upload } from "./support/uploads.ts";

const key = "a-key-that-people-type-in";
const contentTypes: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript" };

let site: string;
let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const files = createServer(async ({ url }, response) => {
    const path = url === "/" ? "/index.html" : `${url}`;
    const content = await readFile(new URL(`../../examples/browser${path}`, import.meta.url)).catch(() => null);
    response.writeHead(content ? 200 : 404, { "Content-Type": contentTypes[extname(path)] ?? "text/plain" });
    response.end(content);
  }).listen(0);
  await once(files, "listening");
  const address = files.address();
  site = `http://localhost:${typeof address === "object" ? address?.port : ""}`;
  const settings = { API_KEYS: key, CORS_ORIGINS: site };
  [server, browser] = await Promise.all([startServer(await newStorage(), { settings }), launchBrowser()]);
  return () => files.close();
});

beforeEach(async () => {
  await resetSandbox(server.origin);
  page = await browser.newPage();
  return () => page.close();
});

afterAll(async () => {
  await Promise.all([server.kill(), browser.close()]);
});

async function order(files: Upload[], typedKey = key): Promise<void> {
  await page.goto(site);
  await page.getByLabel("Service").fill(server.origin);
  await page.getByLabel("Key").fill(typedKey);
  await page.getByLabel("pictures").setInputFiles(files);
  await page.getByLabel("Seconds").fill("10");
  await page.getByRole("button", { name: "Make it" }).click();
}

const state = () => page.getByRole("status");

async function saysLike(text: RegExp): Promise<string> {
  await state().filter({ hasText: text }).waitFor();
  return await state().innerText();
}

test("a page of another site makes a video and plays it", async () => {
  await order(await pictures());
  const started = await saysLike(/about \$6\.4/);
  const [id = ""] = /\w{32}/.exec(started) ?? [];
  expect(await saysLike(/succeeded/)).toBe(`succeeded (task ${id}, cost $6.4, charged: yes)`);
  const film = await playedFilm(page);
  expect(film).toMatchObject({ width: 1920, height: 1080 });
  expect(film.seconds).toBeCloseTo(10, 1);
});

test("it shows why a request was refused", async () => {
  await order([{ name: "ring.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no picture") }]);
  await saysLike(/^reference_image1: /);
  await order(await pictures(), "another-key");
  await saysLike(/key/);
  expect(await page.locator("video").isVisible()).toBe(false);
});

test("it shows why a task failed, and whether that was charged", async () => {
  await misbehave(server.origin, { call: "submit", fault: "filtered_prompt", times: 2 });
  await order(await pictures());
  await saysLike(/charged: no\)$/);
  expect(await page.getByRole("button", { name: "Make it" }).isEnabled()).toBe(true);
});
