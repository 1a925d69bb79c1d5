/**
 * The order of the files of tests: as usual, but those that look at what all others left come last. What must not get out
 * is looked for at the very end.
 */
import { BaseSequencer, type TestSpecification } from "vitest/node";

const lastPlaces = ["/test/description/", "/test/description/answers-are-as-described", "/test/secrecy/"];

export class SecrecyComesLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const placeOf = ({ moduleId }: TestSpecification) => lastPlaces.findLastIndex((place) => moduleId.includes(place));
    return sorted.sort((one, other) => placeOf(one) - placeOf(other));
  }
}
