/** References given as addresses instead of files. */
import { find } from "../dom.js";
import { showProblem } from "../problems.js";
import { words } from "../words.js";

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
  for (const id of wrong) showProblem(id, words().wrongAddress);
  if (wrong[0]) return wrong[0];
  if (readAddresses().pictures.length > 0) return null;
  showProblem("reference_image_urls", words().noAddress);
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
