/** Making sentences of the phrases that models and house rules give. Pure. */
import { sameness } from "../analysis/support.ts";
import type { Sentence } from "./budget.ts";

/** One sentence with its capital and its full stop, or none for a blank text. */
export function said(text: string, dispensable: number): Sentence[] {
  const sentence = finished(text);
  return sentence ? [{ text: sentence, dispensable }] : [];
}

/** A text with its capital and its full stop; blank stays blank. */
export function finished(text: string): string {
  const trimmed = text.trim().replace(/^[a-z]/, (letter) => letter.toUpperCase());
  return !trimmed || /[.!?…]["”»]?$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** `label: one; two`, or nothing when all items are blank. */
export function listed(label: string, items: readonly string[]): string {
  const phrases = items.map((item) => item.trim().replace(/\.$/, "")).filter((item) => item);
  return phrases.length > 0 ? `${label}: ${phrases.join("; ")}` : "";
}

/** `label: text`; a text that begins with the label, or is blank, stays as it is. */
export function labelled(label: string, text: string): string {
  return text.trim() && !sameness(text).startsWith(sameness(label)) ? `${label}: ${text.trim()}` : text;
}

/** Whether a model only repeated what the house rules say anyway. */
export function repeats(text: string, rule: string): boolean {
  return withoutStop(text) === withoutStop(rule);
}

function withoutStop(text: string): string {
  return sameness(text).replace(/\.$/, "");
}

/**
 * The text with brackets that look like those of tags and are none: `<IMAGE_REF_1>` and `[# References …]` are how Gemini
 * Omni is told which attachment is what, and only we tell it.
 */
export function untagged(text: string): string {
  return text.replace(/<([a-z/!|][^<>]*)>/gi, "‹$1›").replace(/\[(?=\s*#)/g, "(");
}
