/** Analyses to begin with; a test says only what matters to it. */
import type { ImageAnalysis, VideoAnalysis } from "../../src/analysis/schema.ts";

export function imageAnalysis(part: Partial<ImageAnalysis> = {}): ImageAnalysis {
  return {
    subject: "an emerald ring",
    product_kind: "engagement ring",
    materials: ["yellow gold", "emerald"],
    colours: [{ name: "green", hex: "#0a7a4b" }],
    light: "soft daylight from the left",
    background: "grey stone",
    composition: "centred",
    camera: "eye level, 85 mm",
    mood: "calm",
    legible_text: ["750"],
    must_not_change: ["four-prong setting"],
    ...part,
  };
}

export function videoAnalysis(part: Partial<VideoAnalysis> = {}): VideoAnalysis {
  return {
    summary: "A watch turns on a table.",
    camera_moves: ["slow orbit left", "push-in"],
    pace: "slow",
    transitions: ["none"],
    light: "warm lamp",
    beats: [{ start_seconds: 0, end_seconds: 4, what_happens: "the watch turns", camera: "orbit" }],
    ...part,
  };
}
