/** Makes a video without a server, or goes on with one: `direct.mjs SANDBOX FOLDER [TASK]`. FOLDER `-` is the memory. */
import process from "node:process";
import { Veo31VideoGenerator } from "veo31-reference-video";

const [, , origin, directory, taskId] = process.argv;
const generator = new Veo31VideoGenerator({
  ...{ geminiApiKey: "sandbox", openaiApiKey: "sandbox" },
  ...{ geminiBaseUrl: `${origin}/sandbox/gemini`, openaiBaseUrl: `${origin}/sandbox/openai/v1` },
  ...directory !== "-" && { directory },
});
const order = { referenceImages: ["ring.jpg"], durationSeconds: 10, quality: "standard" };
const generation = taskId ? generator.resume(taskId) : generator.generateFromReferences(order);
console.log(await generation.taskId);
try {
  const task = await generation;
  const { video_url, duration_seconds } = task.step3_video_generation;
  const { body, bytes, fileName } = await generator.openVideo(task);
  const content = await new Response(body).arrayBuffer();
  console.log(JSON.stringify({ video_url, duration_seconds, fileName, isWhole: content.byteLength === bytes }));
} catch ({ name, code, charged }) {
  console.log(JSON.stringify({ name, code, charged }));
}
