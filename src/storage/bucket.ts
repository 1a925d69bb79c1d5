/**
 * Where files are kept, as far as making a video needs it. R2 is one by its shape; a folder and the memory of a process are
 * others.
 */

export interface Bucket {
  head(key: string): Promise<BucketObject | null>;
  /** @returns null when there is none. What lies outside of it cannot be asked for. */
  get(key: string, options?: { readonly range?: ByteRange }): Promise<OpenedObject | null>;
  /** @returns null when the condition does not hold, and then nothing is written */
  put(
    key: string,
    content: Uint8Array | ArrayBuffer | string,
    options: ObjectOptions & { readonly onlyIf: ObjectCondition },
  ): Promise<BucketObject | null>;
  put(key: string, content: Uint8Array | ArrayBuffer | string, options?: ObjectOptions): Promise<BucketObject>;
  /** Keys that are not there do no harm. */
  delete(keys: string | string[]): Promise<void>;
  list(options: { readonly prefix: string; readonly limit?: number; readonly cursor?: string }): Promise<ObjectList>;
  /** The object is there when it is completed, and not before. */
  createMultipartUpload(key: string, options?: ObjectOptions): Promise<MultipartUpload>;
}

/** Bytes; up to but not including `offset + length`. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** For whoever serves the file: how a browser is told of it. */
export interface ObjectOptions {
  readonly httpMetadata?: { contentType?: string; contentDisposition?: string };
  readonly customMetadata?: Record<string, string>;
}

/** As in `If-Match`: that it is unchanged, or (`*`) that there is none. */
export type ObjectCondition = { etagMatches: string } | { etagDoesNotMatch: "*" };

export interface BucketObject {
  readonly key: string;
  /** Bytes of all of it. */
  readonly size: number;
  /** Another one after each change; not quoted. */
  readonly etag: string;
}

/** To be read once. */
export interface OpenedObject extends BucketObject {
  readonly body: ReadableStream<Uint8Array>;
  arrayBuffer(): Promise<ArrayBuffer>;
  text(): Promise<string>;
}

export type ObjectList =
  & { readonly objects: readonly { readonly key: string }[] }
  & ({ readonly truncated: true; readonly cursor: string } | { readonly truncated: false });

/** Parts are numbered from 1. */
export interface MultipartUpload {
  uploadPart(partNumber: number, content: Uint8Array): Promise<UploadedPart>;
  complete(parts: UploadedPart[]): Promise<BucketObject>;
  abort(): Promise<void>;
}

export interface UploadedPart {
  partNumber: number;
  etag: string;
}
