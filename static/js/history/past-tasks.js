/** The tasks of this browser, newest first, as its store keeps them. */

const storageKey = "veo31.tasks";
/** With their posters they fit a store of 5 MB. */
const most = 60;

/** @returns {PastTask[]} none, where anything else is stored */
export function readTasks() {
  try {
    /** @type {PastTask[]} */
    const stored = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return stored.filter(({ id, request, poster }) => id && request.use_case && poster.at);
  } catch {
    return [];
  }
}

/**
 * Where there is no room, the oldest posters go first.
 *
 * @param {PastTask[]} tasks
 */
export function storeTasks(tasks) {
  try {
    localStorage.setItem(storageKey, JSON.stringify(tasks.slice(0, most)));
  } catch {
    const last = tasks.findLast(({ poster }) => poster);
    if (last) storeTasks(tasks.map((task) => task === last ? { ...task, poster: "" } : task));
  }
}

/** @param {TaskView} task */
export function pastTask({ task_id: id, status, created_at, expires_at, request, step1_analysis: seen }) {
  return {
    id,
    status,
    created_at,
    expires_at,
    request,
    subject: (seen?.merged ?? seen?.images[0])?.subject,
    poster: "",
  };
}
