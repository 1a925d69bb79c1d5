/** Thrown where a video's own description cannot be read. The message says what is wrong, in our own words. */
export class DamagedVideo extends Error {
  override readonly name = "DamagedVideo";
}
