/** English for the codes of the contract. */

/** @typedef {Record<import("../types.js").TaskErrorCode, string>} TaskErrorWords */
/** @typedef {Record<import("../types.js").RequestErrorCode, string>} RequestErrorWords */

/** @type {RequestErrorWords} */
export const requestErrors = {
  invalid_input: "This cannot be used as it is.",
  unsupported_media_type: "This kind of file is not taken.",
  payload_too_large: "This is too large.",
  reference_unusable: "This file cannot be used.",
  reference_fetch_failed: "This address could not be fetched.",
  reference_url_refused: "This address is not allowed.",
  unauthorized: "This service asks for a key.",
  not_found: "There is nothing at this address.",
  method_not_allowed: "The service does not take this request.",
  wrong_state: "The task has moved on, so this is no longer possible.",
  idempotency_conflict: "The same order was already sent with other contents.",
  range_not_satisfiable: "The file is shorter than what was asked of it.",
  rate_limited: "Too many requests at the moment. Wait a little and try again.",
  budget_exceeded: "The day's budget is spent. Try again tomorrow.",
  not_configured: "A setting is missing, so no video can be made yet.",
  internal: "The service failed. Nothing was started.",
};

/** @type {TaskErrorWords} */
export const taskErrors = {
  analysis_failed: "The references could not be read.",
  prompt_failed: "The prompt could not be written.",
  filtered_prompt: "The model's filter declined the prompt.",
  filtered_output: "The model's filter withheld the finished clip.",
  model_retired: "Google no longer offers the model that is set here.",
  quota_exhausted: "This service's quota is used up for today.",
  provider_error: "The model did not make the clip.",
  submit_unknown:
    "The connection to Google broke while the clip was being asked for, so nobody knows whether the clip is being made.",
  download_failed: "The clip was made, but it could not be fetched.",
  deadline_exceeded: "It took too long, so the waiting was ended.",
  not_configured: "A setting of this service is missing or wrong.",
  canceled: "The task was stopped.",
};

/** @satisfies {Record<import("../types.js").TaskStatus, string>} */
export const statuses = {
  queued: "In the queue",
  analyzing: "Reading the references",
  prompting: "Writing the prompt",
  awaiting_approval: "Waiting for your approval",
  generating: "Filming",
  finishing: "Finishing the video",
  succeeded: "Done",
  failed: "It did not work",
  canceled: "Stopped",
};

/** @satisfies {Record<import("../types.js").Charged, string>} */
export const charged = {
  no: "Nothing was charged for the video.",
  yes: "What was filmed was paid for.",
  unknown: "Whether it was charged is not known.",
};
