/** Pictures on a web server that exists only here. */
import { vi } from "vitest";
import { jpeg } from "./pictures.ts";

export const pictureUrl = "http://pictures.test/ring.jpg";

/** The service fetches with the global function; everything but the pictures goes on to the network. */
export function servePictures(): void {
  const network = globalThis.fetch;
  vi.spyOn(globalThis, "fetch").mockImplementation((input, init) => {
    const { url } = new Request(input, init);
    if (url !== pictureUrl) return network(input, init);
    return Promise.resolve(
      new Response(jpeg({ width: 640, height: 480 }), { headers: { "Content-Type": "image/jpeg" } }),
    );
  });
}
