/** What can be asked for: read once from `/veo31/capabilities`, and the one place that knows. */
import { askFor } from "./service.js";

/** After a failure the pause doubles, up to the longest: an outage costs few requests, and its end is noticed. */
const pauseMs = 2_000;
const pauseMaximumMs = 30_000;

const changes = new EventTarget();

/** @type {Capabilities | null} */
let offered = null;
let isMissing = false;
/** What the service says is wrong with itself. @type {Problem | null} */
let problem = null;

/** Null until the service has said it. What is not known is not checked here: the service checks it in any case. */
export function offer() {
  return offered;
}

/** Whether it was asked for in vain so far. */
export function isOfferMissing() {
  return isMissing;
}

/** Why it is missing, where the service has said so. */
export function offerProblem() {
  return problem;
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
