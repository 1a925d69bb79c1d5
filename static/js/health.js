/** Says whether this is the sandbox, and which setting is missing. Asked after the page is drawn; its silence is no harm. */
import { element, fill, find } from "./dom.js";
import { isRecord } from "./problems.js";
import { inEveryLanguage, language, words } from "./words.js";

/** @type {import("./types.js").Health} */
let health = { sandbox: false, missing: [] };

export async function askHealth() {
  inEveryLanguage(showBanner);
  try {
    const response = await fetch("/health", { headers: { Accept: "application/json" } });
    const body = await response.json();
    if (!isRecord(body)) return;
    const missing = Array.isArray(body["missing"]) ? body["missing"].map(String) : [];
    health = { sandbox: body["sandbox"] === true, missing };
    showBanner();
  } catch {
    // What is wrong will be said where it matters: when something is sent.
  }
}

/** A task says it too, and it is the task that counts. */
export function noteSandbox() {
  health = { ...health, sandbox: true };
  showBanner();
}

function showBanner() {
  const { sandbox, missing } = health;
  const banner = find("banner", HTMLElement);
  banner.classList.toggle("banner", sandbox || missing.length > 0);
  fill(banner, `${language()} ${sandbox} ${missing.join()}`, () => [
    sandbox ? element("p", {}, element("strong", {}, words().sandboxStrong), ` ${words().sandbox}`) : null,
    missing.length > 0
      ? element("p", {}, element("strong", {}, words().missing(missing.join(", "))), ` ${words().missingWhere}`)
      : null,
  ]);
}
