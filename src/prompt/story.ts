/**
 * The small story that a video tells when nobody thinks of a better one: an opening, details, a closing frame. It is
 * given to the model as the house's suggestion, and stands in for what the model leaves blank. Nothing here names a
 * kind of product, and no two shots move alike.
 */
import type { UseCase } from "../use-case.ts";
import { houseRules } from "./house-rules.ts";
import { isSingleTake, type PromptOrder } from "./order.ts";

/** How one shot is filmed. */
export interface ShotIdea {
  readonly action: string;
  readonly camera: string;
  readonly pace: string;
  readonly sound: string;
}

export interface StoryPart extends ShotIdea {
  readonly part: "whole film" | "opening" | "detail" | "closing";
}

/** Shots that are cut together: each has a viewpoint of its own. */
const cutDetails: readonly ShotIdea[] = [
  {
    action: "Highlights travel over the material and bring out its texture and finish",
    camera: "A close-up glides slowly sideways along the surface",
    pace: "One even, unhurried glide",
    sound: "A fine, close brushing sound follows the passing light.",
  },
  {
    action: "The profile stands out against the background, edge by edge",
    camera: "A side view at the subject's own height follows a short, slow arc",
    pace: "Unhurried, with a breath before the arc begins",
    sound: "The air of the place is clear and near.",
  },
  {
    action: "One fine detail after another comes into focus",
    camera: "A very close, still view lets the focus travel from the near edge to the far edge",
    pace: "Patient, at the speed of a careful look",
    sound: "Almost nothing is heard but one small, clear tick.",
  },
  {
    action: "The whole outline shows while its shadow lies softly beside it",
    camera: "A view from above sinks slowly towards the subject",
    pace: "Smooth and weightless",
    sound: "A low, soft movement of air passes.",
  },
  {
    action: "The subject turns by a few degrees and shows the light a new side",
    camera: "A locked-off three-quarter view",
    pace: "Still at first, then one slow turn",
    sound: "A faint, smooth sound accompanies the turn.",
  },
  {
    action: "Height and proportions unfold from the base to the top",
    camera: "A low close-up rises slowly along the subject",
    pace: "Steady, like a curtain that goes up",
    sound: "The air of the place rises gently.",
  },
  {
    action: "The details gather into the whole subject",
    camera: "A tight frame eases back slowly until everything is in view",
    pace: "Slow, opening outwards",
    sound: "The place grows audible around the subject.",
  },
];

const cutClosing: ShotIdea = {
  action: "The whole subject stands in its best light and settles into a quiet, complete picture",
  camera: "A centred view at eye level drifts in a little and comes to rest with room around the subject",
  pace: "Slower and slower until everything is still",
  sound: "The last small sound fades into quiet air.",
};

/** One unbroken take: each part is the next stretch of the same move. */
const takeDetails: readonly ShotIdea[] = [
  {
    action: "Highlights run on over the material and bring out its texture",
    camera: "The camera glides on in the same direction and comes closer to the surface",
    pace: "One even speed, without a pause",
    sound: "Quiet air, close to the surface.",
  },
  {
    action: "The profile comes into view, edge by edge",
    camera: "The camera arcs on around the side at the same height",
    pace: "Even and weightless",
    sound: "The air of the place moves along softly.",
  },
  {
    action: "The upper side opens up to the light",
    camera: "The camera climbs steadily until it looks down a little",
    pace: "A slow, steady climb",
    sound: "The room above becomes audible, wide and calm.",
  },
  {
    action: "Reflections slide down along the subject's lines",
    camera: "The camera sinks back to the subject's own height",
    pace: "Soft and unbroken, a little slower",
    sound: "A low, soft movement of air comes closer.",
  },
  {
    action: "The contour passes slowly through the frame",
    camera: "The camera drifts along the subject from one end to the other",
    pace: "A long, level drift",
    sound: "A fine, close brushing sound follows the contour.",
  },
  {
    action: "Every small line of it comes into view",
    camera: "The camera moves in until one fine detail fills the frame",
    pace: "Patient, at the speed of a careful look",
    sound: "Almost nothing is heard but one small, clear tick.",
  },
  {
    action: "The details gather into the whole subject",
    camera: "The camera eases back until everything is in view",
    pace: "Slow, opening outwards",
    sound: "The place grows audible around the subject.",
  },
];

const takeClosing: ShotIdea = {
  action: "The whole subject stands in its best light and everything settles",
  camera: "The camera glides to a centred view at eye level and comes to rest",
  pace: "Slower and slower until everything is still",
  sound: "The last small sound fades into quiet air.",
};

/** @returns one part for each segment of the order, in the same order */
export function storyOf(order: PromptOrder): StoryPart[] {
  const count = order.segments.length;
  const opening = openingOf(order.useCase);
  if (count === 1) {
    const { pace, sound } = houseRules[order.useCase];
    return [{ ...opening, part: "whole film", pace, sound }];
  }
  const [details, closing] = isSingleTake(order) ? [takeDetails, takeClosing] : [cutDetails, cutClosing];
  return order.segments.map((_, index) => {
    if (index === 0) return { ...opening, part: "opening" };
    const detail = index === count - 1 ? undefined : details[(index - 1) % details.length];
    return detail ? { ...detail, part: "detail" } : { ...closing, part: "closing" };
  });
}

function openingOf(useCase: UseCase): ShotIdea {
  const { action, camera } = houseRules[useCase];
  return {
    ...{ action, camera },
    pace: "Calm and even from the first moment",
    sound: "A first small sound opens the scene.",
  };
}
