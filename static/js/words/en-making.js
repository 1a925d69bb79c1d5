/** English for what happens between the order and the video: the review, the clips, stopping. */

/** @typedef {(value: string) => string} Phrase */
/** @typedef {(first: string, second: string) => string} PhraseOfTwo */

export const making = {
  reviewTitle: "Read it before it is made",
  reviewHint: "Veo has not been paid anything yet. Change what you like; Veo follows English best.",
  approve: /** @type {Phrase} */ ((price) => `Make it for ${price}`),
  cancel: "Cancel",
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
