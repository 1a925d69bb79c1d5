/** What this browser keeps between visits; one that keeps nothing still shows the page. */

/**
 * @param {string} name
 * @returns {string} empty when there is none
 */
export function recall(name) {
  try {
    return localStorage.getItem(`veo31.${name}`) ?? "";
  } catch {
    return "";
  }
}

/**
 * @param {string} name
 * @param {string} text empty to keep it no longer
 * @returns {boolean} whether there was room
 */
export function keep(name, text) {
  try {
    if (text) localStorage.setItem(`veo31.${name}`, text);
    else localStorage.removeItem(`veo31.${name}`);
    return true;
  } catch {
    return false;
  }
}
