/**
 * A body of unknown length into R2. `put` wants a known length (workers-sdk#6425), so at most one part is collected: a
 * body that ends within it is put at once, a longer one becomes a multipart upload. Either the whole body is there in
 * the end, or nothing is.
 */
import type { Bucket, MultipartUpload, ObjectOptions, UploadedPart } from "./bucket.ts";
import { chunksOf } from "./chunks.ts";
import { PartBuffer } from "./part-buffer.ts";
import { ownPartMemory } from "./part-memory.ts";

export type Body = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

export interface StoreOptions {
  readonly httpMetadata: NonNullable<ObjectOptions["httpMetadata"]>;
  readonly customMetadata?: Record<string, string>;
  /** Bytes; one more and nothing is stored. */
  readonly bytesMaximum: number;
  /** Sees each chunk before it is stored; throwing stops and undoes the upload. The chunk is not to be kept. */
  readonly onChunk?: (chunk: Uint8Array) => void;
  /** Is waited for before anything is stored. What it throws stops and undoes the upload. */
  readonly beforeStored?: () => Promise<void>;
  /** What the sender announced, if anything: only a hint for the first allocation. */
  readonly bytesExpected?: number | null;
  /**
   * For uploads that follow each other: one buffer for all of them, empty and released after each. Not for uploads side
   * by side. Without one, the upload has memory of its own: what was paid for does not wait for strangers' files.
   */
  readonly buffer?: PartBuffer;
}

export interface StoredObject {
  readonly bytes: number;
  readonly etag: string;
}

/** The body is longer than it may be. */
export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";

  constructor(bytesMaximum: number) {
    super(`The body is longer than ${bytesMaximum} bytes.`);
  }
}

/**
 * Stores a body under a key without ever holding more than one part of it.
 *
 * @returns how long it was, and R2's etag (not quoted)
 * @throws {BodyTooLargeError} when it is longer than allowed; or what the body, `onChunk` or R2 failed with. Nothing is
 * left under the key then, and no unfinished upload.
 */
export async function storeStream(
  bucket: Bucket,
  key: string,
  body: Body,
  options: StoreOptions,
): Promise<StoredObject> {
  const upload = new Upload(bucket, key, options);
  try {
    for await (const chunk of body instanceof ReadableStream ? chunksOf(body) : body) {
      await upload.add(chunk);
    }
    return await upload.finish();
  } catch (error) {
    await upload.undo();
    throw error;
  } finally {
    upload.release();
  }
}

class Upload {
  readonly #bucket: Bucket;
  readonly #key: string;
  readonly #options: StoreOptions;
  readonly #buffer: PartBuffer;
  readonly #parts: UploadedPart[] = [];
  #multipart: MultipartUpload | null = null;
  /** Whether the key may hold what came of this upload; before that it may hold something else. */
  #isWritten = false;
  #bytes = 0;

  constructor(bucket: Bucket, key: string, options: StoreOptions) {
    this.#bucket = bucket;
    this.#key = key;
    this.#options = options;
    this.#buffer = options.buffer ?? new PartBuffer(options.bytesExpected, ownPartMemory);
  }

  async add(chunk: Uint8Array): Promise<void> {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#options.bytesMaximum) throw new BodyTooLargeError(this.#options.bytesMaximum);
    this.#options.onChunk?.(chunk);
    let rest = chunk;
    while (rest.length > 0) {
      // Only when more follows, so that the last part is never empty and one full part is still a single put.
      if (this.#buffer.isFull) await this.#sendPart();
      rest = await this.#buffer.append(rest);
    }
  }

  async finish(): Promise<StoredObject> {
    if (!this.#multipart) {
      await this.#options.beforeStored?.();
      this.#isWritten = true;
      const stored = await this.#bucket.put(this.#key, this.#buffer.content, this.#metadata());
      return { bytes: this.#bytes, etag: stored.etag };
    }
    await this.#sendPart();
    this.#isWritten = true;
    const stored = await this.#multipart.complete(this.#parts);
    return { bytes: this.#bytes, etag: stored.etag };
  }

  /** Best effort: the reason for undoing matters more than a failure to clean up, which R2 does itself after 7 days. */
  async undo(): Promise<void> {
    await this.#multipart?.abort().catch(() => undefined);
    if (this.#isWritten) await this.#bucket.delete(this.#key).catch(() => undefined);
  }

  release(): void {
    this.#buffer.release();
  }

  /** The buffer is filled again only after R2 has answered, so it can be handed over without a copy. */
  async #sendPart(): Promise<void> {
    this.#multipart ??= await this.#open();
    this.#parts.push(await this.#multipart.uploadPart(this.#parts.length + 1, this.#buffer.content));
    this.#buffer.clear();
  }

  async #open(): Promise<MultipartUpload> {
    await this.#options.beforeStored?.();
    return await this.#bucket.createMultipartUpload(this.#key, this.#metadata());
  }

  #metadata(): ObjectOptions {
    const { httpMetadata, customMetadata } = this.#options;
    return customMetadata ? { httpMetadata, customMetadata } : { httpMetadata };
  }
}
