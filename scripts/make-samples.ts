/**
 * Draws the sample pictures: one ring with an emerald, seen three times, for people to try the service with. A small ray
 * tracer, so that the three pictures are of one and the same thing; the scene is in `make-samples.scene.ts`. Needs ffmpeg
 * for the JPEG.
 *
 *     deno run -A scripts/make-samples.ts
 */
import { shade } from "./make-samples.scene.ts";
import { cross, each, normalize, subtract, type Vector } from "./make-samples.vector.ts";

const width = 1200;
const height = 900;
/** Rays per pixel along one side. */
const raysAcross = 3;
/** A lamp seen in the metal may not outshine its whole pixel. */
const brightest = 4;
const folder = `${import.meta.dirname}/../src/sandbox/samples`;

/** Where the camera stands, what it looks at, and the focal length in widths of the picture. */
const views: Record<string, { eye: Vector; target: Vector; focal: number }> = {
  "emerald-ring-front": { eye: [2.2, 3.9, 10.4], target: [0, 1.72, 0], focal: 1.95 },
  "emerald-ring-side": { eye: [8.6, 4.2, 5.2], target: [0, 1.72, 0], focal: 1.95 },
  "emerald-ring-stone": { eye: [-2.2, 7.6, 5.2], target: [0, 2.72, 0], focal: 2.15 },
};

/** From linear light to a byte: a soft shoulder for highlights, then the sRGB curve nearly enough. */
function toByte(light: number): number {
  const mapped = light * (1 + light / 4) / (1 + light * 0.72);
  return Math.round(255 * Math.min(1, Math.max(0, mapped)) ** (1 / 2.2));
}

function draw(view: { eye: Vector; target: Vector; focal: number }): Uint8Array<ArrayBuffer> {
  const forward = normalize(subtract(view.target, view.eye));
  const right = normalize(cross(forward, [0, 1, 0]));
  const up = cross(right, forward);
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum: Vector = [0, 0, 0];
      for (let ray = 0; ray < raysAcross * raysAcross; ray += 1) {
        const across = (x + (ray % raysAcross + 0.5) / raysAcross) / width - 0.5;
        const down = (y + (Math.floor(ray / raysAcross) + 0.5) / raysAcross - height / 2) / width;
        const direction = normalize(
          each((axis) => forward[axis] * view.focal + right[axis] * across - up[axis] * down),
        );
        const light = shade(view.eye, direction, { across, down });
        sum = each((channel) => sum[channel] + Math.min(light[channel], brightest));
      }
      pixels.set(sum.map((light) => toByte(light / (raysAcross * raysAcross))), (y * width + x) * 3);
    }
  }
  return pixels;
}

async function writeJpeg(pixels: Uint8Array<ArrayBuffer>, file: string): Promise<void> {
  const input = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", `${width}x${height}`, "-i", "-"];
  const process = new Deno.Command("ffmpeg", {
    args: ["-v", "error", "-y", ...input, "-q:v", "4", "-pix_fmt", "yuvj420p", "-f", "mjpeg", file],
    stdin: "piped",
  }).spawn();
  await new Blob([pixels]).stream().pipeTo(process.stdin);
  if (!(await process.status).success) Deno.exit(1);
}

for (const [name, view] of Object.entries(views)) {
  const file = `${folder}/${name}.jpg`;
  await writeJpeg(draw(view), file);
  console.log(`${name}.jpg`, (await Deno.stat(file)).size);
}
