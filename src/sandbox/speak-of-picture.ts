/**
 * What the stand-in says of a picture. Its pixels are not looked at, so it names what it knows (kind, size, weight),
 * draws the rest from a few plausible words by the file's own bytes, and says that it is the sandbox's reading.
 *
 * A JPEG's comment can give it words to read on the subject: `lettering: …`. There the stand-in is as gullible as a model
 * at its worst: it repeats them wherever it describes, as if they were its own.
 */
import type { Speaker } from "./invent.ts";
import type { Picture } from "./picture.ts";

/** Words to draw from, by the property they suit. */
const words = new Map<string, readonly string[]>(Object.entries({
  light: [
    "soft daylight from the left, neutral in colour",
    "one large soft lamp above, a little warm",
    "even studio light with a cool rim from behind",
  ],
  composition: ["centred with room on all sides", "a little to the right of the middle", "close, filling the frame"],
  camera: [
    "eye level, 85 mm, shallow depth of field",
    "slightly from above, 50 mm, all of it sharp",
    "low angle, 100 mm macro, soft background",
  ],
  mood: ["calm and precise", "warm and quiet", "bright and fresh"],
}));

const palette = [
  { name: "emerald", hex: "#1f8f63" },
  { name: "warm gold", hex: "#c9a15b" },
  { name: "paper white", hex: "#f2efe8" },
  { name: "slate", hex: "#4b5661" },
  { name: "rose", hex: "#c98b86" },
  { name: "deep blue", hex: "#1f3b66" },
  { name: "sand", hex: "#d8c7a6" },
  { name: "graphite", hex: "#23272b" },
];

/**
 * @param picture null when only the address of the picture was given
 * @param hash of the file, so that the same picture always reads the same
 */
export function speakOfPicture(picture: Picture | null, hash: number): Speaker {
  const kind = picture ? picture.contentType.replace("image/", "").toUpperCase() : "linked";
  const size = picture?.size ? `${picture.size.width}×${picture.size.height} ` : "";
  // Programs write comments of their own into pictures; those are not read.
  const [, written] = /^lettering: ([^]*)$/.exec(picture?.comment ?? "") ?? [];
  const lettering = written ? [written] : [];
  const repeated = lettering.map((text) => `, ${text}`).join("");
  const sayings: Record<string, unknown> = {
    subject: `sandbox reading of a ${size}${kind} picture${repeated}`,
    product_kind: "product (the sandbox does not look at pixels)",
    materials: ["polished metal", "clear stone"],
    colours: [0, 3, 5].map((step) => palette[(hash + step) % palette.length]),
    background: "plain and light",
    legible_text: lettering,
    must_not_change: ["the shape of the product", "its proportions and colours", ...lettering],
  };
  return (name, schema) => {
    if (schema.enum) return schema.enum[hash % schema.enum.length];
    const choices = words.get(name);
    return choices ? choices[Math.floor(hash / 7) % choices.length] : sayings[name];
  };
}
