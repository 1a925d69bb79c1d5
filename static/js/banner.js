/** Says whether this is the sandbox, which setting is missing, and when the service does not say what it can make. */
import { element, fill, find } from "./dom.js";
import { isOfferMissing, offer, offerProblem, onOffer } from "./offer.js";
import { speakProblem } from "./problems.js";
import { inEveryLanguage, language, words } from "./words.js";

let taskIsSandboxed = false;

export function wireBanner() {
  onOffer(showBanner);
  inEveryLanguage(showBanner);
}

/** A task says it too, and it is the task that counts. */
export function noteSandbox() {
  taskIsSandboxed = true;
  showBanner();
}

function showBanner() {
  const sandbox = taskIsSandboxed || (offer()?.sandbox ?? false);
  const missing = offer()?.missing ?? [];
  const unknown = isOfferMissing();
  const banner = find("banner", HTMLElement);
  banner.classList.toggle("banner", sandbox || unknown || missing.length > 0);
  const problem = offerProblem();
  const reason = problem ? speakProblem(problem).text : words().offerMissingMeans;
  fill(banner, `${language()} ${sandbox} ${unknown} ${reason} ${missing.join()}`, () => [
    sandbox ? element("p", {}, element("strong", {}, words().sandboxStrong), ` ${words().sandbox}`) : null,
    missing.length > 0
      ? element("p", {}, element("strong", {}, words().missing(missing.join(", "))), ` ${words().missingWhere}`)
      : null,
    unknown ? element("p", {}, element("strong", {}, words().offerMissing), ` ${reason}`) : null,
  ]);
}
