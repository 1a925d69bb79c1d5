/** A form body that is not what its Content-Type says, or is cut off. The message is a full sentence for its sender. */
export class MultipartError extends Error {
  override readonly name = "MultipartError";
}
