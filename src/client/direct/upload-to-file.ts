/** A long file that comes in parts: it has its name when it is complete. */
import type { BucketObject, MultipartUpload } from "../../storage/bucket.ts";
import type { FileSystem } from "./file-system.ts";

/** @param written describes the file once it is there */
export async function uploadToFile(
  { files, path }: FileSystem,
  place: string,
  written: () => Promise<BucketObject>,
): Promise<MultipartUpload> {
  await files.mkdir(path.dirname(place), { recursive: true });
  const unfinished = `${place}.${crypto.randomUUID()}.part`;
  const handle = await files.open(unfinished, "wx");
  return {
    // One after the other, in their order: that is how they are sent.
    async uploadPart(partNumber, content) {
      await handle.appendFile(content);
      return { partNumber, etag: String(partNumber) };
    },
    async complete() {
      await handle.sync();
      await handle.close();
      await files.rename(unfinished, place);
      return await written();
    },
    async abort() {
      await handle.close();
      await files.rm(unfinished, { force: true });
    },
  };
}
