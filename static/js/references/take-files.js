/** The ways files get onto the table: chosen, dropped anywhere on the page, pasted. */
import { find } from "../dom.js";

/** @import { Table } from "./table.js" */

/** @param {Table} table */
export function takeFiles(table) {
  table.prints.forEach((_, index) => takeChosen(table, `reference_image${index + 1}`, index));
  takeChosen(table, "video_reference", "sample");
  takeDropped(table);
  document.addEventListener("paste", (event) => {
    const files = [...event.clipboardData?.files ?? []];
    if (files.length === 0) return;
    event.preventDefault();
    table.lay(files, null);
  });
}

/**
 * @param {Table} table
 * @param {string} id
 * @param {number | "sample"} place
 */
function takeChosen(table, id, place) {
  const input = find(id, HTMLInputElement);
  input.addEventListener("change", () => {
    const files = [...input.files ?? []];
    // Emptied, so that the same file can be chosen again after it was removed.
    input.value = "";
    if (files.length > 0) table.lay(files, place);
  });
}

/** @param {Table} table */
function takeDropped(table) {
  let depth = 0;
  const drag = (/** @type {number} */ change) => {
    depth = Math.max(0, depth + change);
    document.body.classList.toggle("dragging", depth > 0);
    if (depth === 0) showOver(null);
  };
  document.addEventListener("dragenter", (event) => carriesFiles(event) && drag(1));
  document.addEventListener("dragleave", (event) => carriesFiles(event) && drag(-1));
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    showOver(placeElement(event));
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    drag(-depth);
    table.lay([...event.dataTransfer?.files ?? []], placeOf(placeElement(event)));
  });
}

/** @param {DragEvent} event */
function carriesFiles(event) {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

/** @param {DragEvent} event */
function placeElement(event) {
  return event.target instanceof Element ? event.target.closest(".print, .sample") : null;
}

/** @param {Element | null} place */
function placeOf(place) {
  if (!place) return null;
  return place.id === "sample" ? "sample" : Number(place.id.replace("print", "")) - 1;
}

/** @param {Element | null} place */
function showOver(place) {
  for (const other of document.querySelectorAll(".print, .sample")) other.classList.toggle("over", other === place);
}
