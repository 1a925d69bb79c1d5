/** The service's fields by the names that were typed here. Pure. */
const flagByField: Readonly<Record<string, string>> = {
  video_reference: "--video",
  video_reference_url: "--video",
  use_case: "--use-case",
  duration_seconds: "--duration",
  aspect_ratio: "--ratio",
  quality: "--quality",
  structure: "--structure",
  additional_prompt: "--prompt",
  prompt: "--prompt",
  prompts: "--prompts",
  review: "--review",
  callback_url: "--callback-url",
  "Idempotency-Key": "--idempotency-key",
};

/** @param field also the library's own names of options, which are written otherwise */
export function flagOfField(field: string): string {
  const snakeCase = field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const picture = /^reference_?image(?:_?urls?|s)?(?:_?(\d)|\[(\d)\])?$/.exec(snakeCase);
  if (picture) return pictureOf(picture[1], picture[2]);
  return flagByField[field] ?? flagByField[snakeCase] ?? field;
}

function pictureOf(counted: string | undefined, indexed: string | undefined): string {
  const number = indexed === undefined ? counted : String(Number(indexed) + 1);
  return number === undefined ? "the pictures" : `picture ${number}`;
}
