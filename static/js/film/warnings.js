/** What the service did otherwise than asked, or advises: said plainly. */
import { element, fill } from "../dom.js";
import { hasEnded } from "../follow.js";
import { seconds } from "../numbers.js";
import { language, words } from "../words.js";

/**
 * @param {HTMLElement} container
 * @param {TaskView} task
 */
export function showWarnings(container, task) {
  // That it is being cancelled stands where the button for it was, and what failed stands where it ended.
  const isLost = hasEnded(task) && task.status !== "succeeded";
  const toldElsewhere = ["canceling", ...isLost ? ["clip_failed", "clip_made_again"] : []];
  const listed = task.warnings.filter(({ code }) => !toldElsewhere.includes(code));
  const said = [...new Set(listed.map((warning) => speakWarning(warning, task)))];
  fill(container, `${language()} ${said.join()}`, () => {
    if (said.length === 0) return [];
    const list = element("ul", { class: "warnings" }, ...said.map((text) => element("li", {}, text)));
    list.setAttribute("aria-label", words().warningsTitle);
    return [list];
  });
}

/**
 * @param {TaskView["warnings"][number]} warning
 * @param {TaskView} task
 */
function speakWarning({ code, message }, task) {
  // The service's own sentence is English and the more exact one: it names the picture.
  if (language() === "en") return message;
  const { duration_seconds } = task.step3_video_generation ?? {};
  const say = words();
  switch (code) {
    case "duration_differs":
      return say.warningLength(seconds(duration_seconds ?? 0), seconds(task.plan.duration_seconds));
    case "clip_failed":
      return say.warningLost;
    case "clip_made_again":
      return say.warningAgain;
    case "lost_try_unknown":
      return say.warningTry;
    case "resolution_reduced":
      return say.warningSmaller(task.plan.resolution);
    case "model_replaced":
      return say.warningModel(task.plan.model);
    case "analysed_by_gemini":
      return say.warningAnalyst;
    case "square_players":
      return say.warningSquare;
    case "reference_rotated":
      return say.warningTurned;
    default:
      return message;
  }
}
