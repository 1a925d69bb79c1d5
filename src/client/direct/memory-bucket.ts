/** Files in the memory of this process. */
import type {
  Bucket,
  BucketObject,
  ByteRange,
  MultipartUpload,
  ObjectCondition,
  ObjectList,
  ObjectOptions,
  OpenedObject,
  UploadedPart,
} from "../../storage/bucket.ts";
import { holds } from "./object-condition.ts";

interface Stored {
  readonly content: Blob;
  readonly etag: string;
}

export class MemoryBucket implements Bucket {
  readonly #objects = new Map<string, Stored>();
  #writes = 0;

  head(key: string): Promise<BucketObject | null> {
    const stored = this.#objects.get(key);
    return Promise.resolve(stored ? described(key, stored) : null);
  }

  get(key: string, { range }: { readonly range?: ByteRange } = {}): Promise<OpenedObject | null> {
    const stored = this.#objects.get(key);
    if (!stored) return Promise.resolve(null);
    const part = range ? stored.content.slice(range.offset, range.offset + range.length) : stored.content;
    return Promise.resolve({
      ...described(key, stored),
      get body() {
        return part.stream();
      },
      arrayBuffer: () => part.arrayBuffer(),
      text: () => part.text(),
    });
  }

  put(
    key: string,
    content: Uint8Array | ArrayBuffer | string,
    options: ObjectOptions & { readonly onlyIf: ObjectCondition },
  ): Promise<BucketObject | null>;
  put(key: string, content: Uint8Array | ArrayBuffer | string, options?: ObjectOptions): Promise<BucketObject>;
  put(
    key: string,
    content: Uint8Array | ArrayBuffer | string,
    { onlyIf }: ObjectOptions & { readonly onlyIf?: ObjectCondition } = {},
  ): Promise<BucketObject | null> {
    const found = this.#objects.get(key);
    if (onlyIf && !holds(onlyIf, found?.etag ?? null)) return Promise.resolve(null);
    return Promise.resolve(this.#keep(key, new Blob([content])));
  }

  delete(keys: string | string[]): Promise<void> {
    for (const key of [keys].flat()) this.#objects.delete(key);
    return Promise.resolve();
  }

  list({ prefix }: { readonly prefix: string }): Promise<ObjectList> {
    const keys = [...this.#objects.keys()].filter((key) => key.startsWith(prefix));
    return Promise.resolve({ objects: keys.map((key) => ({ key })), truncated: false });
  }

  createMultipartUpload(key: string): Promise<MultipartUpload> {
    const parts = new Map<number, Blob>();
    return Promise.resolve({
      uploadPart(partNumber, content) {
        // A blob copies: the buffer is filled again afterwards.
        parts.set(partNumber, new Blob([content]));
        return Promise.resolve({ partNumber, etag: String(partNumber) });
      },
      complete: (uploaded: UploadedPart[]) => {
        const content = uploaded.flatMap(({ partNumber }) => parts.get(partNumber) ?? []);
        return Promise.resolve(this.#keep(key, new Blob(content)));
      },
      abort: () => Promise.resolve(parts.clear()),
    });
  }

  #keep(key: string, content: Blob): BucketObject {
    const stored = { content, etag: String(++this.#writes) };
    this.#objects.set(key, stored);
    return described(key, stored);
  }
}

function described(key: string, { content, etag }: Stored): BucketObject {
  return { key, size: content.size, etag };
}
