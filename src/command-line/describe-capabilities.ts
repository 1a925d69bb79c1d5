/** What can be made now, in words. Pure. */
import type { Capabilities } from "../client/index.ts";
import { writtenBytes, writtenUsd } from "./written.ts";

type Offer = Capabilities["qualities"]["high"];

/** @returns each a line */
export function describeCapabilities(capabilities: Capabilities): string[] {
  const { sandbox, missing, analyst, takes_video, limits, qualities } = capabilities;
  const { images, video, duration_seconds } = limits;
  return [
    ...(sandbox ? ["A sandbox: its videos are stand-ins, and nothing is paid."] : []),
    ...(missing.length > 0 ? [`Missing, so that no video can be made: ${missing.join(", ")}`] : []),
    ...Object.entries(qualities).map(([quality, offer]) => `${quality.padEnd(column)}${describeOffer(offer)}`),
    row("lengths", `${duration_seconds.minimum} to ${duration_seconds.maximum} s`),
    row("ratios", capabilities.aspect_ratios.join(", ")),
    row("use cases", capabilities.use_cases.join(", ")),
    row(
      "pictures",
      `${images.minimum} to ${images.maximum}, ${kinds(images.content_types)}, ${
        writtenBytes(images.bytes_maximum)
      } at most`,
    ),
    row(
      "video",
      takes_video ? `${kinds(video.content_types)}, ${writtenBytes(video.bytes_maximum)} at most` : "not taken",
    ),
    row("analyst", analyst ?? "none"),
  ];
}

const column = 10;

function row(name: string, value: string): string {
  return `${name.padEnd(column)}${value}`;
}

function describeOffer(offer: Offer): string {
  const { model, provider, state, replaces, resolution, clip_seconds, single_take, usd_per_second, prices_as_of } =
    offer;
  const price = usd_per_second[resolution];
  return [
    `${model} (${provider})${state === "retired" ? ", retired" : ""}${
      replaces === null ? "" : ` in place of ${replaces}`
    }`,
    `${resolution}, clips of ${clip_seconds.join("/")} s`,
    single_take ? `one take up to ${single_take.seconds_maximum} s (${single_take.resolution})` : "no longer take",
    ...(price === undefined ? [] : [`${writtenUsd(price)} a second (${prices_as_of})`]),
  ].join("; ");
}

/** `image/jpeg` → `jpeg` */
function kinds(contentTypes: readonly string[]): string {
  return contentTypes.map((type) => type.slice(type.indexOf("/") + 1)).join(", ");
}
