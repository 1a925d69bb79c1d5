/**
 * One to three pictures become a video, by the library, in Node 20 or later (Bun and Deno run it, too).
 * Из одной, двух или трёх картинок — видео: библиотекой veo31-reference-video.
 *
 *     node examples/node/generate.mjs front.jpg side.jpg https://shop.example/stone.jpg
 *
 * in a project that has the library, or here after `npm run library`. VEO31_URL is where the service is (without it
 * http://localhost:8787, where `npm start` has it), VEO31_API_KEY one of its API_KEYS, if it has any. What has started is
 * taken up again with TASK=… Ends with 0 when the video was saved.
 */
import { createWriteStream } from "node:fs";
import process from "node:process";
import { pipeline } from "node:stream/promises";
import {
  ConnectionError,
  GenerationFailedError,
  RequestRefusedError,
  Veo31VideoGenerator,
} from "veo31-reference-video";

const { VEO31_URL = "http://localhost:8787", VEO31_API_KEY, TASK } = process.env;

const generator = new Veo31VideoGenerator({ baseUrl: VEO31_URL, apiKey: VEO31_API_KEY });

// Is told of every change, also of those within a status: an analysis that has arrived, a clip that is done.
let last = "";
function onProgress({ status }) {
  if (status !== last) console.log(status);
  last = status;
}

try {
  // The library sends an Idempotency-Key of its own: an order whose answer is lost is sent again, and paid for once.
  const generation = TASK ? generator.resume(TASK, { onProgress }) : generator.generateFromReferences({
    referenceImages: process.argv.slice(2), // paths and addresses; also bytes, a Blob or a stream
    useCase: "gemstone_closeup",
    aspectRatio: "16:9",
    durationSeconds: 8,
    additionalPrompt: "Slow orbit, morning light.",
  }, { onProgress });

  const started = await generation.started;
  console.log(`task ${started.task_id}, about $${started.cost.estimate_usd}`);

  const task = await generation;
  // `charged` is no, yes or unknown; the sum is null where nobody knows it.
  console.log(`cost $${task.cost.actual_usd}, charged: ${task.cost.charged}`);
  const name = `${task.task_id}.mp4`;
  const { body } = await generator.openVideo(task);
  await pipeline(body, createWriteStream(name));
  console.log(`saved ${name}`);
} catch (error) {
  process.exitCode = 1;
  if (error instanceof RequestRefusedError) {
    console.error(error.message); // names each argument at fault; error.problems has them by field
  } else if (error instanceof GenerationFailedError) {
    console.error(`${error.code}: ${error.message}`);
    console.error(
      `Charged: ${error.charged}. ${error.retryable ? "It may work later." : "Change it before another try."}`,
    );
  } else if (error instanceof ConnectionError) {
    console.error(error.message);
    if (error.taskId) console.error(`The task goes on. Come back to it: TASK=${error.taskId}`);
  } else throw error;
}
