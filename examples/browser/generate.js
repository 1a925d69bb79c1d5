/** Sends the pictures, follows the task, plays the video. Nothing but fetch. */
const order = document.querySelector("#order");
const state = document.querySelector("#state");
const video = document.querySelector("#video");
const valueOf = (selector) => document.querySelector(selector).value;

/** Answers the response and its JSON; throws what a refusal says: each field at fault, or the whole request. */
async function ask(url, { headers, ...init } = {}) {
  const key = valueOf("#key");
  const response = await fetch(url, {
    ...init,
    headers: { ...headers, ...(key && { Authorization: `Bearer ${key}` }) },
  });
  const answer = await response.json();
  if (response.ok) return [response, answer];
  const fields = (answer.errors ?? []).map(({ field, message }) => `${field}: ${message}`);
  throw new Error(fields.join("\n") || answer.detail);
}

async function make() {
  const form = new FormData(order);
  [...document.querySelector("#pictures").files].forEach((file, index) => {
    form.set(`reference_image${index + 1}`, file);
  });
  // Whoever sends the same request with the same key again gets the same task, and pays once.
  const headers = { "Idempotency-Key": crypto.randomUUID() };
  const start = { method: "POST", headers, body: form };
  const url = `${valueOf("#service")}/veo31/generate`;
  // A TypeError is a network that failed: nobody knows whether the task was started, so the same is sent once more.
  let [response, task] = await ask(url, start).catch((error) => {
    if (error instanceof TypeError) return ask(url, start);
    throw error;
  });
  while (!["succeeded", "failed", "canceled"].includes(task.status)) {
    state.textContent = `${task.status} … (task ${task.task_id}, about $${task.cost.estimate_usd})`;
    const seconds = Number(response.headers.get("Retry-After") ?? 2);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    // The browser sends the ETag that it has by itself: while nothing changes, nothing is sent again.
    [response, task] = await ask(task.links.self);
  }
  // `charged` is no, yes or unknown; the sum is null where nobody knows it.
  const cost = `cost $${task.cost.actual_usd}, charged: ${task.cost.charged}`;
  if (task.status !== "succeeded") throw new Error(`${task.error?.message ?? "Canceled."} (${cost})`);
  state.textContent = `${task.status} (task ${task.task_id}, ${cost})`;
  // The link is secret and needs no key, so it goes into a <video>.
  video.src = task.step3_video_generation.video_url;
  video.hidden = false;
  await video.play();
}

order.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = order.querySelector("button");
  button.disabled = true;
  try {
    await make();
  } catch (error) {
    state.textContent = error.message;
  } finally {
    button.disabled = false;
  }
});
