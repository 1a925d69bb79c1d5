/** What a person changed in a task's prompts before approving them: kept over a reload, and for this tab alone. */

/** @param {string} taskId */
function storageKey(taskId) {
  return `veo31.prompts.${taskId}`;
}

/**
 * @param {string} taskId
 * @returns {Record<string, string>} the changed texts by the prompt's position, from 0
 */
export function readEdits(taskId) {
  try {
    const stored = JSON.parse(sessionStorage.getItem(storageKey(taskId)) ?? "{}");
    const texts = Object.entries(stored).filter(([, text]) => typeof text === "string");
    return Object.fromEntries(texts.map(([position, text]) => [position, String(text)]));
  } catch {
    return {};
  }
}

/**
 * @param {string} taskId
 * @param {Record<string, string>} edits
 */
export function keepEdits(taskId, edits) {
  try {
    if (Object.keys(edits).length === 0) sessionStorage.removeItem(storageKey(taskId));
    else sessionStorage.setItem(storageKey(taskId), JSON.stringify(edits));
  } catch {
    // A browser that stores nothing loses them with the page, and not before.
  }
}
