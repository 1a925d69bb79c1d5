/** The form of an order, with its files. */
import { readFile } from "node:fs/promises";
import type { Order } from "./orders.ts";

const sandbox = new URL("../../src/sandbox/", import.meta.url);
const pictureNames = ["emerald-ring-front", "emerald-ring-side", "emerald-ring-stone"];

export async function formOf({ fields, pictures, video }: Order): Promise<FormData> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const [index, name] of pictureNames.slice(0, pictures).entries()) {
    form.set(`reference_image${index + 1}`, await fileOf(`samples/${name}.jpg`, "image/jpeg"), `${name}.jpg`);
  }
  if (video) form.set("video_reference", await fileOf("clips/1280x720-4s.bin", "video/mp4"), "motion.mp4");
  return form;
}

async function fileOf(path: string, type: string): Promise<Blob> {
  return new Blob([new Uint8Array(await readFile(new URL(path, sandbox)))], { type });
}
