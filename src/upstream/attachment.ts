/**
 * A file that goes to an upstream inside a JSON body, read as a stream when it is needed and never held whole: three
 * pictures of 20 MB in base64 would not fit the isolate's 128 MB.
 */
export interface Attachment {
  readonly contentType: string;
  readonly bytes: number;
  /** Opens the file anew; each call gives a stream of exactly {@link bytes} bytes. */
  open(): Promise<ReadableStream<Uint8Array>>;
}
