/** A web for tests: what each address answers, what each name leads to, and what was asked. */
import type { OpenOptions } from "../../src/addresses/open-address.ts";

export type Page = (init: RequestInit) => Response | Promise<Response>;

export interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

export interface MadeUpWeb {
  readonly pages?: Readonly<Record<string, Page>>;
  /** Names that lead elsewhere than to a public address. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
}

/** @returns what addresses are opened with, and what was asked so far */
export function webOf({ pages = {}, names = {} }: MadeUpWeb, options: Partial<OpenOptions> = {}) {
  const sent: Sent[] = [];
  const lookedUp: string[] = [];
  const web: OpenOptions = {
    rules: { allowPrivate: false, ownOrigin: "https://videos.example" },
    fetch: async (url, init) => {
      sent.push({ url, init });
      init.signal?.throwIfAborted();
      const page = pages[url];
      if (!page) throw new TypeError("no such page");
      return await page(init);
    },
    resolve: (name) => {
      lookedUp.push(name);
      return Promise.resolve(names[name] ?? ["93.184.216.34"]);
    },
    ...options,
  };
  return { web, sent, lookedUp };
}

export function page(body: BodyInit | null, init: ResponseInit = {}): Page {
  return () => new Response(body, init);
}

/** A redirect to what no header of a real answer could hold, too. */
export function redirect(location: string, status = 302): Page {
  return () => {
    const response = new Response(null, { status });
    response.headers.get = (name) => name === "location" ? location : null;
    return response;
  };
}
