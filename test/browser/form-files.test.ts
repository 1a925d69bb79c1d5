/** What the form's files promise each other. */
import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const form = new URL("../../static/", import.meta.url);

/** The page's own script, and the file that is only for the type check. */
const notPreloaded = ["/js/main.js", "/js/types.js"];

test("the page asks for every module at once, before the first one names the next", async () => {
  const page = await readFile(new URL("index.html", form), "utf8");
  const preloaded = [...page.matchAll(/<link rel="modulepreload" href="([^"]+)">/g)].map(([, path]) => path);
  const entries = await readdir(new URL("js/", form), { recursive: true });
  const modules = entries.filter((name) => name.endsWith(".js")).map((name) => `/js/${name.replaceAll("\\", "/")}`);
  expect([...preloaded, ...notPreloaded].sort()).toEqual(modules.sort());
});
