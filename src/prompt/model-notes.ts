/**
 * How each family of models wants to be spoken to. Sources: Google's prompt guides of Veo 3.1 (March 2026) and of Gemini
 * Omni Flash (September 2026).
 */
import type { PromptStyle } from "../veo/capabilities.ts";

export interface ModelNotes {
  /** What the model is called where a prompt is ordered. */
  readonly name: string;
  /** One shot of so many seconds. Omni cuts by itself unless it is told not to. */
  oneShot(seconds: number, frame: string): string;
  /** An extension of so many seconds. */
  goesOn(seconds: number, frame: string): string;
  /** A stretch of the clip, whole seconds from its beginning. */
  timeSpan(from: number, to: number): string;
  /** The name of a reference picture, counted from 1, as the model knows it. */
  picture(position: number): string;
  /** What must not be seen or heard, as the model is told it. */
  avoid(things: readonly string[]): string;
}

export const modelNotes: Readonly<Record<PromptStyle, ModelNotes>> = {
  veo: {
    name: "Google's Veo 3.1",
    oneShot: (seconds, frame) => `one continuous ${seconds}-second shot framed for ${frame}, no cuts`,
    goesOn: (seconds, frame) =>
      `the same take goes on for ${seconds} more seconds framed for ${frame}, unbroken, no cuts`,
    timeSpan: (from, to) => `[00:${twoDigits(from)}-00:${twoDigits(to)}]`,
    picture: (position) => `Reference picture ${position}`,
    avoid: (things) => `Avoid: ${things.join(", ")}`,
  },
  omni: {
    name: "Google's Gemini Omni Flash",
    oneShot: (seconds, frame) => `a single continuous shot of ${seconds} seconds framed for ${frame}, no scene cuts`,
    goesOn: (seconds, frame) =>
      `the same single continuous shot goes on for ${seconds} more seconds framed for ${frame}, no scene cuts`,
    timeSpan: (from, to) => `[${from}-${to}s]`,
    // The adapter says which attachment the tag stands for (`veo/omni-request.ts`); tags are counted from 0.
    picture: (position) => `<IMAGE_REF_${position - 1}>`,
    // There is no field for it, so it is a sentence of its own.
    avoid: (things) => things.map((thing) => `no ${thing}`).join(", "),
  },
};

function twoDigits(seconds: number): string {
  return String(seconds).padStart(2, "0");
}
