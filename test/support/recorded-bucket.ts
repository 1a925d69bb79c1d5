/** A bucket of workerd that tells what was asked of it. R2 lists no unfinished uploads, so this counts them. */

export class RecordedBucket {
  /** In order: `put 5`, `create`, `part 5`, `complete`, `abort`. */
  readonly calls: string[] = [];
  /** Of the uploads that were neither completed nor aborted. */
  readonly unfinished = new Set<string>();
  readonly bucket: R2Bucket;

  constructor(bucket: R2Bucket) {
    this.bucket = new Proxy(bucket, {
      get: (target, method: keyof R2Bucket) => {
        if (method === "put") return this.#put(target);
        if (method === "createMultipartUpload") return this.#create(target);
        return target[method].bind(target);
      },
    });
  }

  #put(target: R2Bucket) {
    return (key: string, value: Uint8Array, options: R2PutOptions) => {
      this.calls.push(`put ${value.byteLength}`);
      return target.put(key, value, options);
    };
  }

  #create(target: R2Bucket) {
    return async (key: string, options: R2MultipartOptions) => {
      this.calls.push("create");
      const upload = await target.createMultipartUpload(key, options);
      this.unfinished.add(upload.uploadId);
      return this.#recorded(upload);
    };
  }

  #recorded(upload: R2MultipartUpload): R2MultipartUpload {
    const { key, uploadId } = upload;
    return {
      key,
      uploadId,
      uploadPart: (part, value) => {
        this.calls.push(`part ${ArrayBuffer.isView(value) ? value.byteLength : "?"}`);
        return upload.uploadPart(part, value);
      },
      complete: async (parts) => {
        this.calls.push("complete");
        const object = await upload.complete(parts);
        this.unfinished.delete(uploadId);
        return object;
      },
      abort: async () => {
        this.calls.push("abort");
        await upload.abort();
        this.unfinished.delete(uploadId);
      },
    };
  }
}
