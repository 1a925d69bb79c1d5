/** Puts a finished video where it is wanted: whole or not at all, and never over something else unasked. */
import type { OpenedVideo } from "../client/index.ts";
import type { Saving } from "./command.ts";
import { CommandError } from "./command-error.ts";
import type { Files, Outlet } from "./surroundings.ts";

/** A place that was looked at before anything was paid. */
export type Target =
  | { readonly kind: "stdout" }
  | { readonly kind: "place"; readonly folder: string; readonly name: string | null; readonly force: boolean };

/** @throws CommandError `output_exists`, `usage` */
export async function checkTarget({ out, force }: Saving, files: Files, stdout: Outlet): Promise<Target> {
  if (out === "-") {
    if (stdout.isTerminal) throw CommandError.ofUsage(["--out - is for a pipe or a file, and stdout is a terminal."]);
    return { kind: "stdout" };
  }
  const kind = await files.kindOf(out);
  if (kind === "file" && !force) {
    throw new CommandError("output_exists", "refused", [`${out} is there already. Choose another name, or --force.`]);
  }
  const isFolder = kind === "folder" || out.endsWith("/");
  const folder = isFolder ? out : files.folderOf(out);
  if (await files.kindOf(folder) !== "folder") throw CommandError.ofUsage([`There is no folder ${folder} for --out.`]);
  if (!await files.isWritable(folder)) throw CommandError.ofUsage([`The folder ${folder} cannot be written to.`]);
  return { kind: "place", folder, name: isFolder ? null : files.nameOf(out), force };
}

/**
 * @returns where it is; null for stdout
 * @throws CommandError `not_saved` when the disk does not take it or the video breaks off; what the library throws
 */
export async function saveVideo(
  video: OpenedVideo,
  target: Target,
  files: Files,
  stdout: Outlet,
): Promise<string | null> {
  if (target.kind === "place") return await saveAsFile(video, target, files);
  for await (const chunk of video.body) await stdout.write(chunk);
  return null;
}

async function saveAsFile(video: OpenedVideo, target: Target & { kind: "place" }, files: Files): Promise<string> {
  const name = target.name ?? plainName(video.fileName);
  const unfinished = files.join(target.folder, `.${name}.${crypto.randomUUID()}.part`);
  try {
    const bytes = await files.write(unfinished, video.body);
    if (video.bytes !== null && bytes !== video.bytes) throw new Error(`${bytes} of ${video.bytes} bytes came`);
    return await place(unfinished, name, target, files);
  } catch (error) {
    await files.remove(unfinished);
    throw error;
  }
}

/** Of a name that was taken meanwhile, or that nobody chose, the next that is free: what is paid is not thrown away. */
async function place(
  unfinished: string,
  name: string,
  target: Target & { kind: "place" },
  files: Files,
): Promise<string> {
  const wanted = files.join(target.folder, name);
  if (target.force) {
    await files.replace(unfinished, wanted);
    return wanted;
  }
  for (let number = 1;; number++) {
    const path = number === 1 ? wanted : files.join(target.folder, numbered(name, number));
    if (await files.moveIfFree(unfinished, path)) return path;
  }
}

/** `film.mp4` → `film-2.mp4` */
function numbered(name: string, number: number): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? `${name.slice(0, dot)}-${number}${name.slice(dot)}` : `${name}-${number}`;
}

/** A deployment names the file, but not its folder, and none that is hidden. */
function plainName(fileName: string): string {
  return fileName.replaceAll(/[^\w.-]+/g, "-").replace(/^[.-]+/, "") || "video.mp4";
}
