/** The HTTP API's fields and this library's arguments: one vocabulary, written in two ways. Pure. */
import type { FieldProblem } from "../errors.ts";
import type { Wishes } from "./order.ts";

/** The fields that are not simply an argument's name in the other spelling. */
const particular: readonly { readonly field: RegExp; readonly argument: (index: string) => string }[] = [
  { field: /^reference_image([1-9])$/, argument: (number) => `referenceImages[${Number(number) - 1}]` },
  { field: /^reference_image_urls\[(\d+)\]$/, argument: (index) => `referenceImages[${index}]` },
  { field: /^reference_image(?:s|_urls)()$/, argument: () => "referenceImages" },
  { field: /^video_reference(?:_url)?()$/, argument: () => "videoReference" },
  { field: /^Idempotency-Key()$/i, argument: () => "idempotencyKey" },
];

/** @param field `reference_image2` is `referenceImages[1]`, `duration_seconds` is `durationSeconds` */
export function argumentOf(field: string): string {
  for (const { field: pattern, argument } of particular) {
    const [, index] = pattern.exec(field) ?? [];
    if (index !== undefined) return argument(index);
  }
  return field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** @param argument `durationSeconds` is `duration_seconds` */
export function fieldOf(argument: string): string {
  return argument.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** All problems in one line, each after the argument it is about. */
export function inArguments(problems: readonly FieldProblem[]): string {
  return problems.map(({ field, message }) => `${argumentOf(field)}: ${message}`).join(" ");
}

/**
 * The fields of wishes. What is no wish is sent all the same, so that it is refused by name: a typo must not silently cost
 * a default video.
 */
export function fieldsOf(wishes: Wishes): Readonly<Record<string, unknown>> {
  const known = Object.entries(wishes).filter(([, value]: [string, unknown]) => value !== undefined && value !== null);
  return Object.fromEntries(known.map(([argument, value]: [string, unknown]) => [fieldOf(argument), value]));
}
