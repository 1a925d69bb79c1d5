/**
 * Which task this page follows: in its address, so that it can be kept and sent on, and in the browser's store, so that a
 * closed tab comes back to it.
 */

const storageKey = "veo31.task";
const idForm = /^[\w-]{1,64}$/;

/**
 * @param {boolean} orStored the browser's store counts, too
 * @returns {string | null} the task's id
 */
export function recallTask(orStored = false) {
  const named = location.hash.startsWith("#task=") ? location.hash.slice("#task=".length) : null;
  const id = named ?? (orStored ? readStored() : null);
  return id !== null && idForm.test(id) ? id : null;
}

/** @param {string} id */
export function rememberTask(id) {
  const hash = `#task=${id}`;
  // A task that comes from the store was not gone to from anywhere.
  if (location.hash !== hash) go(hash, readStored() === id);
  store(id);
}

/** @param {boolean} isGone no way back to it is kept */
export function forgetTask(isGone) {
  if (location.hash !== "") go(location.pathname, isGone);
  store(null);
}

/**
 * @param {string} address
 * @param {boolean} inPlace without a way back
 */
function go(address, inPlace) {
  if (inPlace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}

function readStored() {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

/** @param {string | null} id */
function store(id) {
  try {
    if (id === null) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, id);
  } catch {
    // The address still holds the task.
  }
}
