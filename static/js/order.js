/** From the form to a started task: checks, sends, and says beside each field what is wrong. */
import { isKeyWanted } from "./access.js";
import { ownWordsAreTooLong, readChoices } from "./choices.js";
import { announce, find, write } from "./dom.js";
import { speakOverBudget, wantAnew } from "./estimate.js";
import { askForKey } from "./key-form.js";
import { size } from "./numbers.js";
import { offer } from "./offer.js";
import { clearProblem, hasPlaceFor, showProblem, speakFieldProblem, speakProblem } from "./problems.js";
import { addressField, chosenWay, findAddressAtFault, readAddresses } from "./references/ways.js";
import { send } from "./service.js";
import { words } from "./words.js";

/** @type {Pick<Sending, "stop"> | null} */
let underWay = null;

/** What was sent last, until it is answered: sent again as it is, it has the same key, and is made once. */
let unanswered = { order: "", key: "" };

/** Of the file in each place while it is sent, bytes. @type {number[]} */
let sizes = [];

/**
 * @param {Table} table
 * @param {{ isBusy: () => boolean, start: (task: TaskView) => void }} film
 */
export function wireOrder(table, film) {
  const form = find("order", HTMLFormElement);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (underWay || film.isBusy()) return;
    clearProblem("form");
    // Known before anything is sent: it would only be refused.
    if (isKeyWanted()) return askForKey();
    const missing = offer()?.missing ?? [];
    if (missing.length > 0) return showProblem("form", () => words().missing(missing.join(", ")));
    if (speakOverBudget()) {
      wantAnew();
      return find("budget-problem", HTMLElement).focus();
    }
    if (chosenWay() === "files" && !await arePrepared(table)) return showProblem("form", () => words().notSent.stopped);
    const fault = findFault(table);
    if (fault) document.getElementById(fault)?.focus();
    else sendOrder(table, film.start);
  });
  find("sending-stop", HTMLButtonElement).addEventListener("click", () => underWay?.stop());
}

/** Waits until they are, or it is stopped. @param {Table} table */
async function arePrepared(table) {
  if (!table.isPreparing) return true;
  showSending(true);
  write("sending-text", words().preparing);
  await Promise.race([table.prepared(), new Promise((resolve) => underWay = { stop: () => resolve(null) })]);
  underWay = null;
  showSending(false);
  return !table.isPreparing;
}

/**
 * @param {Table} table
 * @returns {string | null} the id of what to look at first
 */
function findFault(table) {
  const reference = chosenWay() === "addresses" ? findAddressAtFault() : findPrintAtFault(table);
  if (!ownWordsAreTooLong()) return reference;
  showProblem("additional_prompt", () => words().tooLong);
  return reference ?? "additional_prompt";
}

/** @param {Table} table */
function findPrintAtFault(table) {
  const wrong = table.prints.findIndex((print) => print?.flaw);
  if (wrong >= 0 || table.sample?.flaw) {
    showProblem("form", () => words().wrongReferences);
    return wrong >= 0 ? `reference_image${wrong + 1}` : "video_reference";
  }
  if (table.prints.some((print) => print)) return null;
  showProblem("references", () => words().noPicture);
  return "reference_image1";
}

/**
 * @param {Table} table
 * @param {(task: TaskView) => void} start
 */
async function sendOrder(table, start) {
  const fromFiles = chosenWay() === "files";
  const path = fromFiles ? "/veo31/generate" : "/veo31/generate-from-urls";
  sizes = fromFiles ? [...table.prints, table.sample].map((laid) => laid?.file.size ?? 0) : [];
  const body = fromFiles ? formBody(table) : addressBody();
  const sending = underWay = send(path, body, keyFor(body), showProgress);
  showSending(true);
  const sent = await sending.result;
  wantAnew();
  underWay = null;
  showSending(false);
  if (sent.kind === "task" || sent.kind === "refused") unanswered.order = "";
  if (sent.kind === "task") return start(sent.task);
  if (sent.kind === "refused") return tellRefusal(table, sent.problem);
  const { kind } = sent;
  showProblem("form", () => kind === "strange" ? words().strangeAnswer : words().notSent[kind]);
}

