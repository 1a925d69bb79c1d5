/**
 * What can be asked for: read once from `/veo31/capabilities`, and the one place that knows. The banner says whether this
 * is the sandbox, which setting is missing, and when the service does not say what it can make.
 */
import { element, fill, find } from "./dom.js";
import { speakProblem } from "./problems.js";
import { askFor } from "./service.js";
import { inEveryLanguage, language, words } from "./words.js";

/** After a failure the pause doubles, up to the longest: an outage costs few requests. */
const pauseMs = 2_000;
const pauseMaximumMs = 30_000;

const changes = new EventTarget();

/** @type {Capabilities | null} */
let offered = null;
/** Whether it was asked for in vain so far. */
let isMissing = false;
/** Why, where the service has said so. @type {Problem | null} */
let problem = null;

/** Null until the service has said it. What is not known here is checked there. */
export function offer() {
  return offered;
}

/** @param {() => void} show called whenever more is known */
export function onOffer(show) {
  changes.addEventListener("change", show);
}

/** Asks until there is an answer. */
export async function askOffer() {
  for (let wait = pauseMs;; wait = Math.min(wait * 2, pauseMaximumMs)) {
    const answer = await askFor("/veo31/capabilities");
    isMissing = !(answer.kind === "answer" && isCapabilities(answer.body));
    if (answer.kind === "answer" && isCapabilities(answer.body)) offered = answer.body;
    problem = answer.kind === "refused" ? answer.problem : null;
    changes.dispatchEvent(new Event("change"));
    if (!isMissing) return;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

/**
 * The longest clip made in one piece, seconds; above it a video has a structure. Null while it is not known.
 *
 * @param {TaskRequest["quality"]} quality
 */
export function longestClip(quality) {
  return offered ? Math.max(...offered.qualities[quality].clip_seconds) : null;
}

/**
 * The longest video in one take, seconds; null while it is not known.
 *
 * @param {TaskRequest["quality"]} quality
 */
export function longestTake(quality) {
  return offered?.qualities[quality].single_take?.seconds_maximum ?? null;
}

/**
 * The lengths at which nothing is cut away, seconds.
 *
 * @param {Pick<TaskRequest, "quality" | "structure">} choices
 * @returns {number[]}
 */
export function clipEnds({ quality, structure }) {
  const first = longestClip(quality);
  if (!offered || first === null) return [];
  const { single_take: take, clip_seconds } = offered.qualities[quality];
  // A model that makes clips of any length cuts nothing away.
  if (clip_seconds.length > 1) return [];
  const step = (structure === "single_take" ? take?.extension_seconds[0] : undefined) ?? first;
  const { minimum, maximum } = offered.limits.duration_seconds;
  const count = Math.max(0, Math.floor((maximum - first) / step) + 1);
  return Array.from({ length: count }, (_, index) => first + index * step).filter((end) => end >= minimum);
}

/**
 * Shots are made at the quality's own resolution, and one take above one clip's length at that of extensions.
 *
 * @param {TaskRequest["quality"]} quality
 * @param {boolean} isLongTake
 */
export function resolutionOf(quality, isLongTake) {
  const made = offered?.qualities[quality];
  return (isLongTake ? made?.single_take?.resolution : undefined) ?? made?.resolution ?? null;
}

/**
 * Its own service answers, so a part of the shape tells it apart from anything else; the rest is the contract.
 *
 * @param {unknown} body
 * @returns {body is Capabilities}
 */
function isCapabilities(body) {
  return typeof body === "object" && body !== null && "limits" in body && "qualities" in body;
}

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
  const banner = find("banner", HTMLElement);
  banner.classList.toggle("banner", sandbox || isMissing || missing.length > 0);
  const reason = problem ? speakProblem(problem).text : words().troubles.silent;
  fill(banner, `${language()} ${sandbox} ${isMissing} ${reason} ${missing.join()}`, () => [
    sandbox ? element("p", {}, element("strong", {}, words().sandboxStrong), ` ${words().sandbox}`) : null,
    missing.length > 0
      ? element("p", {}, element("strong", {}, words().missing(missing.join(", "))), ` ${words().missingWhere}`)
      : null,
    isMissing ? element("p", {}, element("strong", {}, words().offerMissing), ` ${reason}`) : null,
  ]);
}
