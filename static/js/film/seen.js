/** What was seen: a card for each reference as soon as its analysis is there. */
import { button, drawing, element, fill, terms } from "../dom.js";
import { seconds } from "../numbers.js";
import { language, words } from "../words.js";

/**
 * @param {HTMLElement} container
 * @param {TaskView} task
 */
export function showAnalyses(container, { step1_analysis: analysis, references: { images, video }, status, task_id }) {
  if (!analysis) return fill(container, "", () => []);
  const isRunning = status === "analyzing";
  const cards = images.map(({ url }, index) => {
    const seen = analysis.images[index];
    const number = String(index + 1);
    return {
      isSeen: Boolean(seen),
      card: () => seen ? pictureCard(seen, url, number) : waiting(url, number, isRunning),
    };
  });
  const sample = analysis.video;
  if (video) {
    const card = () => sample ? sampleCard(sample, video.url) : waiting(null, null, isRunning);
    cards.push({ isSeen: Boolean(sample), card });
  }
  fill(container, `${language()} ${task_id} ${cards.length}`, () => [
    element("div", { class: "part-head" }, element("h3", {}, words().seenTitle)),
    element("div", { class: "seen-cards" }, ...cards.map(() => element("div"))),
  ]);
  container.querySelectorAll(".seen-cards > div").forEach((place, index) => {
    const shown = cards[index];
    if (!shown || !(place instanceof HTMLElement)) return;
    fill(place, `${language()} ${shown.isSeen} ${isRunning}`, () => [shown.card()]);
  });
}

/**
 * @param {string | null} address of the picture; null for the video
 * @param {string | null} number
 * @param {boolean} isRunning
 */
function waiting(address, number, isRunning) {
  const say = words();
  const name = number === null ? say.sampleVideo : say.picture(number);
  return element(
    "article",
    { class: "seen" },
    address ? element("img", { src: address, alt: "" }) : element("span", { class: "seen-strip" }),
    element("div", {}, element("small", {}, name), element("p", {}, isRunning ? say.seenPending : say.notSeen)),
  );
}

/**
 * @param {ImageAnalysis} analysis
 * @param {string} address of the picture
 * @param {string} number which picture, as people count
 */
function pictureCard(analysis, address, number) {
  const say = words();
  return element(
    "article",
    { class: "seen" },
    element("img", { src: address, alt: say.picture(number), loading: "lazy" }),
    element(
      "div",
      {},
      element(
        "small",
        {},
        say.picture(number),
        ...analysis.product_kind ? [" · ", english(analysis.product_kind)] : [],
      ),
      element("h4", { lang: "en" }, analysis.subject),
    ),
    element(
      "div",
      { class: "seen-wide" },
      terms([
        [say.materials, english(analysis.materials.join(", "))],
        [say.colours, swatches(analysis.colours)],
        [say.camera, english(analysis.camera)],
        [say.legibleText, analysis.legible_text.map(say.quoted).join(", ")],
      ]),
      element(
        "details",
        {},
        element("summary", { class: "quiet" }, say.more),
        terms([
          [say.light, english(analysis.light)],
          [say.background, english(analysis.background)],
          [say.composition, english(analysis.composition)],
          [say.mood, english(analysis.mood)],
          [say.mustNotChange, english(analysis.must_not_change.join("; "))],
        ]),
      ),
    ),
  );
}

/**
 * What a model says is English whatever the page speaks; marked as such, it is read out right.
 *
 * @param {string} text
 * @returns {string | HTMLElement} nothing when there is nothing to say
 */
function english(text) {
  return text === "" ? "" : element("span", { lang: "en" }, text);
}

/** @param {ImageAnalysis["colours"]} colours */
function swatches(colours) {
  if (colours.length === 0) return "";
  return element("span", { class: "swatches" }, ...colours.map(swatch));
}

/** @param {ImageAnalysis["colours"][number]} colour */
function swatch({ name, hex }) {
  // The model writes the colour, so only what is one gets into an attribute.
  const fill = /^#[0-9a-f]{6}$/i.test(hex) ? hex : "none";
  const chip = drawing(
    "svg",
    { viewBox: "0 0 16 16", "aria-hidden": "true" },
    drawing("rect", { x: "0.5", y: "0.5", width: "15", height: "15", rx: "2", fill }),
  );
  return element("span", { class: "swatch", title: hex, lang: "en" }, chip, name);
}

/**
 * @param {VideoAnalysis} analysis
 * @param {string} address of the video
 */
function sampleCard(analysis, address) {
  const say = words();
  const still = element("video", {
    class: "seen-strip",
    src: `${address}#t=0.1`,
    preload: "metadata",
    playsinline: true,
  });
  still.muted = true;
  still.setAttribute("aria-label", say.sampleVideo);
  return element(
    "article",
    { class: "seen" },
    still,
    element("div", {}, element("small", {}, say.sampleVideo), element("h4", { lang: "en" }, analysis.summary)),
    element(
      "div",
      { class: "seen-wide" },
      terms([
        [say.camera, english(analysis.camera_moves.join(", "))],
        [say.pace, say.paces[analysis.pace]],
        [say.transitions, english(analysis.transitions.join(", "))],
        [say.light, english(analysis.light)],
      ]),
      ...beats(analysis.beats, still),
    ),
  );
}

/**
 * A time line, each beat as long as it lasts, and what happens in each; a press shows the moment.
 *
 * @param {VideoAnalysis["beats"]} listed
 * @param {HTMLVideoElement} still
 */
function beats(listed, still) {
  const line = element("div", { class: "beat-line" });
  line.setAttribute("aria-hidden", "true");
  const rows = listed.map(({ start_seconds, end_seconds, what_happens, camera }, index) => {
    const before = listed[index - 1]?.end_seconds ?? 0;
    line.append(stretch("", start_seconds - before), stretch(String(index + 1), end_seconds - start_seconds));
    const times = `${seconds(start_seconds).replace(/\D+$/, "")}–${seconds(end_seconds)}`;
    return element(
      "li",
      {},
      button("quiet", times, () => still.currentTime = start_seconds),
      element("span", { lang: "en" }, [what_happens, camera].filter(Boolean).join(" · ")),
    );
  });
  return [line, element("ol", { class: "beats" }, ...rows)];
}

/**
 * @param {string} label
 * @param {number} length seconds
 */
function stretch(label, length) {
  const made = element("span", {}, label);
  // The page's policy takes no style attribute.
  made.style.flexGrow = String(Math.max(0, length));
  return made;
}