/** @param {FormData | string} body */
function keyFor(body) {
  const order = JSON.stringify([...body].map((part) => [part, stampOf(part[1])]));
  // Not `randomUUID`: it is missing where a page comes without TLS.
  if (order !== unanswered.order) unanswered = { order, key: crypto.getRandomValues(new Uint8Array(16)).join("-") };
  return unanswered.key;
}

/** @param {unknown} value */
function stampOf(value) {
  return value instanceof File && [value.size, value.lastModified];
}

/** @param {Table} table */
function formBody(table) {
  const body = new FormData();
  for (const [field, value] of Object.entries(readChoices())) body.append(field, String(value));
  table.prints.forEach((print, index) => print && body.append(`reference_image${index + 1}`, print.file));
  if (table.sample) body.append("video_reference", table.sample.file);
  return body;
}

function addressBody() {
  const { pictures, video } = readAddresses();
  return JSON.stringify({
    ...readChoices(),
    reference_image_urls: pictures,
    ...(video && { video_reference_url: video }),
  });
}

/**
 * @param {Table} table
 * @param {Problem} problem
 */
function tellRefusal(table, problem) {
  const placed = problem.errors.filter((fieldProblem) => placeProblem(table, fieldProblem));
  // What stands beside its field need not be said again in one long sentence.
  const isAllPlaced = placed.length > 0 && placed.length === problem.errors.length;
  showProblem("form", () => isAllPlaced ? words().seeMarks : speakProblem(problem));
  const first = placed[0]?.field;
  if (first) document.getElementById(addressField(first) ?? first)?.focus();
}

/**
 * @param {Table} table
 * @param {FieldProblem} problem
 * @returns {boolean} whether it has a place of its own on the page
 */
function placeProblem(table, problem) {
  const { field } = problem;
  const index = /^reference_image(\d)$/.exec(field)?.[1];
  const reference = field === "video_reference" ? table.sample : index ? table.prints[Number(index) - 1] : null;
  if (reference) {
    table.learn(reference, { flaw: () => speakFieldProblem(problem) });
    return true;
  }
  const place = addressField(field) ?? field;
  if (!hasPlaceFor(place)) return false;
  showProblem(place, () => speakFieldProblem(problem));
  return true;
}

/** @param {boolean} isSending */
function showSending(isSending) {
  find("make", HTMLButtonElement).hidden = isSending;
  find("sending", HTMLElement).hidden = !isSending;
  if (isSending) {
    showProgress(0, 0);
    // Not the button that stops it: a second press of the same key would.
    find("sending", HTMLElement).focus();
  } else {
    find("make", HTMLButtonElement).focus();
  }
}

/**
 * @param {string} id
 * @param {number} value
 * @param {number} maximum
 */
function showBar(id, value, maximum) {
  const bar = find(id, HTMLProgressElement);
  bar.max = maximum || 1;
  bar.value = Math.max(0, value);
}

/**
 * @param {number} sent bytes
 * @param {number} total bytes; 0 while it is not known
 */
function showProgress(sent, total) {
  showBar("sending-bar", sent, total);
  // A body goes out in order. What is not files counts as if it all came first, so no file's bar runs ahead.
  let rest = sizes.reduce((sum, bytes) => sum + bytes, total && sent - total);
  sizes.forEach((bytes, index) => {
    showBar(`sent${index + 1}`, total && rest, bytes);
    rest -= bytes;
  });
  const unfinished = total ? words().sending(size(sent), size(total)) : words().sendingBegins;
  const text = total && sent === total ? words().sent : unfinished;
  write("sending-text", text);
  if (text === words().sent) announce(text);
}
