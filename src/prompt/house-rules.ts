/**
 * How each use case is filmed when nobody says otherwise. They show in the prompt word by word, so each is a direction.
 */
import type { UseCase } from "../use-case.ts";

export interface HouseRules {
  /** What kind of film it is; opens the prompt. */
  readonly intent: string;
  /** What happens when neither the user nor the model thinks of anything better. */
  readonly action: string;
  /** A move that a single take can go on from. */
  readonly camera: string;
  readonly lens: string;
  /** How the lens is used where one shot is the whole film; shots of a storyboard have viewpoints of their own. */
  readonly lensUse: string;
  readonly light: string;
  readonly pace: string;
  readonly setting: string;
  readonly sound: string;
  /** What can be heard through a cut: music would start anew in each shot, because each is made alone. */
  readonly ambience: string;
  /** Things, not commands: Veo reads "no walls" as walls. */
  readonly avoid: readonly string[];
}

export const houseRules: Readonly<Record<UseCase, HouseRules>> = {
  product_video: {
    intent: "A clear, honest product film that shows how the piece is built and how it works",
    action: "Light travels along the product's edges and its details come into view one by one",
    camera: "A slow quarter orbit at product height leads from the side round to the front",
    lens: "a 50 mm lens at f/5.6 that keeps the whole product sharp",
    lensUse: "",
    light: "A large soft key from the upper left, a white bounce opposite and one thin rim light draw every edge",
    pace: "Even and unhurried, one move and a still last second",
    setting: "A seamless light-grey sweep with a soft contact shadow",
    sound: "Quiet room tone, the small real sounds of the product, a restrained modern pulse beneath",
    ambience: "Quiet room tone and the small real sounds of the product",
    avoid: ["extra products", "cluttered props", "captions", "watermarks"],
  },
  hero_image: {
    intent: "A single iconic hero frame that has come to life",
    action: "The subject gathers the light and makes one single gesture",
    camera: "An almost still frame pushes in by a hand's breadth while the subject holds the centre",
    lens: "a 35 mm lens at f/2.8",
    lensUse: "low and close, with wide negative space for a headline",
    light: "One bold directional key, deep falloff behind and a bright separating edge make a graphic silhouette",
    pace: "Held breath: the frame is still at first and the one gesture lands past the middle",
    setting: "A bold plain backdrop in one colour taken from the subject, with a slow drift of haze",
    sound: "A low swell that opens into one clear, resonant hit, then air",
    ambience: "The deep, still air of a large empty room",
    avoid: ["busy backgrounds", "several subjects", "captions", "watermarks"],
  },
  gemstone_closeup: {
    intent: "An extreme macro study of a gemstone and the light inside it",
    action: "The stone turns a few degrees and its facets ignite one after another",
    camera: "A motorised macro slider creeps sideways a few millimetres as the stone turns slowly under it",
    lens: "a 100 mm macro lens at f/8",
    lensUse: "focus racked from the girdle to the table facet",
    light:
      "Small pin lights circle over black flags, so that facets flash one after another and spectral fire crosses " +
      "the pavilion",
    pace: "Very slow, measured by the glints: a new facet lights about every second",
    setting: "Deep black velvet that falls out of focus, a faint reflection under the stone",
    sound: "Near silence, a faint glassy shimmer at each glint, a soft sustained high tone",
    ambience: "Near silence, with a faint glassy shimmer at each glint",
    avoid: ["changed facet patterns", "plastic shine", "dust", "fingers", "captions", "watermarks"],
  },
  luxury_brand: {
    intent: "A restrained cinematic film for a luxury house, about craft and time",
    action: "The piece is slowly revealed, and light lingers on the marks of the hand that made it",
    camera: "A weightless dolly glides past foreground silk and discovers the piece, then drifts up along it",
    lens: "a 75 mm anamorphic prime at T2, with oval highlights and a creamy fall of focus",
    lensUse: "",
    light: "Warm low window light through sheer curtains, with amber highlights and shadows left rich",
    pace: "Slow and deliberate like breathing, each gesture allowed to end",
    setting: "Honed dark marble, brushed brass and heavy linen, early evening",
    sound: "A felt piano with a solo cello in a large quiet room, the rustle of fabric",
    ambience: "A large quiet room, with the rustle of fabric",
    avoid: ["fast moves", "harsh flash", "neon colours", "price tags", "captions", "watermarks"],
  },
  general: {
    intent: "A natural, well-observed short film of the subject",
    action: "The subject does what it is made for, simply and naturally",
    camera: "A steady eye-level camera moves gently forward",
    lens: "a 40 mm lens at f/4 with a natural perspective",
    lensUse: "",
    light: "Soft daylight from one side with gentle natural contrast",
    pace: "Calm and natural, with one clear beginning and end",
    setting: "A believable everyday place that suits the subject, kept simple",
    sound: "The natural sounds of the place",
    ambience: "The natural sounds of the place",
    avoid: ["sudden cuts", "warped shapes", "captions", "watermarks"],
  },
};
