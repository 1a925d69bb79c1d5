/** Uses the library in all its ways against a deployment, and writes what came of it as JSON. */
import { readFile } from "node:fs/promises";
import process from "node:process";
import {
  ConnectionError,
  GenerationFailedError,
  RequestRefusedError,
  Veo31VideoGenerator,
} from "veo31-reference-video";

const [baseUrl, pictureAddress] = process.argv.slice(2);
const generator = new Veo31VideoGenerator({ baseUrl });
const bytes = await readFile("ring.jpg");
const reason = new Error("enough");

const kinds = {
  path: "ring.jpg",
  file_url: new URL("ring.jpg", import.meta.url),
  bytes: new Uint8Array(bytes),
  buffer: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
  blob: new Blob([bytes]),
  stream: new Blob([bytes]).stream(),
  address: pictureAddress,
};

async function statusOf(kind) {
  const { status, references } = await generator.generateFromReferences({ referenceImages: [kinds[kind]] });
  return [kind, `${status} ${references.images[0].content_type}`];
}

async function failureOf(work) {
  try {
    return await work;
  } catch (error) {
    return error;
  }
}

async function mixed() {
  const told = [];
  const onProgress = ({ status }) => told.push(status);
  const order = { referenceImages: [kinds.path, pictureAddress], useCase: "luxury_brand", aspectRatio: "9:16" };
  const generation = generator.generateFromReferences(order, { onProgress });
  const id = await generation.taskId;
  const seen = [];
  for await (const { status } of generation) seen.push(status);
  const task = await generation;
  const resumed = await generator.resume(id);
  const video = await generator.openVideo(task);
  const { byteLength } = new Uint8Array(await new Response(video.body).arrayBuffer());
  return {
    told,
    seen,
    request: task.request,
    images: task.references.images.length,
    resumed: resumed.task_id === id,
    whole: byteLength === task.step3_video_generation.bytes,
    fileName: video.fileName,
  };
}

async function reviewed() {
  const generation = generator.generateFromReferences({ referenceImages: [kinds.blob], review: true });
  const waiting = await generation;
  const { status } = await generator.approve(waiting.task_id, { prompt: "A ring turns slowly." });
  const task = await generator.resume(waiting.task_id);
  await generator.remove(task.task_id);
  const gone = await failureOf(generator.checkStatus(task.task_id));
  return { waiting: waiting.status, approved: status, prompt: task.step2_prompt, gone: gone.code };
}

async function aborted() {
  const control = new AbortController();
  const generation = generator.generateFromReferences({ referenceImages: [kinds.blob] }, { signal: control.signal });
  await generation.taskId;
  const ended = failureOf(generation);
  control.abort(reason);
  return (await ended) === reason;
}

async function refused() {
  const error = await failureOf(
    generator.generateFromReferences({
      referenceImages: [kinds.blob, new Uint8Array(3)],
      durationSeconds: 3,
      quality: "best",
    }),
  );
  const absent = await failureOf(generator.generateFromReferences({ referenceImages: ["no-such.jpg"] }));
  return {
    typed: error instanceof RequestRefusedError,
    code: error.code,
    message: error.message,
    fields: error.problems.map(({ field }) => field).sort(),
    absent: absent.message,
  };
}

async function failed() {
  const body = JSON.stringify([{ call: "submit", fault: "filtered_prompt" }]);
  await fetch(`${baseUrl}/sandbox/control/faults`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body,
  });
  const error = await failureOf(generator.generateFromReferences({ referenceImages: [kinds.blob] }));
  return {
    typed: error instanceof GenerationFailedError,
    code: error.code,
    charged: error.charged,
    prompt: typeof error.task.step2_prompt,
  };
}

async function offered() {
  const { plan, cost } = await generator.estimate({ durationSeconds: 20 });
  const { limits } = await generator.capabilities();
  return { segments: plan.segments.length, usd: cost.estimate_usd, longest: limits.duration_seconds.maximum };
}

async function unreachable() {
  const control = new AbortController();
  const nowhere = new Veo31VideoGenerator({ baseUrl: `${baseUrl}/elsewhere` });
  const error = await failureOf(nowhere.checkStatus("0", { signal: control.signal }));
  return { typed: error instanceof RequestRefusedError || error instanceof ConnectionError, code: error.code };
}

const [byKind, whole, review, abort, refusal, offer, lost] = await Promise.all([
  Promise.all(Object.keys(kinds).map(statusOf)),
  ...[mixed(), reviewed(), aborted(), refused(), offered(), unreachable()],
]);
const failure = await failed();
console.log(JSON.stringify({ kinds: Object.fromEntries(byKind), whole, review, abort, refusal, offer, lost, failure }));
