/** `GET /veo31/capabilities` as a tool. */
import { z } from "zod";
import { type Capabilities, capabilitiesSchema } from "../../task/offer-view.ts";
import { askJson } from "../ask.ts";
import { readArguments } from "../read-arguments.ts";
import { dollars } from "../tell-money.ts";
import type { Tool } from "../tool.ts";

const input = z.strictObject({});

export const getCapabilities: Tool = {
  name: "get_capabilities",
  title: "What this service can do",
  description:
    "Tells what can be ordered here right now: lengths, aspect ratios, use cases, limits of references, which " +
    "models make which quality, whether they are available, and what a second costs. Free. Not needed before every " +
    "video: estimate_video tells the price of one.",
  input,
  output: capabilitiesSchema,
  annotations: { readOnlyHint: true, openWorldHint: false },
  async call(sent, { ask }) {
    readArguments(input, sent);
    const offer = await askJson(ask, { method: "GET", path: "/veo31/capabilities" }, capabilitiesSchema);
    return { words: tellOffer(offer), structured: offer };
  },
};

function tellOffer({ limits, missing, sandbox, ...offer }: Capabilities): string[] {
  const { images, duration_seconds: { minimum, maximum } } = limits;
  return [
    ...(sandbox ? ["This is a sandbox: videos are stand-ins, and nothing is really paid."] : []),
    ...(missing.length > 0 ? [`No video can be made before ${missing.join(" and ")} is set by the operator.`] : []),
    `Videos of ${minimum} to ${maximum} s, ${offer.aspect_ratios.join(", ")}, from ${images.minimum} to ` +
    `${images.maximum} pictures (${images.content_types.join(", ")}) ` +
    `${offer.takes_video ? "and, if wished, a reference video" : "without a reference video"}.`,
    ...Object.entries(offer.qualities).map(([quality, made]) => `Quality ${quality}: ${tellQuality(made)}`),
  ];
}

function tellQuality({ model, state, usd_per_second }: Capabilities["qualities"]["high"]): string {
  const prices = Object.entries(usd_per_second).map(([resolution, usd]) => `${dollars(usd)} a second at ${resolution}`);
  return `${model} (${state}), ${prices.join(", ")}.`;
}
