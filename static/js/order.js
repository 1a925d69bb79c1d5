/** From the form to a started task: checks, sends, and says beside each field what is wrong with it. */
import { ownWordsAreTooLong, readChoices } from "./choices.js";
import { announce, find } from "./dom.js";
import { size } from "./numbers.js";
import {
  clearProblem,
  hasPlaceFor,
  isRecord,
  readProblem,
  showProblem,
  speakFieldProblem,
  speakProblem,
} from "./problems.js";
import { addressField, chosenWay, findAddressAtFault, readAddresses } from "./references/addresses.js";
import { send } from "./service.js";
import { words } from "./words.js";

/** @import { Table } from "./references/table.js" */
/** @import { Sending } from "./service.js" */
/** @import { FieldProblem, TaskView } from "./types.js" */

/** @type {Sending | null} */
let underWay = null;

/**
 * @param {Table} table
 * @param {{ isBusy: () => boolean, start: (task: TaskView) => void }} film
 */
export function wireOrder(table, film) {
  const form = find("order", HTMLFormElement);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (underWay || film.isBusy()) return;
    clearProblem("form");
    const fault = findFault(table);
    if (fault) document.getElementById(fault)?.focus();
    else sendOrder(table, film.start);
  });
  find("sending-stop", HTMLButtonElement).addEventListener("click", () => underWay?.stop());
}

/**
 * @param {Table} table
 * @returns {string | null} the id of what to look at first
 */
function findFault(table) {
  const reference = chosenWay() === "addresses" ? findAddressAtFault() : findPrintAtFault(table);
  if (!ownWordsAreTooLong()) return reference;
  showProblem("additional_prompt", words().tooLong);
  return reference ?? "additional_prompt";
}

/** @param {Table} table */
function findPrintAtFault(table) {
  const wrong = table.prints.findIndex((print) => print?.flaw);
  if (wrong >= 0 || table.sample?.flaw) {
    showProblem("form", words().wrongReferences);
    return wrong >= 0 ? `reference_image${wrong + 1}` : "video_reference";
  }
  if (table.prints.some((print) => print)) return null;
  showProblem("references", words().noPicture);
  return "reference_image1";
}

/**
 * @param {Table} table
 * @param {(task: TaskView) => void} start
 */
async function sendOrder(table, start) {
  const fromFiles = chosenWay() === "files";
  const path = fromFiles ? "/veo31/generate" : "/veo31/generate-from-urls";
  showSending(true);
  underWay = send(path, fromFiles ? formBody(table) : addressBody(), showProgress);
  const sent = await underWay.result;
  underWay = null;
  showSending(false);
  switch (sent.kind) {
    case "answer":
      return isTask(sent.body) ? start(sent.body) : tellRefusal(table, sent.body);
    case "stopped":
      return showProblem("form", words().sendingStopped);
    case "broken":
      return showProblem("form", words().sendingBroke);
    case "answer_lost":
      return showProblem("form", words().answerLost);
  }
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
 * A problem has no task's id, so the id alone tells them apart; the rest is the service's contract.
 *
 * @param {unknown} body
 * @returns {body is TaskView}
 */
function isTask(body) {
  return isRecord(body) && typeof body["task_id"] === "string";
}

/**
 * @param {Table} table
 * @param {unknown} body
 */
function tellRefusal(table, body) {
  const problem = readProblem(body);
  if (!problem) return showProblem("form", words().strangeAnswer);
  const placed = problem.errors.filter((fieldProblem) => placeProblem(table, fieldProblem));
  const { text, detail } = speakProblem(problem);
  // What stands beside its field need not be said a second time in one long sentence.
  const isAllPlaced = placed.length > 0 && placed.length === problem.errors.length;
  showProblem("form", isAllPlaced ? words().seeMarks : text, isAllPlaced ? null : detail);
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
    table.learn(reference, { flaw: { code: "refused", problem } });
    return true;
  }
  const place = addressField(field) ?? field;
  if (!hasPlaceFor(place)) return false;
  const { text, detail } = speakFieldProblem(problem);
  showProblem(place, text, detail);
  return true;
}

/** @param {boolean} isSending */
function showSending(isSending) {
  find("make", HTMLButtonElement).hidden = isSending;
  find("sending", HTMLElement).hidden = !isSending;
  if (isSending) {
    showProgress(0, 0);
    find("sending-stop", HTMLButtonElement).focus();
  } else {
    find("make", HTMLButtonElement).focus();
  }
}

/**
 * @param {number} sent bytes
 * @param {number} total bytes; 0 while it is not known
 */
function showProgress(sent, total) {
  const bar = find("sending-bar", HTMLProgressElement);
  bar.max = total || 1;
  bar.value = sent;
  const text = progressWords(sent, total);
  find("sending-text", HTMLElement).textContent = text;
  if (text === words().sent) announce(text);
}

/**
 * @param {number} sent bytes
 * @param {number} total bytes; 0 while it is not known
 */
function progressWords(sent, total) {
  if (total === 0) return words().sendingBegins;
  return sent < total ? words().sending(size(sent), size(total)) : words().sent;
}
