/** The keys that clients of this service send, as the setting `API_KEYS` lists them. */

/** One key that opens this service. */
export interface ApiKey {
  /** Its holder; null for a key without a name. Several keys of one name are one holder's, so that a key can be renewed. */
  readonly name: string | null;
  readonly key: string;
}

const namePattern = /^[\w.-]{1,64}$/;

/** What can stand in a header after `Bearer `, without the comma that separates keys. */
const keyPattern = /^[!-+\--~]{1,512}$/;

/**
 * Reads the setting: keys separated by commas, each `key` or `name:key`.
 *
 * @param text not empty
 * @returns at least one key; null when one of them cannot be used, so that a typing error locks out rather than lets in
 */
export function parseApiKeys(text: string): readonly ApiKey[] | null {
  const keys = text.split(",").map((entry) => entry.trim()).filter((entry) => entry !== "").map(parseApiKey);
  const usable = keys.filter((key) => key !== null);
  // One key of two holders would be one holder's alone.
  const distinct = new Set(usable.map(({ key }) => key));
  return usable.length === 0 || distinct.size < keys.length ? null : usable;
}

function parseApiKey(entry: string): ApiKey | null {
  const colon = entry.indexOf(":");
  const name = colon === -1 ? null : entry.slice(0, colon);
  const key = entry.slice(colon + 1);
  return keyPattern.test(key) && (name === null || namePattern.test(name)) ? { name, key } : null;
}
