/** A file, or a part of it, as a stream. */
import { readBytes } from "../../storage/chunks.ts";
import type { FileSystem } from "./file-system.ts";

type Handle = Awaited<ReturnType<FileSystem["files"]["open"]>>;

/** Is opened when the first piece is asked for, so that a stream nobody reads holds nothing. */
export function streamFile(
  { files }: FileSystem,
  path: string,
  start: number,
  end: number,
): ReadableStream<Uint8Array> {
  let handle: Handle | null = null;
  let at = start;
  const close = async () => {
    await handle?.close();
    handle = null;
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        handle ??= await files.open(path, "r");
        const piece = new Uint8Array(Math.min(readBytes, end - at));
        const { bytesRead } = piece.length > 0 ? await handle.read(piece, 0, piece.length, at) : { bytesRead: 0 };
        at += bytesRead;
        if (bytesRead > 0) return controller.enqueue(piece.subarray(0, bytesRead));
        await close();
        controller.close();
      } catch (error) {
        await close();
        throw error;
      }
    },
    cancel: close,
  }, { highWaterMark: 0 });
}
