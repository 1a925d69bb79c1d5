/**
 * What can be asked for: the one place that knows. It mirrors the service's capability table and limits, and will be read
 * from `/veo31/capabilities` once that exists.
 */

/** @typedef {import("./types.js").TaskRequest} TaskRequest */

/**
 * @typedef {object} Offer
 * @property {number} durationMinimum seconds
 * @property {number} durationMaximum seconds
 * @property {readonly number[]} clipSeconds lengths of one clip made from pictures, seconds; it is delivered whole
 * @property {readonly TaskRequest["aspect_ratio"][]} aspectRatios
 * @property {Readonly<Record<TaskRequest["quality"], string>>} resolutions
 * @property {number} imagesMaximum
 * @property {number} imageBytesMaximum
 * @property {number} imagePixelsMaximum
 * @property {number} imageSideMaximum pixels
 * @property {number} videoBytesMaximum
 * @property {number} ownWordsMaximum characters, as JavaScript counts them
 */

/** @type {Offer} */
export const offer = {
  durationMinimum: 5,
  durationMaximum: 8,
  clipSeconds: [8],
  aspectRatios: ["16:9", "9:16"],
  resolutions: { high: "1080p", standard: "720p" },
  imagesMaximum: 3,
  imageBytesMaximum: 20_000_000,
  imagePixelsMaximum: 100_000_000,
  imageSideMaximum: 16_383,
  videoBytesMaximum: 100_000_000,
  ownWordsMaximum: 2_000,
};

/**
 * The length that is delivered for a length that is asked for.
 *
 * @param {number} asked seconds
 */
export function deliveredSeconds(asked) {
  return offer.clipSeconds.find((seconds) => seconds >= asked) ?? asked;
}
