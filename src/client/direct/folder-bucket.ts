/** Files in a folder: each key is a path in it. */
import type {
  Bucket,
  BucketObject,
  ByteRange,
  MultipartUpload,
  ObjectCondition,
  ObjectList,
  ObjectOptions,
  OpenedObject,
} from "../../storage/bucket.ts";
import { type FileSystem, unlessMissing, writeWhole } from "./file-system.ts";
import { holds } from "./object-condition.ts";
import { streamFile } from "./stream-file.ts";
import { uploadToFile } from "./upload-to-file.ts";

export class FolderBucket implements Bucket {
  readonly #system: FileSystem;
  readonly #root: string;

  /** @param root an absolute path */
  constructor(system: FileSystem, root: string) {
    this.#system = system;
    this.#root = root;
  }

  /** Keys are our own: none leads out of the folder. */
  pathOf(key: string): string {
    return this.#system.path.join(this.#root, ...key.split("/"));
  }

  async head(key: string): Promise<BucketObject | null> {
    const stat = await unlessMissing(this.#system.files.stat(this.pathOf(key)));
    return stat && { key, size: stat.size, etag: `${stat.size}-${stat.mtimeMs}` };
  }

  async get(key: string, { range }: { readonly range?: ByteRange } = {}): Promise<OpenedObject | null> {
    const object = await this.head(key);
    if (!object) return null;
    const { offset, length } = range ?? { offset: 0, length: object.size };
    const body = streamFile(this.#system, this.pathOf(key), offset, Math.min(object.size, offset + length));
    return {
      ...object,
      body,
      arrayBuffer: () => new Response(body).arrayBuffer(),
      text: () => new Response(body).text(),
    };
  }

  put(
    key: string,
    content: Uint8Array | ArrayBuffer | string,
    options: ObjectOptions & { readonly onlyIf: ObjectCondition },
  ): Promise<BucketObject | null>;
  put(key: string, content: Uint8Array | ArrayBuffer | string, options?: ObjectOptions): Promise<BucketObject>;
  async put(
    key: string,
    content: Uint8Array | ArrayBuffer | string,
    { onlyIf }: ObjectOptions & { readonly onlyIf?: ObjectCondition } = {},
  ): Promise<BucketObject | null> {
    if (onlyIf && !holds(onlyIf, (await this.head(key))?.etag ?? null)) return null;
    await writeWhole(this.#system, this.pathOf(key), bytesOf(content));
    return await this.#written(key);
  }

  async delete(keys: string | string[]): Promise<void> {
    const paths = [keys].flat().map((key) => this.pathOf(key));
    await Promise.all(paths.map((path) => this.#system.files.rm(path, { force: true })));
    const folders = new Set(paths.map((path) => this.#system.path.dirname(path)));
    // One that is not empty stays.
    await Promise.all([...folders].map((folder) => this.#system.files.rmdir(folder).catch(() => {})));
  }

  /** @param options.prefix a folder, with its slash at the end */
  async list({ prefix }: { readonly prefix: string }): Promise<ObjectList> {
    const names = await unlessMissing(this.#system.files.readdir(this.pathOf(prefix))) ?? [];
    return { objects: names.map((name) => ({ key: prefix + name })), truncated: false };
  }

  async createMultipartUpload(key: string): Promise<MultipartUpload> {
    return await uploadToFile(this.#system, this.pathOf(key), () => this.#written(key));
  }

  async #written(key: string): Promise<BucketObject> {
    const object = await this.head(key);
    if (!object) throw new Error("A file was deleted while it was written.");
    return object;
  }
}

function bytesOf(content: Uint8Array | ArrayBuffer | string): Uint8Array {
  if (typeof content === "string") return new TextEncoder().encode(content);
  return content instanceof ArrayBuffer ? new Uint8Array(content) : content;
}
