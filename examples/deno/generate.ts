/**
 * One to three pictures become a video, by the library, in Deno 2, with types.
 * Из одной, двух или трёх картинок — видео: библиотекой veo31-reference-video, с типами.
 *
 *     deno run --allow-net --allow-env --allow-read --allow-write examples/deno/generate.ts front.jpg side.jpg
 *
 * in a project that has the library, or here after `npm run library`. VEO31_URL is where the service is (without it http://localhost:8787, where
 * `npm start` has it), VEO31_API_KEY one of its API_KEYS, if it has any. Ends with 0 when the video was saved.
 */
import { GenerationFailedError, type Order, RequestRefusedError, Veo31VideoGenerator } from "veo31-reference-video";

const generator = new Veo31VideoGenerator({
  baseUrl: Deno.env.get("VEO31_URL") ?? "http://localhost:8787",
  apiKey: Deno.env.get("VEO31_API_KEY"),
});

const order: Order = {
  referenceImages: Deno.args, // paths and addresses; also bytes, a Blob or a stream
  useCase: "luxury_brand",
  aspectRatio: "1:1",
  durationSeconds: 10,
};

try {
  const generation = generator.generateFromReferences(order);
  const started = await generation.started;
  console.log(`task ${started.task_id}, about $${started.cost.estimate_usd}`);
  let last = "";
  for await (const { status } of generation) {
    if (status !== last) console.log(status); // it also tells of changes within a status
    last = status;
  }

  const task = await generation;
  // `charged` is no, yes or unknown; the sum is null where nobody knows it.
  console.log(`cost $${task.cost.actual_usd}, charged: ${task.cost.charged}`);
  const name = `${task.task_id}.mp4`;
  const { body } = await generator.openVideo(task);
  await Deno.writeFile(name, body);
  console.log(`saved ${name}`);
} catch (error) {
  if (error instanceof RequestRefusedError) {
    console.error(error.message); // names each argument at fault; error.problems has them by field
  } else if (error instanceof GenerationFailedError) {
    console.error(`${error.code}: ${error.message} Charged: ${error.charged}.`);
  } else throw error;
  Deno.exit(1);
}
