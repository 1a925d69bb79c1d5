/** The tasks of this browser, newest first, as its store keeps them, with their posters. */
import { element, isStill } from "../dom.js";
import { keep, recall } from "../store.js";

/** With their posters they fit a store of 5 MB. */
const most = 60;

/** @returns {PastTask[]} none, where anything else is stored */
export function readTasks() {
  try {
    /** @type {PastTask[]} */
    const stored = JSON.parse(recall("tasks"));
    return stored.filter((task) => task?.id && task.request?.use_case && typeof task.poster === "string");
  } catch {
    return [];
  }
}

/**
 * Where there is no room, the oldest posters go first.
 *
 * @param {PastTask[]} tasks
 */
export function storeTasks(tasks) {
  if (keep("tasks", JSON.stringify(tasks.slice(0, most)))) return;
  const last = tasks.findLast(({ poster }) => poster);
  if (last) storeTasks(tasks.map((task) => task === last ? { ...task, poster: "" } : task));
}

/** @param {TaskView} task */
export function pastTask({ task_id: id, status, created_at, updated_at, expires_at, request, step1_analysis: seen }) {
  return {
    id,
    status,
    created_at,
    updated_at,
    expires_at,
    request,
    subject: (seen?.merged ?? seen?.images[0])?.subject,
    poster: "",
  };
}

/** The first frame may be a fade, seconds. */
const momentSeconds = 1;

/** Pixels: a poster weighs a few kB. */
const sizes = { "16:9": [320, 180], "9:16": [180, 320], "1:1": [320, 320] };

/**
 * A frame of the video or, until there is one, the first picture, in the shape of the video.
 *
 * @param {TaskView} task
 * @returns {Promise<string>} a data URL
 */
export async function makePoster({ status, request, references, step3_video_generation: made }) {
  const film = status === "succeeded" && (made?.original_url ?? made?.video_url);
  const source = await opened(film || "", references.images[0]?.url ?? "");
  const picture = await createImageBitmap(source);
  // Nothing more of it is fetched.
  if (!source.isConnected) source.src = "";
  const [width = 0, height = 0] = sizes[request.aspect_ratio];
  const canvas = element("canvas", { width: `${width}`, height: `${height}` });
  const scale = Math.max(width / picture.width, height / picture.height);
  const [x, y] = [picture.width * scale, picture.height * scale];
  canvas.getContext("2d")?.drawImage(picture, (width - x) / 2, (height - y) / 2, x, y);
  return canvas.toDataURL("image/jpeg");
}

/**
 * The film where it plays already, so that it is not fetched a second time; else by itself, or the picture.
 *
 * @param {string} film empty while there is none
 * @param {string} picture
 */
async function opened(film, picture) {
  const player = document.getElementById("video");
  if (player instanceof HTMLVideoElement && player.src === film && !isStill()) {
    await new Promise((resolve) => {
      player.ontimeupdate = () => player.currentTime > momentSeconds && resolve(null);
    });
    return player;
  }
  const own = film
    ? element("video", { src: `${film}#t=${momentSeconds}`, preload: "auto" })
    : element("img", { src: picture });
  await new Promise((resolve, reject) => {
    own.onload = own.oncanplay = resolve;
    own.onerror = reject;
  });
  return own;
}
