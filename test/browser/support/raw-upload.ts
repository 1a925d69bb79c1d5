/** A request on a connection of its own, written byte by byte: slow, endless, or broken off where no client library would. */
import { connect, type Socket } from "node:net";

export interface RawAnswer {
  readonly status: number;
  /** The `code` of its problem, or an empty text. */
  readonly code: string;
}

export interface RawRequest {
  readonly path: string;
  /** A name may come twice. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Sent as fast as the server takes them, made when it does. What it throws breaks the connection off. */
  readonly pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** @returns the answer, or null when the connection ended without one */
export async function send(origin: string, { path, headers, pieces }: RawRequest): Promise<RawAnswer | null> {
  const { hostname, port, host } = new URL(origin);
  const socket = connect(Number(port), hostname);
  const answered = readAnswer(socket);
  const lines = [["host", host], ["connection", "close"], ...headers].map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
  // Whoever pauses between two pieces learns of the answer only after the pause.
  void writeAll(socket, pieces).catch(() => socket.destroy());
  const answer = await answered;
  socket.destroy();
  return answer;
}

async function writeAll(socket: Socket, pieces: RawRequest["pieces"]): Promise<void> {
  for await (const piece of pieces) {
    if (socket.destroyed) return;
    await new Promise((resolve) => socket.write(piece, resolve));
  }
}

/** Who writes on after the answer may be told so by a reset; what was read until then counts. */
function readAnswer(socket: Socket): Promise<RawAnswer | null> {
  return new Promise((resolve) => {
    let text = "";
    socket.on("data", (data) => {
      text += data.toString("latin1");
      if (/\r\n\r\n[^]*"code":"\w+"/.test(text)) resolve(parse(text));
    });
    socket.on("error", () => resolve(parse(text)));
    socket.on("close", () => resolve(parse(text)));
  });
}

function parse(text: string): RawAnswer | null {
  const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
  return status === undefined ? null : { status: Number(status), code: /"code":"(\w+)"/.exec(text)?.[1] ?? "" };
}
