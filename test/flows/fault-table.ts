/**
 * What becomes of a task when an upstream call goes wrong: which error, how many clips were asked for and taken, and
 * whether money was charged. What is paid for is delivered, nothing is paid twice, and every task ends.
 *
 * Call and fault are the sandbox's (src/sandbox/calls.ts); how a fault comes over the wire is said there. Each row is
 * played twice: the fault strikes one call and is gone, and it strikes every call and never stops. For both stands the
 * end (`succeeded`, or the code of the error), the number of submits that the model took, and `charged`; and for the
 * fault that never stops, how long the task lives.
 *
 * Calls of the Files API are made for a large reference video only.
 */
const table = `
call           | fault                  | once                        | always                      | ends after
image_analysis | refused                | succeeded         1 yes     | analysis_failed   0 no      | minutes
image_analysis | reset_before           | succeeded         1 yes     | analysis_failed   0 no      | minutes
image_analysis | reset_after            | succeeded         1 yes     | analysis_failed   0 no      | minutes
image_analysis | reset_body             | succeeded         1 yes     | analysis_failed   0 no      | minutes
image_analysis | hang                   | succeeded         1 yes     | analysis_failed   0 no      | minutes
image_analysis | status_400             | analysis_failed   0 no      | analysis_failed   0 no      | seconds
image_analysis | status_401             | not_configured    0 no      | not_configured    0 no      | seconds
image_analysis | status_403             | not_configured    0 no      | not_configured    0 no      | seconds
image_analysis | status_404             | model_retired     0 no      | model_retired     0 no      | seconds
image_analysis | status_404_retired     | model_retired     0 no      | model_retired     0 no      | seconds
image_analysis | status_429             | succeeded         1 yes     | quota_exhausted   0 no      | 30 min
image_analysis | status_429_retry_after | succeeded         1 yes     | quota_exhausted   0 no      | 30 min
image_analysis | status_429_quota       | quota_exhausted   0 no      | quota_exhausted   0 no      | seconds
image_analysis | status_500             | succeeded         1 yes     | analysis_failed   0 no      | minutes
image_analysis | status_503             | succeeded         1 yes     | analysis_failed   0 no      | minutes
image_analysis | html                   | succeeded         1 yes     | analysis_failed   0 no      | minutes
image_analysis | html_502               | succeeded         1 yes     | analysis_failed   0 no      | minutes
image_analysis | html_503               | succeeded         1 yes     | analysis_failed   0 no      | minutes
image_analysis | cut_json               | succeeded         1 yes     | analysis_failed   0 no      | minutes
image_analysis | other_json             | succeeded         1 yes     | analysis_failed   0 no      | minutes
image_analysis | empty                  | succeeded         1 yes     | analysis_failed   0 no      | minutes
image_analysis | failed_response        | succeeded         1 yes     | analysis_failed   0 no      | minutes
image_analysis | cut_off                | succeeded         1 yes     | analysis_failed   0 no      | seconds
image_analysis | off_schema             | succeeded         1 yes     | analysis_failed   0 no      | seconds
image_analysis | refusal                | analysis_failed   0 no      | analysis_failed   0 no      | seconds
image_analysis | content_filter         | analysis_failed   0 no      | analysis_failed   0 no      | seconds

video_analysis | refused                | succeeded         1 yes     | analysis_failed   0 no      | minutes
video_analysis | reset_before           | succeeded         1 yes     | analysis_failed   0 no      | minutes
video_analysis | reset_after            | succeeded         1 yes     | analysis_failed   0 no      | minutes
video_analysis | reset_body             | succeeded         1 yes     | analysis_failed   0 no      | minutes
video_analysis | hang                   | succeeded         1 yes     | analysis_failed   0 no      | minutes
video_analysis | status_400             | analysis_failed   0 no      | analysis_failed   0 no      | seconds
video_analysis | status_401             | not_configured    0 no      | not_configured    0 no      | seconds
video_analysis | status_403             | not_configured    0 no      | not_configured    0 no      | seconds
video_analysis | status_404             | model_retired     0 no      | model_retired     0 no      | seconds
video_analysis | status_404_retired     | model_retired     0 no      | model_retired     0 no      | seconds
video_analysis | status_429             | succeeded         1 yes     | quota_exhausted   0 no      | 30 min
video_analysis | status_429_retry_after | succeeded         1 yes     | quota_exhausted   0 no      | 30 min
video_analysis | status_429_quota       | quota_exhausted   0 no      | quota_exhausted   0 no      | seconds
video_analysis | status_500             | succeeded         1 yes     | analysis_failed   0 no      | minutes
video_analysis | status_503             | succeeded         1 yes     | analysis_failed   0 no      | minutes
video_analysis | html                   | succeeded         1 yes     | analysis_failed   0 no      | minutes
video_analysis | html_502               | succeeded         1 yes     | analysis_failed   0 no      | minutes
video_analysis | html_503               | succeeded         1 yes     | analysis_failed   0 no      | minutes
video_analysis | cut_json               | succeeded         1 yes     | analysis_failed   0 no      | minutes
video_analysis | other_json             | succeeded         1 yes     | analysis_failed   0 no      | minutes
video_analysis | empty                  | succeeded         1 yes     | analysis_failed   0 no      | minutes
video_analysis | cut_off                | succeeded         1 yes     | analysis_failed   0 no      | seconds
video_analysis | off_schema             | succeeded         1 yes     | analysis_failed   0 no      | seconds
video_analysis | refusal                | analysis_failed   0 no      | analysis_failed   0 no      | seconds
video_analysis | refused_answer         | analysis_failed   0 no      | analysis_failed   0 no      | seconds

prompt         | refused                | succeeded         1 yes     | prompt_failed     0 no      | minutes
prompt         | reset_before           | succeeded         1 yes     | prompt_failed     0 no      | minutes
prompt         | reset_after            | succeeded         1 yes     | prompt_failed     0 no      | minutes
prompt         | reset_body             | succeeded         1 yes     | prompt_failed     0 no      | minutes
prompt         | hang                   | succeeded         1 yes     | prompt_failed     0 no      | minutes
prompt         | status_400             | prompt_failed     0 no      | prompt_failed     0 no      | seconds
prompt         | status_401             | not_configured    0 no      | not_configured    0 no      | seconds
prompt         | status_403             | not_configured    0 no      | not_configured    0 no      | seconds
prompt         | status_404             | model_retired     0 no      | model_retired     0 no      | seconds
prompt         | status_404_retired     | model_retired     0 no      | model_retired     0 no      | seconds
prompt         | status_429             | succeeded         1 yes     | quota_exhausted   0 no      | 30 min
prompt         | status_429_retry_after | succeeded         1 yes     | quota_exhausted   0 no      | 30 min
prompt         | status_429_quota       | quota_exhausted   0 no      | quota_exhausted   0 no      | seconds
prompt         | status_500             | succeeded         1 yes     | prompt_failed     0 no      | minutes
prompt         | status_503             | succeeded         1 yes     | prompt_failed     0 no      | minutes
prompt         | html                   | succeeded         1 yes     | prompt_failed     0 no      | minutes
prompt         | html_502               | succeeded         1 yes     | prompt_failed     0 no      | minutes
prompt         | html_503               | succeeded         1 yes     | prompt_failed     0 no      | minutes
prompt         | cut_json               | succeeded         1 yes     | prompt_failed     0 no      | minutes
prompt         | other_json             | succeeded         1 yes     | prompt_failed     0 no      | minutes
prompt         | empty                  | succeeded         1 yes     | prompt_failed     0 no      | minutes
prompt         | failed_response        | succeeded         1 yes     | prompt_failed     0 no      | minutes
prompt         | cut_off                | succeeded         1 yes     | prompt_failed     0 no      | seconds
prompt         | off_schema             | succeeded         1 yes     | prompt_failed     0 no      | seconds
prompt         | refusal                | prompt_failed     0 no      | prompt_failed     0 no      | seconds
prompt         | content_filter         | prompt_failed     0 no      | prompt_failed     0 no      | seconds

submit         | refused                | succeeded         1 yes     | provider_error    0 no      | minutes
submit         | reset_before           | submit_unknown    0 unknown | submit_unknown    0 unknown | seconds
submit         | reset_after            | submit_unknown    1 unknown | submit_unknown    1 unknown | seconds
submit         | reset_body             | submit_unknown    1 unknown | submit_unknown    1 unknown | seconds
submit         | hang                   | submit_unknown    0 unknown | submit_unknown    0 unknown | seconds
submit         | status_400             | provider_error    0 no      | provider_error    0 no      | seconds
submit         | status_401             | not_configured    0 no      | not_configured    0 no      | seconds
submit         | status_403             | not_configured    0 no      | not_configured    0 no      | seconds
submit         | status_404             | succeeded         1 yes     | model_retired     0 no      | seconds
submit         | status_404_retired     | succeeded         1 yes     | model_retired     0 no      | seconds
submit         | status_429             | succeeded         1 yes     | quota_exhausted   0 no      | 2 h
submit         | status_429_retry_after | succeeded         1 yes     | quota_exhausted   0 no      | 2 h
submit         | status_429_quota       | quota_exhausted   0 no      | quota_exhausted   0 no      | seconds
submit         | status_500             | submit_unknown    0 unknown | submit_unknown    0 unknown | seconds
submit         | status_503             | succeeded         1 yes     | provider_error    0 no      | minutes
submit         | html                   | submit_unknown    0 unknown | submit_unknown    0 unknown | seconds
submit         | html_502               | submit_unknown    0 unknown | submit_unknown    0 unknown | seconds
submit         | html_503               | submit_unknown    0 unknown | submit_unknown    0 unknown | seconds
submit         | cut_json               | submit_unknown    1 unknown | submit_unknown    1 unknown | seconds
submit         | other_json             | submit_unknown    1 unknown | submit_unknown    1 unknown | seconds
submit         | empty                  | submit_unknown    1 unknown | submit_unknown    1 unknown | seconds
submit         | filtered_prompt        | filtered_prompt   1 no      | filtered_prompt   1 no      | seconds
submit         | filtered_output        | succeeded         2 yes     | filtered_output   2 no      | seconds
submit         | filtered_audio         | succeeded         2 yes     | filtered_output   2 no      | seconds
submit         | operation_error        | succeeded         2 yes     | provider_error    2 unknown | minutes
submit         | no_samples             | filtered_output   1 unknown | filtered_output   1 unknown | seconds

poll           | refused                | succeeded         1 yes     | deadline_exceeded 1 unknown | 24 h
poll           | reset_before           | succeeded         1 yes     | deadline_exceeded 1 unknown | 24 h
poll           | reset_after            | succeeded         1 yes     | deadline_exceeded 1 unknown | 24 h
poll           | reset_body             | succeeded         1 yes     | deadline_exceeded 1 unknown | 24 h
poll           | hang                   | succeeded         1 yes     | deadline_exceeded 1 unknown | 24 h
poll           | status_400             | succeeded         1 yes     | deadline_exceeded 1 unknown | 30 min
poll           | status_401             | succeeded         1 yes     | deadline_exceeded 1 unknown | 24 h
poll           | status_403             | succeeded         1 yes     | deadline_exceeded 1 unknown | 24 h
poll           | status_404             | succeeded         1 yes     | deadline_exceeded 1 unknown | 30 min
poll           | status_404_retired     | succeeded         1 yes     | deadline_exceeded 1 unknown | 30 min
poll           | status_429             | succeeded         1 yes     | deadline_exceeded 1 unknown | 24 h
poll           | status_429_retry_after | succeeded         1 yes     | deadline_exceeded 1 unknown | 24 h
poll           | status_429_quota       | succeeded         1 yes     | deadline_exceeded 1 unknown | 24 h
poll           | status_500             | succeeded         1 yes     | deadline_exceeded 1 unknown | 24 h
poll           | status_503             | succeeded         1 yes     | deadline_exceeded 1 unknown | 24 h
poll           | html                   | succeeded         1 yes     | deadline_exceeded 1 unknown | 24 h
poll           | html_502               | succeeded         1 yes     | deadline_exceeded 1 unknown | 24 h
poll           | html_503               | succeeded         1 yes     | deadline_exceeded 1 unknown | 24 h
poll           | cut_json               | succeeded         1 yes     | deadline_exceeded 1 unknown | 24 h
poll           | other_json             | succeeded         1 yes     | deadline_exceeded 1 unknown | 24 h
poll           | empty                  | succeeded         1 yes     | deadline_exceeded 1 unknown | 24 h
poll           | still_running          | succeeded         1 yes     | deadline_exceeded 1 unknown | 30 min
poll           | filtered_flat          | succeeded         2 yes     | filtered_output   2 no      | seconds
poll           | filtered_with_code     | succeeded         2 yes     | filtered_output   2 no      | seconds

download       | refused                | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | reset_before           | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | reset_after            | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | reset_body             | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | hang                   | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | status_400             | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | status_401             | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | status_403             | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | status_404             | succeeded         1 yes     | download_failed   1 yes     | 10 min
download       | status_404_retired     | succeeded         1 yes     | download_failed   1 yes     | 10 min
download       | status_429             | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | status_429_retry_after | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | status_429_quota       | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | status_500             | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | status_503             | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | html                   | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | html_502               | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | html_503               | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | cut_json               | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | other_json             | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | empty                  | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | truncated_download     | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | short_download         | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | miscounted_download    | succeeded         1 yes     | download_failed   1 yes     | 44 h
download       | redirected_download    | succeeded         1 yes     | download_failed   1 yes     | 44 h

file_upload    | refused                | succeeded         1 yes     | analysis_failed   0 no      | minutes
file_upload    | status_401             | not_configured    0 no      | not_configured    0 no      | seconds
file_upload    | html                   | succeeded         1 yes     | analysis_failed   0 no      | minutes

file_bytes     | reset_after            | succeeded         1 yes     | analysis_failed   0 no      | minutes
file_bytes     | status_400             | analysis_failed   0 no      | analysis_failed   0 no      | seconds

file_status    | status_404             | succeeded         1 yes     | analysis_failed   0 no      | minutes
file_status    | still_processing       | succeeded         1 yes     | analysis_failed   0 no      | 30 min
file_status    | file_failed            | analysis_failed   0 no      | analysis_failed   0 no      | seconds

file_delete    | refused                | succeeded         1 yes     | succeeded         1 yes     | seconds
file_delete    | status_403             | succeeded         1 yes     | succeeded         1 yes     | seconds
file_delete    | status_500             | succeeded         1 yes     | succeeded         1 yes     | seconds
`;

export interface ExpectedEnd {
  /** `succeeded`, or the code of the task's error. */
  readonly end: string;
  /** Submits that the model took. */
  readonly submits: number;
  readonly charged: string;
}

export interface FaultRow {
  readonly call: string;
  readonly fault: string;
  readonly once: ExpectedEnd;
  readonly always: ExpectedEnd;
  /** How long the task lives when the fault never stops, for example "30 min". */
  readonly endsAfter: string;
}

export const faultTable: readonly FaultRow[] = table.split("\n").slice(2).filter((line) => line !== "").map((line) => {
  const [call = "", fault = "", once = "", always = "", endsAfter = ""] = line.split("|").map((cell) => cell.trim());
  return { call, fault, once: readEnd(once), always: readEnd(always), endsAfter };
});

function readEnd(cell: string): ExpectedEnd {
  const [end = "", submits = "", charged = ""] = cell.split(/\s+/);
  return { end, submits: Number(submits), charged };
}
