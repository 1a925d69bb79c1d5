/** One request that starts a task, with the real progress of its bytes. `fetch` cannot tell that, so XMLHttpRequest. */

/**
 * @typedef {{ kind: "answer", status: number, body: unknown }
 *   | { kind: "stopped" }
 *   | { kind: "broken" }
 *   | { kind: "answer_lost" }} Sent `broken`: before everything was sent; `answer_lost`: after it
 */

/**
 * @typedef {object} Sending
 * @property {Promise<Sent>} result
 * @property {() => void} stop
 */

/**
 * @param {string} path
 * @param {FormData | string} body text is JSON
 * @param {(sent: number, total: number) => void} progress bytes
 * @returns {Sending}
 */
export function send(path, body, progress) {
  const request = new XMLHttpRequest();
  let everythingSent = false;
  request.upload.addEventListener("progress", ({ loaded, total }) => progress(loaded, total));
  request.upload.addEventListener("load", () => everythingSent = true);
  /** @type {Promise<Sent>} */
  const result = new Promise((resolve) => {
    request.addEventListener("load", () => {
      resolve({ kind: "answer", status: request.status, body: parse(request.responseText) });
    });
    request.addEventListener("error", () => resolve({ kind: everythingSent ? "answer_lost" : "broken" }));
    request.addEventListener("abort", () => resolve({ kind: everythingSent ? "answer_lost" : "stopped" }));
  });
  request.open("POST", path);
  if (typeof body === "string") request.setRequestHeader("Content-Type", "application/json");
  request.send(body);
  return { result, stop: () => request.abort() };
}

/**
 * @param {string} text
 * @returns {unknown} undefined when it is not JSON
 */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
