/** What npm packs: the library, and nothing of the service around it. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { origin, project } from "./support/provided.ts";
import { run } from "./support/run.ts";

const installed = join(project, "node_modules/veo31-reference-video");

test("a package holds JavaScript, types and the README, and no form, no sandbox and no test", async () => {
  const files = (await readdir(installed, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(installed.length + 1));
  expect(files).toEqual(expect.arrayContaining(["README.md", "package.json", "dist/library/client/index.d.ts"]));
  const others = files.filter((file) => !/^dist\/library\/.*\.(js|d\.ts)$/.test(file));
  // npm adds the READMEs by itself.
  expect(others.sort()).toEqual(["README.md", "README.ru.md", "package.json"]);
  expect(files.filter((file) => /sandbox|static|test/.test(file))).toEqual([]);
});

test("its command is there", async () => {
  const said = await run(join(project, "node_modules/.bin/veo31"), [
    "estimate",
    "--duration",
    "20",
    "--json",
    "--url",
    origin,
  ]);
  expect(JSON.parse(said)).toMatchObject({ plan: { duration_seconds: 20 } });
});
