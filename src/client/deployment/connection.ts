/** How requests reach a deployment: its address and its key, in one place. */
import { ConnectionError } from "../errors.ts";
import type { DeploymentOptions } from "../options.ts";

/** What visible ASCII a key consists of; anything else cannot stand in a header. */
const keyPattern = /^[!-~]+$/;

export class Connection {
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;
  /** The runtime's own, or the caller's. */
  readonly fetch: typeof fetch;

  /** @throws TypeError for a `baseUrl` or an `apiKey` that cannot be used */
  constructor({ baseUrl, apiKey, fetch: ownFetch }: DeploymentOptions) {
    this.#base = readBase(baseUrl);
    const key = apiKey?.trim() ?? "";
    if (key !== "" && !keyPattern.test(key)) throw new TypeError("The apiKey has characters that no key has.");
    this.#headers = key === "" ? {} : { Authorization: `Bearer ${key}` };
    // Called as a function of its own: some runtimes refuse to have theirs called as somebody's method.
    this.fetch = (input, init) => (ownFetch ?? fetch)(input, init);
  }

  /**
   * @param path from the deployment's address on: `/veo31/estimate`
   * @param limitMs how long the whole answer may take; without one, as long as the caller waits
   * @throws ConnectionError when no answer comes, and the signal's reason
   */
  async send(path: string, init: RequestInit, signal: AbortSignal, limitMs?: number): Promise<Response> {
    const headers = { ...this.#headers, ...init.headers };
    return await this.open(this.#base + path, { ...init, headers }, signal, limitMs);
  }

  /** Like {@link send}, to any address and so without the key. */
  async open(address: string, init: RequestInit, signal: AbortSignal, limitMs?: number): Promise<Response> {
    const limited = limitMs === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
    try {
      return await this.fetch(address, { ...init, signal: limited });
    } catch (cause) {
      signal.throwIfAborted();
      throw new ConnectionError(`No answer came from ${new URL(address).origin}.`, { cause });
    }
  }
}

function readBase(baseUrl: string | URL): string {
  const url = URL.canParse(String(baseUrl)) ? new URL(baseUrl) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw new TypeError("The baseUrl must be an http or https address.");
  if (url.username !== "" || url.password !== "") {
    throw new TypeError("The baseUrl must not hold a name or a password. A key is given as apiKey.");
  }
  return url.origin + url.pathname.replace(/\/+$/, "");
}
