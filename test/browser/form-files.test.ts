/** What the form's files promise each other. */
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { page as russian } from "../../static/js/words/ru.js";

const form = new URL("../../static/", import.meta.url);

/** The page's own script. */
const notPreloaded = ["/js/main.js"];

/** What all that the page loads may weigh, sent as gzip; the form's own limit. */
const weightMaximumBytes = 80_000;

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

test("all that the page loads together stays light", async () => {
  const loaded = await loadedFiles();
  expect(loaded).toContain("css/form.css");
  expect(loaded).toContain("js/main.js");
  const weights = await Promise.all(loaded.map(async (path) => gzipSync(await readFile(new URL(path, form))).length));
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(weightMaximumBytes);
});

/** The page itself, whatever it names, and the pictures of its style sheet. */
async function loadedFiles(): Promise<string[]> {
  const page = await readFile(new URL("index.html", form), "utf8");
  const style = await readFile(new URL("css/form.css", form), "utf8");
  const entries = await readdir(form, { recursive: true, withFileTypes: true });
  const folder = fileURLToPath(form);
  const paths = entries.filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll("\\", "/"));
  return paths.filter((path) => path === "index.html" || page.includes(`"/${path}"`) || style.includes(`/${path}`));
}
