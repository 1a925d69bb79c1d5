/**
 * Which task this page follows: in its address, so that it can be kept and sent on, and in the browser's store, so that a
 * closed tab comes back to it. With it, when each stage was first seen, because only this page knows that.
 */

const storageKey = "veo31.task";

/**
 * @typedef {object} Memory
 * @property {string} id
 * @property {Record<string, number>} seen when each status was first seen, milliseconds since 1970
 */

/** @returns {Memory | null} */
export function recallTask() {
  const named = /^#task=([\w-]{1,64})$/.exec(location.hash)?.[1];
  const stored = readStored();
  if (named === undefined) return stored;
  return stored?.id === named ? stored : { id: named, seen: {} };
}

/** @param {Memory} memory */
export function rememberTask(memory) {
  const hash = `#task=${memory.id}`;
  if (location.hash !== hash) history.pushState(null, "", hash);
  store(JSON.stringify(memory));
}

export function forgetTask() {
  if (location.hash !== "") history.pushState(null, "", location.pathname);
  store(null);
}

/** @returns {Memory | null} */
function readStored() {
  try {
    const { id, seen } = JSON.parse(localStorage.getItem(storageKey) ?? "{}");
    return typeof id === "string" ? { id, seen: typeof seen === "object" && seen ? seen : {} } : null;
  } catch {
    return null;
  }
}

/** @param {string | null} text */
function store(text) {
  try {
    if (text === null) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, text);
  } catch {
    // The address still holds the task.
  }
}
