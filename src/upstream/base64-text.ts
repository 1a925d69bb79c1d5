/** Base64 that stands in a JSON string, measured or decoded piece by piece; no piece parts an escape. */
import { bytesOfBase64, decodeGroups } from "../base64.ts";

const text = new TextDecoder();

/** What a stretch of a JSON string stands for. @throws SyntaxError for an escape that JSON does not know */
function charactersOf(piece: Uint8Array): string {
  const characters = text.decode(piece);
  return characters.includes("\\") ? String(JSON.parse(`"${characters}"`)) : characters;
}

/** Line breaks, which some encoders put in, and padding. */
const insignificant = /[\s=]+/g;

/** Counts how many bytes a base64 text stands for. */
export class Base64Meter {
  #significant = 0;

  /** Takes the next piece; other text is measured as if it were base64. @throws SyntaxError for a wrong escape */
  add(piece: Uint8Array): void {
    this.#significant += charactersOf(piece).replaceAll(insignificant, "").length;
  }

  get bytes(): number {
    return Math.floor(this.#significant * 3 / 4);
  }
}

/** Decodes a base64 text, with or without padding at its end. */
export class Base64Decoder {
  /** Characters of a group of four that is not complete yet. */
  #rest = "";
  #isPadded = false;

  /**
   * Takes the next piece.
   *
   * @returns what is complete of the bytes so far, possibly none
   * @throws SyntaxError when it is not base64, or goes on after its padding
   */
  add(piece: Uint8Array): Uint8Array {
    const characters = this.#rest + charactersOf(piece);
    if (this.#isPadded && characters.trim() !== "") throw new SyntaxError("The base64 goes on after its padding.");
    const { bytes, read } = decodeGroups(characters);
    this.#rest = characters.slice(read);
    this.#isPadded ||= characters.slice(0, read).trimEnd().endsWith("=");
    return bytes;
  }

  /** The bytes of the last, incomplete group. @throws SyntaxError when it is cut in a way that no encoder makes */
  finish(): Uint8Array {
    return bytesOfBase64(this.#rest);
  }
}
