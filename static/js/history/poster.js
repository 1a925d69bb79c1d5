/** Posters: what stands for a task in the list of this browser. */
import { element } from "../dom.js";

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
  // The first frame may be a fade.
  const source = film
    ? element("video", { src: `${film}#t=2` })
    : element("img", { src: references.images[0]?.url ?? "" });
  await new Promise((resolve) => source.onload = source.oncanplay = resolve);
  const picture = await createImageBitmap(source);
  // Nothing more of it is fetched.
  source.src = "";
  const [width = 0, height = 0] = sizes[request.aspect_ratio];
  const canvas = element("canvas", { width: `${width}`, height: `${height}` });
  const scale = Math.max(width / picture.width, height / picture.height);
  const [x, y] = [picture.width * scale, picture.height * scale];
  canvas.getContext("2d")?.drawImage(picture, (width - x) / 2, (height - y) / 2, x, y);
  return canvas.toDataURL("image/jpeg");
}
