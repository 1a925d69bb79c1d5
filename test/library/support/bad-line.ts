/** A line to the server that loses answers, and an address at which a picture lies. */
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { once } from "node:events";

const picture = new URL("../../../src/sandbox/samples/emerald-ring-front.jpg", import.meta.url);

export interface BadLine {
  readonly origin: string;
  readonly pictureAddress: string;
  /** Of each order that went through, its `Idempotency-Key`. */
  readonly keys: (string | undefined)[];
  close(): void;
}

/** The server behind it answers the first order; the answer does not arrive. The second one's comes from a gateway. */
export async function openBadLine(serverOrigin: string): Promise<BadLine> {
  const keys: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    if (request.url === "/ring.jpg") return response.end(await readFile(picture));
    const answer = await passOn(request, serverOrigin);
    if (request.method === "POST") keys.push(String(request.headers["idempotency-key"]));
    if (request.method === "POST" && keys.length === 1) return response.destroy();
    if (request.method === "POST" && keys.length === 2) return response.writeHead(504).end("Gateway Timeout");
    response.writeHead(answer.status, { "Content-Type": answer.headers.get("Content-Type") ?? "text/plain" });
    for await (const chunk of answer.body ?? []) response.write(chunk);
    response.end();
  }).listen(0);
  await once(server, "listening");
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The line has no port.");
  const origin = `http://localhost:${address.port}`;
  return { origin, pictureAddress: `${origin}/ring.jpg`, keys, close: () => server.close() };
}

async function passOn(request: IncomingMessage, serverOrigin: string): Promise<Response> {
  const headers = Object.entries(request.headersDistinct)
    .filter(([name]) => !["host", "connection", "content-length", "transfer-encoding"].includes(name))
    .flatMap(([name, values = []]) => values.map((value): [string, string] => [name, value]));
  const body = Buffer.concat(await Array.fromAsync(request));
  const init = { method: request.method ?? "GET", headers, ...body.length > 0 && { body } };
  return await fetch(serverOrigin + request.url, init);
}
