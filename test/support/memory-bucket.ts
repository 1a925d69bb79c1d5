/// <reference types="@cloudflare/workers-types" />
/** A bucket in memory, for where there is no workerd. It records what is asked of it, in order. */

export interface BucketCall {
  /**
   * `pull`: a piece of an opened object is handed out; `read`: all of it at once. `part`: a part of a multipart upload
   * arrives.
   */
  readonly call: "head" | "get" | "pull" | "read" | "put" | "part" | "complete" | "delete" | "list";
  readonly key: string;
  /** Of the piece, the part or the object; 0 where nothing moves. */
  readonly bytes: number;
}

interface Stored {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly options: R2MultipartOptions;
}

type Content = Parameters<R2MultipartUpload["uploadPart"]>[1] | null;

/** As much as a read into a large buffer gives at once. */
const pieceBytes = 65_536;

export class MemoryBucket implements R2Bucket {
  readonly calls: BucketCall[] = [];
  readonly #objects = new Map<string, Stored>();

  /** What is stored under a key, past the records. */
  peek(key: string): Uint8Array<ArrayBuffer> | null {
    return this.#objects.get(key)?.bytes ?? null;
  }

  get keys(): string[] {
    return [...this.#objects.keys()];
  }

  head(key: string): Promise<R2Object | null> {
    this.#record("head", key, 0);
    const stored = this.#objects.get(key);
    return Promise.resolve(stored ? new MemoryObject(key, stored, stored.bytes, () => {}) : null);
  }

  get(key: string, options?: R2GetOptions): Promise<R2ObjectBody | null> {
    this.#record("get", key, 0);
    const stored = this.#objects.get(key);
    if (!stored) return Promise.resolve(null);
    const onMove = (call: "pull" | "read", bytes: number) => this.#record(call, key, bytes);
    return Promise.resolve(new MemoryObject(key, stored, sliceOf(stored.bytes, options), onMove));
  }

  async put(key: string, value: Content, options: R2PutOptions = {}): Promise<R2Object> {
    const stored = { bytes: await bytesOf(value), options: metadataOf(options) };
    this.#record("put", key, stored.bytes.length);
    this.#objects.set(key, stored);
    return new MemoryObject(key, stored, stored.bytes, () => {});
  }

  createMultipartUpload(key: string, options: R2MultipartOptions = {}): Promise<R2MultipartUpload> {
    const parts = new Map<number, Uint8Array>();
    return Promise.resolve({
      key,
      uploadId: key,
      uploadPart: async (partNumber, value) => {
        const bytes = await bytesOf(value);
        this.#record("part", key, bytes.length);
        parts.set(partNumber, bytes);
        return { partNumber, etag: String(partNumber) };
      },
      abort: () => Promise.resolve(parts.clear()),
      complete: async (uploaded) => {
        const pieces = uploaded.map(({ partNumber }) => new Blob([Uint8Array.from(parts.get(partNumber) ?? [])]));
        const stored = { bytes: new Uint8Array(await new Blob(pieces).arrayBuffer()), options };
        this.#record("complete", key, stored.bytes.length);
        this.#objects.set(key, stored);
        return new MemoryObject(key, stored, stored.bytes, () => {});
      },
    });
  }

  resumeMultipartUpload(): R2MultipartUpload {
    throw new Error("An upload is not resumed here.");
  }

  delete(keys: string | string[]): Promise<void> {
    for (const key of [keys].flat()) {
      this.#record("delete", key, 0);
      this.#objects.delete(key);
    }
    return Promise.resolve();
  }

  list({ prefix = "" }: R2ListOptions = {}): Promise<R2Objects> {
    this.#record("list", prefix, 0);
    const found = [...this.#objects].filter(([key]) => key.startsWith(prefix));
    const objects = found.map(([key, stored]) => new MemoryObject(key, stored, stored.bytes, () => {}));
    return Promise.resolve({ objects, delimitedPrefixes: [], truncated: false });
  }

  #record(call: BucketCall["call"], key: string, bytes: number): void {
    this.calls.push({ call, key, bytes });
  }
}

type OnMove = (call: "pull" | "read", bytes: number) => void;

class MemoryObject implements R2ObjectBody {
  readonly key: string;
  readonly version = "1";
  readonly size: number;
  readonly etag = "etag";
  readonly httpEtag = '"etag"';
  readonly checksums: R2Checksums = { toJSON: () => ({}) };
  readonly uploaded = new Date(0);
  readonly storageClass = "Standard";
  readonly httpMetadata: R2HTTPMetadata;
  readonly customMetadata: Record<string, string>;
  readonly bodyUsed = false;
  readonly #content: Uint8Array<ArrayBuffer>;
  readonly #onMove: OnMove;

  constructor(key: string, stored: Stored, content: Uint8Array<ArrayBuffer>, onMove: OnMove) {
    this.key = key;
    this.size = stored.bytes.length;
    const { httpMetadata, customMetadata } = stored.options;
    this.httpMetadata = httpMetadata instanceof Headers ? {} : httpMetadata ?? {};
    this.customMetadata = customMetadata ?? {};
    this.#content = content;
    this.#onMove = onMove;
  }

  /** Hands out a piece only when one is asked for. */
  get body(): ReadableStream<Uint8Array> {
    let at = 0;
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      const piece = this.#content.slice(at, at + pieceBytes);
      if (piece.length === 0) return controller.close();
      this.#onMove("pull", piece.length);
      controller.enqueue(piece);
      at += piece.length;
    };
    return new ReadableStream({ pull }, { highWaterMark: 0 });
  }

  bytes(): Promise<Uint8Array<ArrayBuffer>> {
    this.#onMove("read", this.#content.length);
    return Promise.resolve(this.#content.slice());
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  async json<Value>(): Promise<Value> {
    return JSON.parse(await this.text());
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.bytes()]);
  }

  writeHttpMetadata(headers: Headers): void {
    if (this.httpMetadata.contentType) headers.set("Content-Type", this.httpMetadata.contentType);
  }
}

/** @throws RangeError for a range outside of the object, as R2 does */
function sliceOf(bytes: Uint8Array<ArrayBuffer>, options: R2GetOptions = {}): Uint8Array<ArrayBuffer> {
  const { range } = options;
  if (!range || range instanceof Headers || !("offset" in range) || range.offset === undefined) return bytes;
  const { offset, length = bytes.length - offset } = range;
  if (offset >= bytes.length) throw new RangeError("The range lies outside of the object.");
  return bytes.subarray(offset, offset + length);
}

async function bytesOf(value: Content): Promise<Uint8Array<ArrayBuffer>> {
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
  }
  if (value instanceof ReadableStream) return new Uint8Array(await new Response(value).arrayBuffer());
  return new Uint8Array(await new Blob(value === null ? [] : [value]).arrayBuffer());
}

function metadataOf({ httpMetadata, customMetadata }: R2PutOptions): R2MultipartOptions {
  return { ...(httpMetadata && { httpMetadata }), ...(customMetadata && { customMetadata }) };
}
