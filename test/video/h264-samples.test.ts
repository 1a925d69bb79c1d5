/** Parameter sets among the samples are seen. */
import { expect, test } from "vitest";
import { hasParameterSets } from "../../src/video/h264/nal-unit.ts";

const slice = [0x65, 1, 2, 3];
const supplementalInformation = [0x06, 5, 0];
const sequenceParameterSet = [0x67, 100, 0, 31];
const pictureParameterSet = [0x68, 0xea];

test.each<[string, number[][], boolean]>([
  ["a slice alone", [slice], false],
  ["supplemental information and a slice", [supplementalInformation, slice], false],
  ["an SPS, a PPS and a slice", [sequenceParameterSet, pictureParameterSet, slice], true],
  ["a PPS after supplemental information", [supplementalInformation, pictureParameterSet, slice], true],
  ["nothing", [], false],
])("%s, whatever the size of the lengths", (_, nalUnits, expected) => {
  for (const lengthBytes of [1, 2, 4]) {
    const sample = nalUnits.flatMap((unit) => [...Array<number>(lengthBytes - 1).fill(0), unit.length, ...unit]);
    expect(hasParameterSets(Uint8Array.from(sample), lengthBytes)).toBe(expected);
  }
});

test("a length beyond the sample ends the look", () => {
  expect(hasParameterSets(Uint8Array.of(0, 0, 1, 0, 0x65, 0, 0, 0, 2, 0x67), 4)).toBe(false);
});
