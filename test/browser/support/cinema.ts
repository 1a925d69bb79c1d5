/// <reference lib="dom" />
/** A page with nothing but a video, as a browser plays it over HTTP with ranges. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Browser, Page } from "playwright-core";

export interface Screening {
  /** As the browser tells it, seconds. */
  readonly duration: number;
  readonly width: number;
  readonly height: number;
  /** The time of the last frame when seeking to just before the end, seconds. */
  readonly lastFrameSought: number;
  /** The times of the frames that were seen while it was played through, seconds. */
  readonly framesPlayed: readonly number[];
  /** Where it stood when it said that it had ended, seconds. */
  readonly endedAt: number;
}

/**
 * Seeks to the last frame of a video, then plays it through.
 *
 * @param from where playing begins, seconds
 * @throws when the browser reports an error of the media
 */
export async function screen(browser: Browser, path: string, from = 0): Promise<Screening> {
  const server = createServer(await serveVideo(path)).listen(0);
  await once(server, "listening");
  const address = server.address();
  const port = address && typeof address === "object" ? address.port : 0;
  const page = await browser.newPage();
  try {
    await page.goto(`http://localhost:${port}/`);
    return await watch(page, from);
  } finally {
    await page.close();
    server.close();
  }
}

const html = '<!doctype html><title>Cinema</title><video src="/video.mp4" preload="auto" muted></video>';

/** A page, and the file behind it in the part asked for. */
async function serveVideo(path: string): Promise<(request: IncomingMessage, response: ServerResponse) => void> {
  const bytes = await readFile(path);
  return (request, response) => {
    if (request.url !== "/video.mp4") {
      response.writeHead(200, { "Content-Type": "text/html" }).end(html);
      return;
    }
    const [, from = "0", to = ""] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? "bytes=0-") ?? [];
    const part = bytes.subarray(Number(from), to === "" ? bytes.length : Number(to) + 1);
    response.writeHead(206, {
      "Content-Type": "video/mp4",
      "Accept-Ranges": "bytes",
      "Content-Length": part.length,
      "Content-Range": `bytes ${from}-${Number(from) + part.length - 1}/${bytes.length}`,
    }).end(part);
  };
}

async function watch(page: Page, from: number): Promise<Screening> {
  return await page.evaluate(async (start) => {
    const video = document.querySelector("video");
    if (!video) throw new Error("The page has no video.");
    const failed = new Promise<never>((_, reject) => {
      video.addEventListener("error", () => reject(new Error(video.error?.message)));
    });
    const event = (name: string) =>
      Promise.race([failed, new Promise((resolve) => video.addEventListener(name, resolve, { once: true }))]);
    const frame = () =>
      new Promise<number>((resolve) => video.requestVideoFrameCallback((_, { mediaTime }) => resolve(mediaTime)));
    if (video.readyState < HTMLMediaElement.HAVE_ENOUGH_DATA) await event("canplaythrough");
    const shown = frame();
    video.currentTime = video.duration - 0.001;
    const lastFrameSought = await Promise.race([failed, shown]);
    if (video.seeking) await event("seeked");
    video.currentTime = start;
    await event("seeked");
    const framesPlayed: number[] = [];
    const note = (_: number, { mediaTime }: { mediaTime: number }) => {
      framesPlayed.push(mediaTime);
      video.requestVideoFrameCallback(note);
    };
    video.requestVideoFrameCallback(note);
    const ended = event("ended");
    await video.play();
    await ended;
    const { duration, videoWidth: width, videoHeight: height, currentTime: endedAt } = video;
    return { duration, width, height, lastFrameSought, framesPlayed, endedAt };
  }, from);
}
