/**
 * Is told of the end of each task, by signed webhooks (Standard Webhooks), and fetches the video. Node 20 or later.
 * Принимает вебхуки о готовых видео, проверяет подпись и скачивает файлы.
 *
 *     npm install standardwebhooks
 *     WEBHOOK_SECRET=whsec_… node examples/webhook/receiver.mjs
 *
 * listens at http://localhost:8788 (PORT) for tasks that are started with callback_url=http://localhost:8788/. A deployment
 * tells only https addresses; `npm start` tells this one, too, and its secret is in src/sandbox/wrangler.toml.
 */
import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import process from "node:process";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { Webhook } from "standardwebhooks";

const { WEBHOOK_SECRET = "", PORT = "8788" } = process.env;
const webhook = new Webhook(WEBHOOK_SECRET);

/** Answers the status for the sender. */
async function receive(request) {
  // As it came, because the signature is of these bytes and not of what they mean.
  const body = await text(request);
  let event;
  try {
    event = webhook.verify(body, request.headers); // also refuses what is older than five minutes
  } catch {
    return 401;
  }
  try {
    // Written down before it is answered, so it cannot be lost. It may come twice; the id is the same then.
    await writeFile(`${request.headers["webhook-id"]}.json`, body, { flag: "wx" });
  } catch (error) {
    if (error.code === "EEXIST") return 204;
    throw error;
  }
  // The sender waits for 20 seconds at most: answer first, work then.
  take(event).catch((error) => console.error(`${event.data.task_id}: ${error.message}`));
  return 204;
}

async function take({ type, data: task }) {
  if (type !== "task.succeeded") {
    console.log(`${type} ${task.task_id}: ${task.error?.message ?? "canceled"}`);
    return;
  }
  const video = await fetch(task.step3_video_generation.video_url); // the link is secret and needs no key
  if (!video.ok) throw new Error(`The video's link answered with status ${video.status}.`);
  await pipeline(video.body, createWriteStream(`${task.task_id}.mp4`));
  console.log(`saved ${task.task_id}.mp4, cost $${task.cost.actual_usd}`);
}

createServer((request, response) => {
  // Any other status than 200 to 299 has the webhook sent again later.
  receive(request).catch(() => 500).then((status) => response.writeHead(status).end());
}).listen(Number(PORT), () => console.log(`listening at http://localhost:${PORT}`));
