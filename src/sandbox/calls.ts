/** The calls that the stand-in tells apart, and what can be made to go wrong with each. */

/** What can happen to any call, in the words of its own wire. */
const anyCall = [
  /**
   * No connection is made: not a byte of the body is read, and nothing is accepted. It hits by the address alone, so at
   * `POST /responses` any call, whichever of the three it was written for; and it cannot wait for a prompt.
   */
  "refused",
  /** The connection breaks before the call is taken; nothing is accepted. */
  "reset_before",
  /** The call is accepted and done; the connection breaks before the answer. */
  "reset_after",
  /** The call is accepted and done; the answer breaks off in its body. */
  "reset_body",
  /** No answer for as long as the latency `hang_ms` says, then the connection breaks; nothing is accepted. */
  "hang",
  "status_400",
  "status_401",
  "status_403",
  "status_404",
  /** The model is no longer available. */
  "status_404_retired",
  "status_429",
  "status_429_retry_after",
  /** The day's quota or the credit is spent. */
  "status_429_quota",
  "status_500",
  "status_503",
  /** A page of a proxy with status 200 in place of the answer; nothing is accepted. */
  "html",
  /** A page of a load balancer with status 502, or 503; nothing is accepted. */
  "html_502",
  "html_503",
  /** The call is accepted and done; the answer ends in the middle, or is empty. */
  "cut_json",
  "empty",
  /** The call is accepted and done; the answer is JSON of another shape. */
  "other_json",
] as const;

/** The model declines; or its answer ends early, or is not of the shape that was asked for. */
const modelAnswer = ["refusal", "cut_off", "off_schema"] as const;

/** How an operation ends without a video. */
const operationEnd = [
  "filtered_prompt",
  "filtered_output",
  "filtered_audio",
  "operation_error",
  /** Done, with neither samples nor a reason. */
  "no_samples",
] as const;

/** What Veo's filter withheld, said in another form than usual. */
const filterForms = [
  /** `filtered_output` with count and reasons one level up, beside where the samples would be. */
  "filtered_flat",
  /** `filtered_output` in Vertex AI's words, which end in "Support codes: N" and name neither prompt nor output. */
  "filtered_with_code",
] as const;

/** Vertex AI and Omni: the video is inside the answer although it was asked for by its address. */
const inlineForms = [
  "inline_video",
  /** And it is 48 MB longer than usual. */
  "large_inline_video",
] as const;

/** Ends that only an interaction has. */
const interactionEnd = ["incomplete", "budget_exceeded"] as const;

export const faultsByCall = {
  /** `POST /responses` with the schema name `image_analysis`, `video_prompt`, or another. */
  image_analysis: [...anyCall, ...modelAnswer, "content_filter", "failed_response"],
  prompt: [...anyCall, ...modelAnswer, "content_filter", "failed_response"],
  response: [...anyCall, ...modelAnswer, "content_filter", "failed_response"],
  /** `generateContent` */
  video_analysis: [...anyCall, ...modelAnswer, "refused_answer"],
  /** Files API: asking for an upload address; sending bytes to it; asking for the state; deleting. */
  file_upload: [...anyCall],
  file_bytes: [...anyCall],
  file_status: [...anyCall, "file_failed", "still_processing"],
  file_delete: [...anyCall],
  /** Google's token endpoint. `invalid_grant`: it does not take the assertion, though nothing is wrong with it. */
  token: [...anyCall, "invalid_grant"],
  /** `predictLongRunning`, or creating an interaction; the ends of an operation are its own from the start. */
  submit: [...anyCall, ...operationEnd],
  /** Reading an operation. `foreign_uri`: the finished clip is said to be at another host, or in another bucket. */
  poll: [
    ...[...anyCall, ...operationEnd, ...filterForms, ...inlineForms, ...interactionEnd],
    ...["still_running", "foreign_uri"] as const,
  ],
  /** Omni: cancelling an interaction, and deleting one. */
  cancel: [...anyCall],
  forget: [...anyCall],
  /**
   * `truncated_download`: fewer bytes than announced; `short_download`: too few, and none announced;
   * `miscounted_download`: the whole clip, another length announced; `redirected_download`: the clip is at another path
   * of the same host; `clip_processing`: the file is not `ACTIVE` after all.
   */
  download: [
    ...anyCall,
    ...["truncated_download", "short_download", "miscounted_download", "redirected_download"] as const,
    "clip_processing",
  ],
  models: [...anyCall],
} as const satisfies Record<string, readonly string[]>;

export type CallName = keyof typeof faultsByCall;
export type FaultName = (typeof faultsByCall)[CallName][number];
export type OperationEnd = (typeof operationEnd)[number];

export const callNames = Object.keys(faultsByCall).filter((name): name is CallName => name in faultsByCall);

/** What can only happen to a submit that is accepted; kept for one, not spent on a refused submit. */
export const faultsOfAccepted: readonly FaultName[] = [
  ...["reset_after", "reset_body", "cut_json", "empty", "other_json"] as const,
  ...operationEnd,
];

/** What can only happen to a poll of an operation that is over by the clock; kept for one, not spent on an earlier poll. */
export const faultsOfTheEnd: readonly FaultName[] = [
  ...[...operationEnd, ...filterForms, ...inlineForms, ...interactionEnd],
  ...["still_running", "foreign_uri"] as const,
];

/** In which wire format a clip was asked for. */
export const dialects = ["gemini", "vertex", "omni"] as const;
export type Dialect = (typeof dialects)[number];

/** What cannot happen to a dialect's polls. */
export const faultsOfOtherDialects: Readonly<Record<Dialect, readonly FaultName[]>> = {
  gemini: [...inlineForms, ...interactionEnd],
  vertex: interactionEnd,
  omni: [],
};

export function isOperationEnd(fault: string | null | undefined): fault is OperationEnd {
  return operationEnd.some((end) => end === fault);
}
