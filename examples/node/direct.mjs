/**
 * The same without a server: this process asks Google and OpenAI itself, with your own keys.
 * То же без сервера: с вашими ключами Google и OpenAI, прямо в этом процессе.
 *
 *     GEMINI_API_KEY=… OPENAI_API_KEY=… node examples/node/direct.mjs front.jpg side.jpg
 *
 * in a project that has the library, or here after `npm run library`. GEMINI_BASE_URL and OPENAI_BASE_URL name a gateway.
 * A process that died, or was stopped, goes on with TASK=… and pays for no clip twice. Ends with 0 when the video was saved.
 */
import { createWriteStream } from "node:fs";
import process from "node:process";
import { pipeline } from "node:stream/promises";
import { GenerationFailedError, RequestRefusedError, Veo31VideoGenerator } from "veo31-reference-video";

const { GEMINI_API_KEY, OPENAI_API_KEY, GEMINI_BASE_URL, OPENAI_BASE_URL, TASK } = process.env;

const generator = new Veo31VideoGenerator({
  geminiApiKey: GEMINI_API_KEY,
  geminiBaseUrl: GEMINI_BASE_URL,
  openaiApiKey: OPENAI_API_KEY, // without one, Gemini looks at the pictures and writes the prompt
  openaiBaseUrl: OPENAI_BASE_URL,
  // Tasks and clips are kept here; without a folder they are lost with the process, also those that were paid for.
  directory: "veo31-tasks",
});

const wishes = { useCase: "product_video", aspectRatio: "9:16", durationSeconds: 10 };
const referenceImages = process.argv.slice(2); // paths and addresses; also bytes, a Blob or a stream

try {
  const { plan, cost } = await generator.estimate(wishes);
  console.log(`${plan.segments.length} clips by ${plan.model}, about $${cost.estimate_usd}`);

  const generation = TASK ? generator.resume(TASK) : generator.generateFromReferences({ ...wishes, referenceImages });
  console.log(`task ${await generation.taskId}`);
  let last = "";
  for await (const { status } of generation) {
    if (status !== last) console.log(status); // it also tells of changes within a status
    last = status;
  }

  const task = await generation;
  console.log(task.step2_prompt);
  // `charged` is no, yes or unknown; the sum is null where nobody knows it.
  console.log(`cost $${task.cost.actual_usd}, charged: ${task.cost.charged}`);
  const name = `${task.task_id}.mp4`;
  const { body } = await generator.openVideo(task);
  await pipeline(body, createWriteStream(name));
  console.log(`saved ${name}`);
} catch (error) {
  process.exitCode = 1;
  if (error instanceof RequestRefusedError) {
    console.error(error.message); // names each argument at fault
  } else if (error instanceof GenerationFailedError) {
    console.error(`${error.code}: ${error.message} Charged: ${error.charged}.`);
  } else throw error;
}
