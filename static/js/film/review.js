/** The review: each prompt on a card, to be read and changed, the price, and the one button that spends it. */
import { button, element, fill } from "../dom.js";
import { count, distance, moment, price } from "../numbers.js";
import { clearProblem, hasPlaceFor, showProblem, speakFieldProblem, speakNoAnswer } from "../problems.js";
import { approve } from "../service.js";
import { keep, recall } from "../store.js";
import { language, words } from "../words.js";
import { segmentLength, segmentName } from "./segments.js";
import { estimateTokens } from "./tokens.js";

/**
 * @param {HTMLElement} container
 * @param {TaskView} task
 * @param {Wishes} wishes
 */
export function showReview(container, task, wishes) {
  const waits = task.status === "awaiting_approval";
  // Approved elsewhere, given up or out of time: nobody needs the edits.
  if (!waits) keepEdits(task.task_id, {});
  const segments = task.step3_video_generation?.segments ?? [];
  const key = waits ? [language(), task.task_id, ...segments.map(({ prompt }) => prompt)].join("\n") : "";
  fill(container, key, () => waits ? review(task, segments, wishes) : []);
}

/**
 * Until when it waits, told anew as time passes.
 *
 * @param {HTMLElement} container
 * @param {TaskView} task
 * @param {number} now milliseconds since 1970
 */
export function showReviewTime(container, { approve_by }, now) {
  const line = container.querySelector(".waits");
  if (!line || !approve_by) return;
  const text = words().waitsUntil(moment(approve_by), distance(Date.parse(approve_by) - now));
  if (line.textContent !== text) line.textContent = text;
}

/**
 * @param {TaskView} task
 * @param {readonly Segment[]} segments
 * @param {Wishes} wishes
 */
function review(task, segments, wishes) {
  const say = words();
  const form = element(
    "form",
    { class: "review", novalidate: true },
    element("h3", {}, say.reviewTitle),
    element("p", { class: "small" }, say.reviewHint),
    element("ol", { class: "storyboard perforated" }, ...segments.map((_, index) => card(task, segments, index))),
    element("p", { class: "problem", id: "approval-problem", role: "alert" }),
    element(
      "div",
      { class: "actions" },
      element("button", { type: "submit", class: "act" }, say.approve(price(task.cost.estimate_usd))),
      button("plain", say.cancel, () => wishes.cancel(task)),
    ),
    element("p", { class: "small waits" }),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendApproval(form, task, segments, wishes);
  });
  return [form];
}

/**
 * @param {TaskView} task
 * @param {readonly Segment[]} segments
 * @param {number} index
 */
function card({ task_id, plan }, segments, index) {
  const segment = segments[index];
  const written = segment?.prompt ?? "";
  const id = `prompts[${index}]`;
  const counter = element("span", { class: "small", id: `${id}-length` });
  const restore = button("quiet", words().restorePrompt, () => {
    text.value = written;
    text.dispatchEvent(new Event("input"));
    text.focus();
  });
  const text = element("textarea", {
    id,
    class: "line",
    lang: "en",
    rows: "5",
    "aria-describedby": `${id}-length ${id}-problem`,
  });
  const show = () => {
    const tokens = estimateTokens(text.value);
    counter.textContent = words().tokensOf(count(tokens), count(plan.prompt_tokens_maximum));
    counter.classList.toggle("too-long", tokens > plan.prompt_tokens_maximum);
    restore.hidden = text.value === written;
  };
  text.value = readEdits(task_id)[index] ?? written;
  text.addEventListener("input", () => {
    clearProblem(id);
    const { [index]: _, ...others } = readEdits(task_id);
    keepEdits(task_id, text.value === written ? others : { ...others, [index]: text.value });
    show();
  });
  show();
  const name = segmentName(segments, index);
  return element(
    "li",
    { class: "card" },
    element(
      "div",
      { class: "card-head" },
      element("label", { for: id }, segments.length > 1 && segment ? `${name} · ${segmentLength(segment)}` : name),
      counter,
    ),
    text,
    element("p", { class: "problem", id: `${id}-problem`, role: "alert" }),
    restore,
  );
}

/**
 * @param {HTMLFormElement} form
 * @param {TaskView} task
 * @param {readonly Segment[]} segments
 * @param {Wishes} wishes
 */
async function sendApproval(form, task, segments, wishes) {
  if (form.ariaBusy === "true") return;
  clearProblem("approval");
  const written = segments.map(({ prompt }) => prompt);
  const areas = [...form.querySelectorAll("textarea")];
  const texts = areas.map(({ value }) => value);
  const maximum = task.plan.prompt_tokens_maximum;
  const wrong = areas.filter(({ value }) => !value.trim() || estimateTokens(value) > maximum);
  // The service would say the same, in English.
  for (const { id, value } of wrong) showProblem(id, () => value.trim() ? words().promptTooLong : words().promptEmpty);
  if (wrong[0]) return wrong[0].focus();
  form.ariaBusy = "true";
  const answer = await approve(task, texts.some((text, index) => text !== written[index]) ? texts : null);
  form.ariaBusy = null;
  if (answer.kind === "task") {
    keepEdits(task.task_id, {});
    return wishes.movedOn(answer.task);
  }
  // The task may have moved on meanwhile, and its cards with it.
  if (form.isConnected) tellProblem(answer);
}

/** @param {NoAnswer} answer */
function tellProblem(answer) {
  if (answer.kind === "silent") return showProblem("approval", () => words().approvalSilent);
  const problems = answer.kind === "refused" ? answer.problem.errors : [];
  const placed = problems.flatMap((problem) => {
    const field = problem.field === "prompt" ? "prompts[0]" : problem.field;
    return hasPlaceFor(field) ? [{ field, problem }] : [];
  });
  for (const { field, problem } of placed) showProblem(field, () => speakFieldProblem(problem));
  if (placed.length === 0) showProblem("approval", () => speakNoAnswer(answer));
  document.getElementById(placed[0]?.field ?? "")?.focus();
}

/** Where a browser stores nothing, edits are kept as long as the page. @type {Record<string, Record<string, string>>} */
const edited = {};

/**
 * @param {string} taskId
 * @returns {Record<string, string>} the changed texts by the prompt's position, from 0
 */
function readEdits(taskId) {
  const kept = edited[taskId];
  if (kept) return kept;
  try {
    const stored = JSON.parse(recall(`prompts.${taskId}`));
    const texts = Object.entries(stored).filter(([, text]) => typeof text === "string");
    return Object.fromEntries(texts.map(([position, text]) => [position, String(text)]));
  } catch {
    return {};
  }
}

/**
 * @param {string} taskId
 * @param {Record<string, string>} edits
 */
function keepEdits(taskId, edits) {
  edited[taskId] = edits;
  keep(`prompts.${taskId}`, Object.keys(edits).length > 0 ? JSON.stringify(edits) : "");
}
