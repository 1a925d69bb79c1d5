/** What the READMEs show of the library and of the command line is what runs. */
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../browser/support/temporary-folder.ts";
import { project } from "./support/provided.ts";
import { run } from "./support/run.ts";
import { veo31 } from "./support/veo31.ts";

const samples = new URL("../../src/sandbox/samples/", import.meta.url);

/** @param language of the block's code; empty for output */
async function blocksOf(readme: string, language: string): Promise<string[]> {
  const text = await readFile(new URL(`../../${readme}`, import.meta.url), "utf8");
  const blocks = [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)];
  return blocks.filter(([, named]) => named === language).map(([, , block = ""]) => block);
}

test.each(["README.md", "README.ru.md"])("%s shows the quick start that the tests run", async (readme) => {
  const [quickStart] = await blocksOf(readme, "js");
  expect(quickStart).toBe(await readFile(new URL("programs/quick-start.mjs", import.meta.url), "utf8"));
});

test("without a server, an estimate needs only what the README gives", async () => {
  const [, direct] = await blocksOf("README.md", "js");
  expect((await blocksOf("README.ru.md", "js"))[1]).toBe(direct);
  const asking = "console.log((await generator.estimate({ durationSeconds: 10 })).plan.segments.length);";
  const program = `import { Veo31VideoGenerator } from "veo31-reference-video";\n${direct}${asking}\n`;
  await writeFile(join(project, "from-the-readme.mjs"), program);
  const keys = { GEMINI_API_KEY: "gemini-key", OPENAI_API_KEY: "openai-key" };
  expect(await run("node", ["from-the-readme.mjs"], project, keys)).toBe("1\n");
});

test.each(["README.md", "README.ru.md"])("%s shows what the command line is told, and says", async (readme) => {
  const shell = (await blocksOf(readme, "sh")).join("");
  const [, args = ""] = /^veo31 (generate .*)$/m.exec(shell) ?? [];
  const [shown = ""] = await blocksOf(readme, "");
  const folder = await temporaryFolder();
  await copyFile(new URL("emerald-ring-front.jpg", samples), join(folder, "front.jpg"));
  await copyFile(new URL("emerald-ring-side.jpg", samples), join(folder, "side.jpg"));
  const { code, stdout, stderr } = await veo31(args.split(" "), { folder });
  expect(code).toBe(0);
  const said = linesOf(stderr + stdout);
  const lines = linesOf(shown);
  expect(said.slice(0, 3)).toEqual(lines.slice(0, 3));
  expect(said.slice(-3)).toEqual(lines.slice(-3));
});

/** Names, numbers and times differ from run to run. */
function linesOf(text: string): string[] {
  return text.trim().split("\n").map((line) => line.replace(/[0-9a-f]{32}|\d[\d:.TZ-]*/g, "#"));
}
