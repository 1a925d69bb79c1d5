/**
 * What a model says about a reference, bounded and cleaned before anything is done with it: a picture can be made to have
 * it say anything. Lettering stays letter by letter, as data; everything else is a plain phrase of one line. Pure.
 */
import { balanced, runsOf, withRunsQuoted } from "./lettering.ts";
import type { ImageAnalysis, VideoAnalysis } from "./schema.ts";
import { watchedSecondsMaximum } from "./video-limits.ts";
import { inPieces, oneLine, plain } from "./visible-text.ts";

/** Characters of a description: asked for are short phrases; two sentences still fit. */
export const phraseCharactersMaximum = 300;
/** Characters of an item of a list: a detail, a material, a move. */
export const itemCharactersMaximum = 160;
/** Longer lettering is small print, and goes on in the next piece. */
export const letteringCharactersMaximum = 200;
/** Both sides of a packet with its small print. */
export const letteringPiecesMaximum = 24;
/** More than anybody tells of one picture or video. */
export const listLengthMaximum = 16;

export function cleanImageAnalysis(analysis: ImageAnalysis): ImageAnalysis {
  const legible_text = cleanLettering(analysis.legible_text);
  const runs = runsOf(legible_text);
  const told = (text: string, maximum: number) => withRunsQuoted(balanced(plain(text, maximum)), runs);
  const phrase = (text: string) => told(text, phraseCharactersMaximum);
  const items = (texts: readonly string[]) => cleanList(texts, (text) => told(text, itemCharactersMaximum));
  return {
    subject: phrase(analysis.subject),
    product_kind: told(analysis.product_kind, itemCharactersMaximum),
    materials: items(analysis.materials),
    colours: analysis.colours.slice(0, listLengthMaximum).map(({ name, hex }) => ({
      name: told(name, itemCharactersMaximum),
      hex: /^#[0-9a-f]{6}$/i.test(hex) ? hex : "",
    })),
    light: phrase(analysis.light),
    background: phrase(analysis.background),
    composition: phrase(analysis.composition),
    camera: phrase(analysis.camera),
    mood: phrase(analysis.mood),
    legible_text,
    must_not_change: items(analysis.must_not_change),
  };
}

export function cleanVideoAnalysis(analysis: VideoAnalysis): VideoAnalysis {
  const phrase = (text: string) => balanced(plain(text, phraseCharactersMaximum));
  const item = (text: string) => balanced(plain(text, itemCharactersMaximum));
  return {
    summary: phrase(analysis.summary),
    camera_moves: cleanList(analysis.camera_moves, item),
    pace: analysis.pace,
    transitions: cleanList(analysis.transitions, item),
    light: phrase(analysis.light),
    beats: analysis.beats.slice(0, listLengthMaximum).map(({ start_seconds, end_seconds, what_happens, camera }) => ({
      start_seconds: withinWatched(start_seconds),
      end_seconds: withinWatched(end_seconds),
      what_happens: phrase(what_happens),
      camera: item(camera),
    })),
  };
}

function cleanLettering(texts: readonly string[]): string[] {
  // What comes later cannot get in, so it is not read either.
  const room = letteringPiecesMaximum * letteringCharactersMaximum;
  return texts.slice(0, letteringPiecesMaximum)
    .flatMap((text) => inPieces(oneLine(text.slice(0, room)), letteringCharactersMaximum))
    .slice(0, letteringPiecesMaximum);
}

function cleanList(texts: readonly string[], clean: (text: string) => string): string[] {
  return texts.slice(0, listLengthMaximum).map(clean).filter((text) => text);
}

function withinWatched(seconds: number): number {
  return Math.min(Math.max(seconds, 0), watchedSecondsMaximum);
}
