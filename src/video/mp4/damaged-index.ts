/** The index of a movie is damaged, or of a kind that is not cut or joined here. Caught in `read-movie.ts`. */
export class DamagedIndexError extends Error {
  override readonly name = "DamagedIndexError";
}
