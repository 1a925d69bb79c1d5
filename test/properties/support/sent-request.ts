/** A request as it was generated: plain data, so that it can be sent again and shown when it was answered wrongly. */
import { exports } from "cloudflare:workers";

export type Header = readonly [name: string, value: string];

export interface SentRequest {
  readonly method: string;
  /** From the first slash on, not yet normalised as an address. */
  readonly path: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array<ArrayBuffer> | null;
  /** Sent as a stream without a length, in pieces of at least so many bytes; null for all at once. */
  readonly pieceBytes: number | null;
}

const origin = "http://localhost";

/** How much of a body is shown. */
const shownCharacters = 1_500;

export function addressOf({ path }: SentRequest): URL {
  return new URL(origin + path);
}

/** The answer, with its body. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function requestOf(sent: SentRequest): Request {
  const headers = new Headers();
  for (const [name, value] of sent.headers) headers.append(name, value);
  const body = sent.body && (sent.pieceBytes === null ? sent.body : inPieces(sent.body, sent.pieceBytes));
  return new Request(addressOf(sent), { method: sent.method, headers, body });
}

export async function answerOf(response: Response): Promise<Answer> {
  const { status, headers } = response;
  return { status, headers, bytes: new Uint8Array(await response.arrayBuffer()) };
}

/** Through the Worker, as it is deployed with the sandbox. */
export async function send(sent: SentRequest): Promise<Answer> {
  return await answerOf(await exports.default.fetch(requestOf(sent)));
}

/** More than so many pieces of one body say nothing new. */
const piecesMaximum = 300;

function inPieces(bytes: Uint8Array<ArrayBuffer>, smallest: number): ReadableStream<Uint8Array> {
  const size = Math.max(smallest, Math.ceil(bytes.length / piecesMaximum));
  let offset = 0;
  return new ReadableStream({
    pull(controller) {
      if (offset >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(offset, offset + size));
      offset += size;
    },
  });
}

/** For a report: the bytes of the body as characters of the same codes, quoted. */
export function shown({ method, path, headers, body, pieceBytes }: SentRequest): string {
  const lines = headers.map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  const content = body ? JSON.stringify(new TextDecoder("latin1").decode(body)) : "no body";
  const cut = content.length > shownCharacters
    ? `${content.slice(0, shownCharacters)}… (${body?.length} bytes)`
    : content;
  const pieces = pieceBytes === null ? [] : [`in pieces of ${pieceBytes} bytes`];
  return [`${method} ${path.slice(0, shownCharacters)}`, ...lines, ...pieces, cut].join("\n");
}
