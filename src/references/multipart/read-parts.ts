/**
 * The parts of a `multipart/form-data` body (RFC 7578, RFC 2046 §5.1), one after the other, while it arrives.
 *
 * Our own, because a part may be 100 MB: `Request.formData()` holds all of them, and the streaming parser tried first
 * (`@web3-storage/multipart-parser` 1.0.0) keeps in memory what its reader skips, has no limit for headers, refuses
 * file names with `;` or `=`, and fails when the network cuts between the last two dashes of a body.
 */
import { partHeaderBytesMaximum, preambleBytesMaximum } from "../limits.ts";
import { Delimiter } from "./delimiter.ts";
import { MultipartError } from "./multipart-error.ts";
import { parsePartHeader, type PartHeader } from "./part-header.ts";

export interface Part extends PartHeader {
  /**
   * The content, to be read at most once and before the next part is asked for; what is left of it then is skipped.
   * A chunk is valid only until the next one is asked for.
   */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Bytes looked at together: larger than a chunk of the network, and than a part's header. */
const windowBytes = 65_536;
const crlf = "\r\n";

/**
 * @param source chunks of the body, cut anywhere
 * @throws {MultipartError} when the body is malformed or ends before its closing delimiter; or what `source` throws
 */
export async function* readParts(
  source: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<Part, void> {
  const iterator = source[Symbol.asyncIterator]();
  const reader = new PartReader(iterator, new Delimiter(boundary));
  try {
    await reader.skipPreamble();
    while (await reader.hasPart()) {
      const header = parsePartHeader(await reader.readHeader());
      yield { ...header, body: { [Symbol.asyncIterator]: () => reader.readContent() } };
      await reader.skipContent();
    }
  } finally {
    await iterator.return?.();
  }
}

class PartReader {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #delimiter: Delimiter;
  readonly #memory: Uint8Array;
  /** What was read but not handed out: a view of the memory. */
  #window: Uint8Array;
  /** What of the last chunk did not fit into the window. */
  #waiting: Uint8Array = new Uint8Array();
  #inContent = true;

  constructor(source: AsyncIterator<Uint8Array>, delimiter: Delimiter) {
    this.#source = source;
    this.#delimiter = delimiter;
    this.#memory = new Uint8Array(windowBytes + delimiter.length);
    // A delimiter begins with a line end, but the first one stands at the very start.
    this.#memory.set(new TextEncoder().encode(crlf));
    this.#window = this.#memory.subarray(0, crlf.length);
  }

  /** The content up to the next delimiter, which is passed over. */
  async *readContent(): AsyncGenerator<Uint8Array, void> {
    while (this.#inContent) {
      const end = this.#delimiter.findIn(this.#window);
      if (end !== -1) {
        this.#inContent = false;
        const content = this.#window.subarray(0, end);
        this.#window = this.#window.subarray(end + this.#delimiter.length);
        if (content.length > 0) yield content;
        return;
      }
      // The last bytes may be the beginning of a delimiter.
      const certain = Math.max(0, this.#window.length - this.#delimiter.length + 1);
      const content = this.#window.subarray(0, certain);
      this.#window = this.#window.subarray(certain);
      if (content.length > 0) yield content;
      await this.#fill();
    }
  }

  /** What stands before the first delimiter, for programs that know no forms (RFC 2046 §5.1.1). */
  async skipPreamble(): Promise<void> {
    let bytes = 0;
    for await (const piece of this.readContent()) {
      bytes += piece.length;
      if (bytes > preambleBytesMaximum) throw new MultipartError("The form does not begin with its boundary.");
    }
  }

  async skipContent(): Promise<void> {
    const content = this.readContent();
    while (!(await content.next()).done);
  }

  /** After a delimiter: two dashes close the body, a line end opens a part. */
  async hasPart(): Promise<boolean> {
    while (this.#window.length < 2) await this.#fill();
    return !(this.#window[0] === 0x2d && this.#window[1] === 0x2d);
  }

  /** The header's bytes, and moves on to the content. */
  async readHeader(): Promise<Uint8Array> {
    // Where the search goes on after the next bytes: from the beginning each time, a header in drops would take hours.
    for (let from = 0;;) {
      const end = findEmptyLine(this.#window, from);
      if (Math.max(end, from) > partHeaderBytesMaximum) break;
      if (end !== -1) {
        const header = this.#window.slice(0, end);
        this.#window = this.#window.subarray(end + 2 * crlf.length);
        return this.#checkHeader(header);
      }
      from = Math.max(0, this.#window.length - 2 * crlf.length + 1);
      await this.#fill();
    }
    throw new MultipartError("The header of a part of the form is too long.");
  }

  /** The line of the delimiter ends with spaces at most (RFC 2046 §5.1.1). */
  #checkHeader(header: Uint8Array): Uint8Array {
    const lineEnd = header.indexOf(0x0d);
    const rest = lineEnd === -1 ? header : header.subarray(0, lineEnd);
    if (rest.some((byte) => byte !== 0x20 && byte !== 0x09)) {
      throw new MultipartError("The form is malformed: its boundary stands where none belongs.");
    }
    // An empty part has no content of its own: the delimiter follows the empty line at once.
    this.#inContent = true;
    return lineEnd === -1 ? new Uint8Array() : header.subarray(lineEnd + crlf.length);
  }

  /** Moves what is left to the front of the memory and adds what fits of the next chunk. */
  async #fill(): Promise<void> {
    if (this.#waiting.length === 0) {
      const next = await this.#source.next();
      if (next.done) throw new MultipartError("The form is cut off: its end is missing.");
      this.#waiting = next.value;
    }
    this.#memory.set(this.#window);
    const added = this.#waiting.subarray(0, this.#memory.length - this.#window.length);
    this.#memory.set(added, this.#window.length);
    this.#window = this.#memory.subarray(0, this.#window.length + added.length);
    this.#waiting = this.#waiting.subarray(added.length);
  }
}

function findEmptyLine(window: Uint8Array, from: number): number {
  for (let at = window.indexOf(0x0d, from); at !== -1; at = window.indexOf(0x0d, at + 1)) {
    if (window[at + 1] === 0x0a && window[at + 2] === 0x0d && window[at + 3] === 0x0a) return at;
  }
  return -1;
}
