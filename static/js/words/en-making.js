/** English for what happens between the order and the video: the review, the clips, stopping. */

/** @typedef {(value: string) => string} Phrase */
/** @typedef {(first: string, second: string) => string} PhraseOfTwo */

export const making = {
  reviewTitle: "Read it before it is made",
  reviewHint: "Nothing has been paid for filming yet. Change what you like; the model follows English best.",
  approve: /** @type {Phrase} */ ((price) => `Make it for ${price}`),
  cancel: "Cancel",
  cancelQuestion: "Clips that are already being made may have to be paid for; what gets ready is kept for you.",
  cancelAnyway: "Cancel anyway",
  goOn: "Keep going",
  cancelSent: "Cancelling",
  canceling:
    "It is being cancelled. Nothing more is asked for; clips that are already being made are stopped where the " +
    "model can do that, else fetched and kept, and then it ends.",
  /** @type {Record<NonNullable<import("../types.js").TaskView["waiting"]>["reason"], Phrase>} */
  waits: {
    quota: (who) => `The quota with ${who} is used up for the moment.`,
    upstream_unavailable: (who) => `${who} does not answer as it should just now.`,
  },
  waitsUntilAbout: /** @type {Phrase} */ ((moment) => `It is tried again at about ${moment}.`),
  waitsNoMore: "It is being tried again.",
  waitsUntil:
    /** @type {PhraseOfTwo} */ ((moment, distance) =>
      `It waits for you until ${moment}, ${distance}. After that nothing is made, and nothing is paid.`),
  promptWaits: "A prompt waits for you",
  approvalSilent: "The answer did not come. This page looks whether it arrived; your words are kept.",

  shot: /** @type {Phrase} */ ((number) => `Shot ${number}`),
  beginning: "Beginning",
  extension: /** @type {Phrase} */ ((number) => `Extension ${number}`),
  madeAndShown: /** @type {PhraseOfTwo} */ ((made, shown) => `${made}, ${shown} in the video`),
  /** @type {Record<import("../types.js").Segment["status"], string>} */
  segmentStates: {
    pending: "waiting",
    running: "being filmed",
    succeeded: "filmed",
    failed: "not filmed",
  },
  filmedOf: /** @type {PhraseOfTwo} */ ((count, total) => `${count} of ${total} filmed`),
  clipsTitle: "Clips",
  clipsNotLost: "What is filmed is not lost: open the clips here.",
  openClip: /** @type {Phrase} */ ((name) => `${name}: open the clip`),
};
