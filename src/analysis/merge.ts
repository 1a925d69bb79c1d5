/** From the analyses of all references to one: what the pictures agree on, where they differ, what each adds. Pure. */
import { inQuotes } from "./lettering.ts";
import type { ImageAnalysis, MergedAnalysis, VideoAnalysis } from "./schema.ts";
import { bySupport, prevailing, sameness, type Supported } from "./support.ts";

const aspects = ["subject", "product_kind", "light", "background", "composition", "camera", "mood"] as const;

/**
 * Merges one to three picture analyses, in the order of the references, and the video's.
 *
 * A thing counts as shared when at least two pictures show it: a close-up of the stone does not disprove the gold of
 * the band. With one picture, everything it shows is shared.
 */
export function mergeAnalyses(images: readonly ImageAnalysis[], video: VideoAnalysis | null): MergedAnalysis {
  const materials = bySupport(images.map((image) => image.materials), sameness);
  const colours = bySupport(images.map((image) => image.colours), ({ name }) => sameness(name));
  // Lettering is compared letter by letter: "VVS1" and "vvs1" are two readings, and case is part of a label.
  const texts = bySupport(images.map((image) => image.legible_text), (text) => text.trim());
  const details = bySupport(images.map((image) => image.must_not_change), sameness);
  const isShared = ({ pictures }: Supported<unknown>) => pictures.length >= Math.min(2, images.length);
  return {
    subject: prevailing(images.map((image) => image.subject)),
    product_kind: prevailing(images.map((image) => image.product_kind)),
    shared: {
      materials: valuesOf(materials.filter(isShared)),
      colours: valuesOf(colours.filter(isShared)),
      legible_text: valuesOf(texts),
    },
    differences: differencesOf(images),
    additions: images.map((image, picture) => ({
      image: picture + 1,
      role: [image.subject, image.camera].map((text) => text.trim()).filter((text) => text).join(", "),
      adds: images.length === 1 ? [] : [
        ...onlyIn(picture, materials),
        ...onlyIn(picture, colours).map(({ name }) => name),
        ...onlyIn(picture, texts).map((text) => `the lettering ${inQuotes(text)}`),
        ...onlyIn(picture, details),
      ],
    })),
    light: prevailing(images.map((image) => image.light)),
    background: prevailing(images.map((image) => image.background)),
    mood: prevailing(images.map((image) => image.mood)),
    must_not_change: valuesOf(details),
    motion: video && {
      camera_moves: video.camera_moves,
      pace: video.pace,
      transitions: video.transitions,
      light: video.light,
      beats: video.beats,
    },
  };
}

/** The aspects in which the pictures do not say the same, each with every picture's own word. */
function differencesOf(images: readonly ImageAnalysis[]): MergedAnalysis["differences"] {
  return aspects.flatMap((aspect) => {
    const values = images.flatMap((image, picture) => {
      const value = image[aspect].trim();
      return value ? [{ image: picture + 1, value }] : [];
    });
    const distinct = new Set(values.map(({ value }) => sameness(value)));
    return distinct.size > 1 ? [{ aspect, values }] : [];
  });
}

function onlyIn<Value>(picture: number, supported: readonly Supported<Value>[]): Value[] {
  return valuesOf(supported.filter(({ pictures }) => pictures.length === 1 && pictures[0] === picture));
}

function valuesOf<Value>(supported: readonly Supported<Value>[]): Value[] {
  return supported.map(({ value }) => value);
}
