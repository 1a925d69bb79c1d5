/** The installed library's types, as a strict program without any other types sees them. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { project } from "./support/provided.ts";
import { run } from "./support/run.ts";

const compiler = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));

const deno = fileURLToPath(new URL("../../node_modules/deno/bin.cjs", import.meta.url));

const program = `
import { hc } from "hono/client";
import type { Veo31Api } from "veo31-reference-video/hono";
import { hasEnded, type Order, RequestRefusedError, type Task, Veo31VideoGenerator } from "veo31-reference-video";

const generator = new Veo31VideoGenerator({ baseUrl: "https://video.example.com", apiKey: "key" });
const referenceImages = ["ring.jpg", new URL("https://shop.example/ring.jpg"), new Uint8Array(3)];
const order: Order = { referenceImages, useCase: "product_video", durationSeconds: 10 };
const generation = generator.generateFromReferences(order, { onProgress: ({ status }) => console.log(status) });
const id: string = await generation.taskId;
for await (const task of generation) console.log(id, hasEnded(task));
const task: Task = await generation;
const material: string | undefined = task.step1_analysis?.images[0]?.materials[0];
const address: string | null | undefined = task.step3_video_generation?.video_url;
const body: ReadableStream<Uint8Array> = (await generator.openVideo(task)).body;
const failed: number | string = await generation.catch((error: unknown) => {
  return error instanceof RequestRefusedError && error.code === "invalid_input" ? 1 : 2;
}).then(() => "");
new Veo31VideoGenerator({ geminiApiKey: "key", vertex: { serviceAccount: "{}" } });
const api = hc<Veo31Api>("https://video.example.com");
const response = await api.veo31.status[":task_id"].$get({ param: { task_id: id } });
const status: string | null = response.status === 200 ? (await response.json()).status : null;
console.log(material, address, body, failed, status);
// @ts-expect-error a use case that there is not
generator.generateFromReferences({ referenceImages, useCase: "product" });
// @ts-expect-error a status that there is not
if (task.status === "done") console.log(id);
`;

test.each([["nodenext", "nodenext"], ["esnext", "bundler"]])(
  "with modules of %s and resolution %s",
  async (module, moduleResolution) => {
    const options = {
      ...{ module, moduleResolution, target: "es2022", lib: ["es2022", "dom", "dom.iterable", "dom.asynciterable"] },
      ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true, types: [] },
    };
    const config = join(project, `tsconfig.${moduleResolution}.json`);
    await writeFile(join(project, "program.ts"), program);
    await writeFile(config, JSON.stringify({ compilerOptions: options, files: ["program.ts"] }));
    const said = await run("node", [compiler, "--project", config, "--listFiles"], project).catch((error) =>
      error.stdout
    );
    const files = said.split("\n").filter((text: string) => text !== "");
    expect(files.filter((text: string) => text.includes("error TS"))).toEqual([]);
    expect(files.filter((text: string) => /@types\/node|workers-types/.test(text))).toEqual([]);
  },
);

test("in Deno", async () => {
  await writeFile(join(project, "program-of-deno.ts"), program);
  await run("node", [deno, "check", "--quiet", "program-of-deno.ts"], project);
});
