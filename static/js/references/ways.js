/**
 * The ways references come: as files that are chosen, dropped anywhere on the page or pasted, or as addresses; and the
 * order of the prints, by dragging.
 */
import { find } from "../dom.js";
import { showProblem } from "../problems.js";
import { words } from "../words.js";
import { movePrint } from "./show-table.js";

/** The place of the print that is being dragged, -1 for anything else of this page. @type {number | null} */
let lifted = null;

/** @param {Table} table */
export function takeFiles(table) {
  document.addEventListener("change", (event) => {
    const { target: input } = event;
    if (!(input instanceof HTMLInputElement) || !input.files?.length) return;
    table.lay([...input.files], placeOf(event));
    // So that the same file can be chosen again after it was removed.
    input.value = "";
  });
  document.addEventListener("paste", (event) => take(table, event, event.clipboardData, null));
  takeDropped(table);
}

/**
 * @param {Table} table
 * @param {Event} event
 * @param {DataTransfer | null} data
 * @param {Place | null} place
 */
function take(table, event, data, place) {
  const files = [...data?.files ?? []];
  // What is copied from a document is its text and a picture of it.
  if (isTextField(event) && (files.length === 0 || data?.getData("text"))) return;
  if (files.length > 0) {
    find("files", HTMLInputElement).click();
    table.lay(files, place);
  } else if (!table.isEmpty || !takeAddresses(data?.getData("url") || data?.getData("text") || "")) return;
  event.preventDefault();
}

/** @param {Table} table */
function takeDropped(table) {
  const end = () => {
    lifted = null;
    showOver(null, false);
  };
  document.addEventListener("dragstart", (event) => {
    const place = placeOf(event);
    lifted = typeof place === "number" ? place : -1;
    // Safari drags nothing that carries nothing.
    event.dataTransfer?.setData("x/print", "x");
  });
  document.addEventListener("dragover", (event) => {
    const types = event.dataTransfer?.types ?? [];
    const isGiven = types.includes("Files") || types.includes("text/uri-list") && !isTextField(event);
    const isWanted = lifted === null ? isGiven : lifted >= 0 && typeof placeOf(event) === "number";
    if (isWanted) event.preventDefault();
    showOver(isWanted ? placeElement(event) : null, isWanted && lifted === null);
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget || showOver(null, false));
  document.addEventListener("drop", (event) => {
    const place = placeOf(event);
    if (lifted === null) take(table, event, event.dataTransfer, place);
    else if (lifted >= 0 && typeof place === "number") movePrint(table, lifted, place);
    end();
  });
  document.addEventListener("dragend", end);
}

/** Text belongs into a text field, where there is one. @param {Event} event */
function isTextField({ target }) {
  return target instanceof Element && target.matches("textarea, .line");
}

/** @param {Event} event */
function placeElement({ target }) {
  return target instanceof Element ? target.closest(".print, .sample") : null;
}

/** @param {Event} event */
function placeOf(event) {
  const id = placeElement(event)?.id;
  return !id ? null : id === "sample" ? id : Number(id.replace("print", "")) - 1;
}

/**
 * @param {Element | null} place
 * @param {boolean} isDragging something from outside
 */
function showOver(place, isDragging) {
  document.body.classList.toggle("dragging", isDragging);
  for (const other of document.querySelectorAll(".print, .sample")) other.classList.toggle("over", other === place);
}

const pictureIds = ["address1", "address2", "address3"];
const videoId = "address-video";

/** @returns {"files" | "addresses"} */
export function chosenWay() {
  return find("addresses-way", HTMLElement).hidden ? "files" : "addresses";
}

export function wireWays() {
  for (const input of document.querySelectorAll("input[name=way]")) {
    if (!(input instanceof HTMLInputElement)) continue;
    // A reload may bring back what was pressed before it.
    if (input.checked) showWay(input.value);
    input.addEventListener("change", () => showWay(input.value));
  }
}

/**
 * @param {string} text pasted or dropped
 * @returns {boolean} whether it was addresses, which now stand in the next empty lines
 */
function takeAddresses(text) {
  const given = text.trim().split(/\s+/);
  if (!given.every(isWebAddress)) return false;
  find("way-addresses", HTMLInputElement).click();
  for (const address of given) {
    const id = pictureIds.find((id) => read(id) === "");
    if (!id) showProblem("reference_image_urls", () => words().tooManyPictures);
    else find(id, HTMLInputElement).value = address;
    document.getElementById(id ?? "address3")?.focus();
  }
  return true;
}

/** @returns {{ pictures: string[], video: string | null }} */
export function readAddresses() {
  const pictures = pictureIds.map(read).filter((address) => address !== "");
  return { pictures, video: read(videoId) || null };
}

/**
 * Says beside each address what certainly will not work.
 *
 * @returns {string | null} the id of the first input at fault
 */
export function findAddressAtFault() {
  const wrong = [...pictureIds, videoId].filter((id) => read(id) !== "" && !isWebAddress(read(id)));
  for (const id of wrong) showProblem(id, () => words().wrongAddress);
  if (wrong[0]) return wrong[0];
  if (readAddresses().pictures.length > 0) return null;
  showProblem("reference_image_urls", () => words().noAddress);
  return "address1";
}

/**
 * The input that a field of the service's answer means: it counts the addresses it got, from 0.
 *
 * @param {string} field for example `reference_image_urls[1]`
 * @returns {string | null}
 */
export function addressField(field) {
  if (field === "video_reference_url") return videoId;
  const index = /^reference_image_urls\[(\d+)\]$/.exec(field)?.[1];
  if (index === undefined) return null;
  return pictureIds.filter((id) => read(id) !== "")[Number(index)] ?? null;
}

/** @param {string} way */
function showWay(way) {
  find("files-way", HTMLElement).hidden = way !== "files";
  find("addresses-way", HTMLElement).hidden = way !== "addresses";
}

/** @param {string} id */
function read(id) {
  return find(id, HTMLInputElement).value.trim();
}

/** @param {string} text */
function isWebAddress(text) {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
}
