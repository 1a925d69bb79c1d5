/**
 * What is learned from the references: zod first, types inferred. The same schemas make the strict structured output
 * that is asked of OpenAI and Gemini, so every property is required and empty lists or null stand for "not there".
 */
import { z } from "zod";

export const imageAnalysisSchema = z.object({
  subject: z.string().describe("What the picture shows, one noun phrase"),
  product_kind: z.string().describe("The kind of product, for example 'engagement ring'; empty if there is none"),
  materials: z.array(z.string()).describe("Materials and finishes that are visible"),
  colours: z.array(z.object({
    name: z.string(),
    hex: z.string().describe("#rrggbb"),
  })).describe("Dominant colours, strongest first"),
  light: z.string().describe("Direction, hardness and colour of the light"),
  background: z.string(),
  composition: z.string(),
  camera: z.string().describe("Angle, distance, lens and depth of field"),
  mood: z.string(),
  legible_text: z.array(z.string()).describe("Text on the product exactly as written: labels, engravings, hallmarks"),
  must_not_change: z.array(z.string()).describe("Details that make it this product and no other"),
});

export const beatSchema = z.object({
  start_seconds: z.number(),
  end_seconds: z.number(),
  what_happens: z.string(),
  camera: z.string(),
});

export const videoAnalysisSchema = z.object({
  summary: z.string(),
  camera_moves: z.array(z.string()),
  pace: z.enum(["slow", "moderate", "fast"]),
  transitions: z.array(z.string()),
  light: z.string(),
  beats: z.array(beatSchema).describe("What happens when, in order, seconds from the start"),
});

export const mergedAnalysisSchema = z.object({
  subject: z.string(),
  product_kind: z.string(),
  /** What the pictures agree on: at least two of them, or the only one; best supported first. */
  shared: z.object({
    materials: z.array(z.string()),
    colours: z.array(z.object({ name: z.string(), hex: z.string() })),
    /** The lettering of all pictures, letter by letter: what only one shows must be kept as well. */
    legible_text: z.array(z.string()),
  }),
  /** Where they differ, by aspect, with each picture's own value. */
  differences: z.array(z.object({
    aspect: z.enum(["subject", "product_kind", "light", "background", "composition", "camera", "mood"]),
    values: z.array(z.object({ image: z.number().int().positive(), value: z.string() })),
  })),
  /** What each picture adds that the others do not have. `image` counts from 1, in the order of the references. */
  additions: z.array(z.object({
    image: z.number().int().positive(),
    role: z.string(),
    adds: z.array(z.string()),
  })),
  light: z.string(),
  background: z.string(),
  mood: z.string(),
  must_not_change: z.array(z.string()),
  /** What the reference video gives; null without one. */
  motion: z.object({
    camera_moves: z.array(z.string()),
    pace: z.enum(["slow", "moderate", "fast"]),
    transitions: z.array(z.string()),
    light: z.string(),
    beats: z.array(beatSchema),
  }).nullable(),
});

export type ImageAnalysis = z.infer<typeof imageAnalysisSchema>;
export type VideoAnalysis = z.infer<typeof videoAnalysisSchema>;
export type MergedAnalysis = z.infer<typeof mergedAnalysisSchema>;
