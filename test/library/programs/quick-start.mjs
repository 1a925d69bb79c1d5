import { writeFile } from "node:fs/promises";
import { Veo31VideoGenerator } from "veo31-reference-video";

const generator = new Veo31VideoGenerator({ baseUrl: process.env.VEO31_URL, apiKey: process.env.VEO31_API_KEY });
const generation = generator.generateFromReferences({
  referenceImages: ["ring.jpg"],
  useCase: "product_video",
  durationSeconds: 10,
  additionalPrompt: "Slow orbit, morning light.",
});
console.log("started", await generation.taskId);
for await (const task of generation) console.log(task.status);

const task = await generation;
console.log(task.step1_analysis.merged.subject);
console.log(task.step2_prompt);
console.log(task.step3_video_generation.video_url);
const video = await generator.openVideo(task);
await writeFile(`${task.task_id}.mp4`, video.body);
