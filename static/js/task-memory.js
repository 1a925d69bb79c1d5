/**
 * Which task this page follows: in its address, so that it can be kept and sent on, and in the browser's store, so that a
 * closed tab comes back to it.
 */

const storageKey = "veo31.task";
const idForm = /^[\w-]{1,64}$/;

/** @returns {string | null} the task's id */
export function recallTask() {
  const id = location.hash.startsWith("#task=") ? location.hash.slice("#task=".length) : readStored();
  return id !== null && idForm.test(id) ? id : null;
}

/** @param {string} id */
export function rememberTask(id) {
  const hash = `#task=${id}`;
  if (location.hash !== hash) history.pushState(null, "", hash);
  store(id);
}

export function forgetTask() {
  if (location.hash !== "") history.pushState(null, "", location.pathname);
  store(null);
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
