import { expect, test } from "vitest";
import { readFilterReasons } from "../../src/veo/filter-reasons.ts";

/** Sentences as Google's documentation and people's reports quote them. */
test.each([
  [
    "We encountered an issue with the audio for your prompt, and could not create the video. " +
    "You will not be charged for this attempt. Please try again, or modify your prompt.",
    "output",
    "audio",
  ],
  ["The prompt could not be submitted. It contains words that violate the usage guidelines.", "prompt", null],
  ["The input image contains content that has been blocked by your current safety settings.", "prompt", null],
  ["Veo could not generate videos because the output violated the usage guidelines.", "output", null],
  [
    "Your prompt was flagged for violating our guidelines. Support codes: 58061214",
    "prompt",
    "children",
  ],
  [
    "Veo could not generate 1 videos based on the prompt provided. You can try rephrasing the prompt. " +
    "Support codes: 42237218",
    "output",
    "safety",
  ],
  [
    "Veo could not generate videos because the input image violates Google's usage guidelines. " +
    "Support codes: 15236754",
    "prompt",
    "celebrity",
  ],
  ["The video was blocked. Support codes: 15236754, 64151117", "output", "celebrity"],
  ["The video was blocked. Support code: 61493863.", "output", "violence"],
  ["The video was blocked. Support codes: 74803281", "output", null],
  ["The video was blocked. Support codes: 1", "output", null],
  ["", "output", null],
])("%s → %s, %s", (reason, what, subject) => {
  expect(readFilterReasons([reason])).toEqual({ what, subject });
});

test("of several reasons one about the input decides, and the first that names its subject", () => {
  expect(readFilterReasons(["Blocked.", "Blocked. Support codes: 32635315", "The input was blocked."])).toEqual({
    what: "prompt",
    subject: "vulgar",
  });
  expect(readFilterReasons([])).toEqual({ what: "output", subject: null });
});
