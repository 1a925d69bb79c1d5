/** Asks for the service's key, and takes it out of this browser again. */
import { heldKey, isKeyWanted, keepKey, onKey, sendKey, wantKey } from "./access.js";
import { announce, find } from "./dom.js";
import { offer, onOffer } from "./offer.js";
import { clearProblem, showProblem, speakNoAnswer } from "./problems.js";
import { post } from "./service.js";
import { words } from "./words.js";

const form = find("access", HTMLFormElement);
const input = find("key", HTMLInputElement);

export function wireKeyForm() {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tryKey(input.value.trim());
  });
  find("key-forget", HTMLButtonElement).addEventListener("click", () => {
    keepKey("", offer()?.api_key_required);
    find("files", HTMLInputElement).focus();
  });
  onOffer(() => offer()?.api_key_required && !heldKey() && wantKey(true));
  onKey("wanted", show);
  onKey("taken", show);
  show();
}

function show() {
  const wanted = isKeyWanted();
  if (wanted && form.hidden) announce(words().page.keyHint);
  form.hidden = !wanted;
  find("key-kept", HTMLElement).hidden = wanted || !heldKey();
  if (wanted && heldKey()) showProblem("key", () => words().keyRefused);
  else clearProblem("key");
}

/** What was wanted needs a key. */
export function askForKey() {
  showProblem("key", () => words().keyFirst);
  input.focus();
}

/**
 * Asks with it for what costs nothing.
 *
 * @param {string} given
 */
async function tryKey(given) {
  clearProblem("key");
  // Nothing else can be sent in a header (RFC 6750, section 2.1).
  if (!/^[!-~]+$/.test(given)) return showProblem("key", () => words().keyRefused);
  sendKey(given);
  const answer = await post("/veo31/estimate", {});
  if (answer.kind === "answer") {
    input.value = "";
    find("files", HTMLInputElement).focus();
    keepKey(given);
    announce(words().page.keyKept);
  } else if (answer.kind === "refused" && answer.problem.code === "unauthorized") {
    showProblem("key", () => words().keyRefused);
  } else showProblem("key", () => speakNoAnswer(answer));
}
