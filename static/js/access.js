/**
 * The key of this service: kept in this browser alone, and sent with what is asked of the service itself; to no other
 * origin, and never in an address.
 */
import { keep, recall } from "./store.js";

const changes = new EventTarget();
let key = recall("key");
let isWanted = false;

/** Empty while there is none. */
export function heldKey() {
  return key;
}

/** Whether the service asks for a key, and for another one than is held. */
export function isKeyWanted() {
  return isWanted;
}

/**
 * @param {"wanted" | "taken"} kind `taken`: what was refused for want of a key may be asked again
 * @param {() => void} listener
 * @param {AbortSignal} [signal] ends it
 */
export function onKey(kind, listener, signal) {
  changes.addEventListener(kind, listener, signal && { signal });
}

/** @param {boolean} wanted */
export function wantKey(wanted) {
  isWanted = wanted;
  changes.dispatchEvent(new Event(wanted ? "wanted" : "taken"));
}

/** Sends it from now on. @param {string} given */
export function sendKey(given) {
  key = given;
}

/**
 * @param {string} given empty to forget the one of before
 * @param {boolean} wanted whether another one is wanted
 */
export function keepKey(given, wanted = false) {
  key = given;
  keep("key", key);
  wantKey(wanted);
}

// Given or forgotten in another tab.
addEventListener("storage", ({ key: name }) => name === "veo31.key" && keepKey(recall("key")));

/** @returns {Record<string, string>} */
export function keyHeader() {
  return key ? { Authorization: `Bearer ${key}` } : {};
}

/**
 * Learns from an answer whether a key is wanted.
 *
 * @param {number} status
 * @param {string} sent the key that was held then
 */
export function heed(status, sent) {
  if (status === 401 && sent === key && !isWanted) wantKey(true);
}

/**
 * What `fetch` does, with the key. A task's links name an origin; only their path counts.
 *
 * @param {string} address
 * @param {Asked} options
 */
export async function reach(address, options = {}) {
  const sent = key;
  const headers = { ...options.headers, ...keyHeader() };
  const { pathname } = new URL(address, location.href);
  const response = await fetch(location.origin + pathname, { cache: "no-store", ...options, headers });
  heed(response.status, sent);
  return response;
}
