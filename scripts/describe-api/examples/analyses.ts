/** What is learned from a picture and a video, in the examples. */
import type { ImageAnalysis, MergedAnalysis, VideoAnalysis } from "../../../src/analysis/schema.ts";

const gold = { name: "warm gold", hex: "#d4a64a" };
const green = { name: "deep green", hex: "#0b6b46" };

export const imageAnalysis: ImageAnalysis = {
  subject: "a gold ring with an emerald-cut emerald",
  product_kind: "engagement ring",
  materials: ["polished yellow gold", "emerald"],
  colours: [gold, green],
  light: "soft daylight from the upper left",
  background: "black velvet",
  composition: "the ring in the middle, standing upright",
  camera: "eye level, close, long lens, shallow depth of field",
  mood: "calm and precious",
  legible_text: ["750"],
  must_not_change: ["four claws hold the stone"],
};

const motion = {
  camera_moves: ["slow orbit to the right"],
  pace: "slow" as const,
  transitions: ["none"],
  light: "constant and soft",
  beats: [{ start_seconds: 0, end_seconds: 6, what_happens: "the stone catches the light", camera: "slow orbit" }],
};

export const videoAnalysis: VideoAnalysis = { summary: "A ring turns slowly on velvet.", ...motion };

export const mergedAnalysis: MergedAnalysis = {
  subject: imageAnalysis.subject,
  product_kind: imageAnalysis.product_kind,
  shared: { materials: imageAnalysis.materials, colours: [gold, green], legible_text: ["750"] },
  differences: [{
    aspect: "camera",
    values: [{ image: 1, value: "from the front" }, { image: 2, value: "from above" }],
  }],
  additions: [{ image: 2, role: "the stone from above", adds: ["the step-cut facets"] }],
  light: imageAnalysis.light,
  background: imageAnalysis.background,
  mood: imageAnalysis.mood,
  must_not_change: imageAnalysis.must_not_change,
  motion,
};
