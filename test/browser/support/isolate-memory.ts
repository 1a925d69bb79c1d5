/** How much memory the Worker's isolate uses, as its debugger is told. */

export interface IsolateMemory {
  /** What V8 has in use, with the bytes of buffers; what Cloudflare limits. */
  bytesInUse(): Promise<number>;
  close(): void;
}

/** @param inspectorPort of `wrangler dev` */
export async function watchIsolate(inspectorPort: number): Promise<IsolateMemory> {
  // Wrangler lets in who says what it is and whence it comes; that Deno's WebSocket takes headers its types do not say.
  const headers = { "user-agent": "Deno", origin: "http://localhost" };
  const socket: WebSocket = Reflect.construct(WebSocket, [`ws://127.0.0.1:${inspectorPort}/ws`, { headers }]);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error("There is no debugger at this port."));
  });
  let asked = 0;
  return {
    bytesInUse: async () => {
      const { usedSize, backingStorageSize } = await ask(socket, ++asked, "Runtime.getHeapUsage");
      return usedSize + backingStorageSize;
    },
    close: () => socket.close(),
  };
}

interface HeapUsage {
  readonly usedSize: number;
  readonly backingStorageSize: number;
}

function ask(socket: WebSocket, id: number, method: string): Promise<HeapUsage> {
  return new Promise((resolve) => {
    const listen = ({ data }: MessageEvent<string>) => {
      const message = JSON.parse(data);
      if (message.id !== id) return;
      socket.removeEventListener("message", listen);
      resolve(message.result);
    };
    socket.addEventListener("message", listen);
    socket.send(JSON.stringify({ id, method }));
  });
}
