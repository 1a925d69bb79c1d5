/**
 * What Veo's filters say when they keep a clip back. They give their reasons only as sentences, on Vertex with a support
 * code at the end: this is the one place that reads them, and the sentences are quoted in the test.
 */

/** What a filter took offence at, as far as it says so. */
export const filterSubjectNames = {
  audio: "its sound",
  children: "children",
  celebrity: "a well-known person",
  safety: "safety",
  dangerous: "dangerous content",
  hate: "hate",
  prohibited: "prohibited content",
  third_party: "somebody else's content",
  sexual: "sexual content",
  toxic: "toxic content",
  violence: "violence",
  vulgar: "vulgar words",
} as const;

export type FilterSubject = keyof typeof filterSubjectNames;

/** Google's "Safety code categories" (Responsible AI for Veo, 2026); 74803281, 29578790 and 42876398 are "other". */
const codesOf: Readonly<Partial<Record<FilterSubject, readonly number[]>>> = {
  children: [58061214, 17301594],
  celebrity: [29310472, 15236754],
  safety: [64151117, 42237218],
  dangerous: [62263041],
  hate: [57734940, 22137204],
  prohibited: [89371032, 49114662, 63429089, 72817394, 60599140],
  third_party: [35561574, 35561575],
  sexual: [90789179, 43188360],
  toxic: [78610348],
  violence: [61493863, 56562880],
  vulgar: [32635315],
};

const subjectByCode = new Map(
  Object.keys(codesOf).filter(isSubject).flatMap((subject) =>
    (codesOf[subject] ?? []).map((code) => [code, subject] as const)
  ),
);

/** "Support codes: 58061214" or "Support codes: 58061214, 17301594" */
const supportCodes = /support codes?:([\d\s,]+)/i;

/**
 * @param reasons in the upstream's own words; they go no further than here
 * @returns whether the input was declined or the finished clip withheld, and what for when that is said
 */
export function readFilterReasons(
  reasons: readonly string[],
): { readonly what: "prompt" | "output"; readonly subject: FilterSubject | null } {
  const subject = reasons.map(subjectOf).find((found) => found !== null) ?? null;
  return { what: reasons.some(isAboutTheInput) ? "prompt" : "output", subject };
}

function subjectOf(reason: string): FilterSubject | null {
  const codes = supportCodes.exec(reason)?.[1]?.match(/\d+/g) ?? [];
  const named = codes.map((code) => subjectByCode.get(Number(code))).find((subject) => subject !== undefined);
  return named ?? (isAboutSound(reason) ? "audio" : null);
}

/**
 * "An issue with the audio for your prompt, and could not create the video" and "could not generate videos based on the
 * prompt provided" name the prompt too, but speak of what was made of it.
 */
function isAboutTheInput(reason: string): boolean {
  if (/\binput (image|video|prompt)\b|\bprompt\b[^.]*\bviolat/i.test(reason)) return true;
  return /\b(input|prompt)\b/i.test(reason) && !/\bcould not (generate|create)\b/i.test(reason);
}

function isAboutSound(reason: string): boolean {
  return /\baudio\b/i.test(reason);
}

function isSubject(name: string): name is FilterSubject {
  return name in filterSubjectNames;
}
