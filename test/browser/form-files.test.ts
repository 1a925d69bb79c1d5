/** What the form's files promise each other. */
import { readdir, readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { page as russian } from "../../static/js/words/ru.js";

const form = new URL("../../static/", import.meta.url);

/** The page's own script. */
const notPreloaded = ["/js/main.js"];

/** What all of the form may weigh, sent as gzip; the form's own limit. */
const weightMaximumBytes = 80_000;

/** Never sent: settings of the host, and what is only for the type check. */
const notSent = ["_headers", ".assetsignore", "types.d.ts"];

test("the page asks for every module at once, before the first one names the next", async () => {
  const page = await readFile(new URL("index.html", form), "utf8");
  const preloaded = [...page.matchAll(/<link rel="modulepreload" href="([^"]+)">/g)].map(([, path]) => path);
  const entries = await readdir(new URL("js/", form), { recursive: true });
  const modules = entries.filter((name) => name.endsWith(".js")).map((name) => `/js/${name.replaceAll("\\", "/")}`);
  expect([...preloaded, ...notPreloaded].sort()).toEqual(modules.sort());
});

test("what the HTML says in English has its word in Russian, and nothing else has one", async () => {
  const page = await readFile(new URL("index.html", form), "utf8");
  const named = [...page.matchAll(/ data-word(?:-label|-placeholder)?="([^"]+)"/g)].map(([, name]) => name);
  expect([...new Set(named)].sort()).toEqual(Object.keys(russian).sort());
});

test("all of the form together stays light", async () => {
  const entries = await readdir(form, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => `${parentPath}/${name}`);
  const sent = paths.filter((path) => !notSent.some((name) => path.endsWith(`/${name}`)));
  const weights = await Promise.all(sent.map(async (path) => gzipSync(await readFile(path)).length));
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(weightMaximumBytes);
});
