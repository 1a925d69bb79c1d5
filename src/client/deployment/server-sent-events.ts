/** Server-sent events out of bytes (WHATWG HTML, section 9.2.6), as far as a client without a DOM needs them. Pure. */

export interface ServerSentEvent {
  /** The last `id` that was sent, with this event or before it; empty when there was none. */
  readonly id: string;
  readonly data: string;
}

/** Comments and events without data are passed over, and what the stream breaks off in the middle of. */
export async function* readEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent, void> {
  let id = "";
  let data: string[] = [];
  for await (const line of linesOf(chunks)) {
    if (line === "") {
      if (data.length > 0) yield { id, data: data.join("\n") };
      data = [];
      continue;
    }
    const [, field, value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === "data") data.push(value);
    if (field === "id" && !value.includes("\0")) id = value;
  }
}

/** Lines end in CRLF, LF or CR. A CR at the very end may be the first half of a CRLF. */
const lineEnd = /\r\n|\n|\r(?!$)/;

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(lineEnd);
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
