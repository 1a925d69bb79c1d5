/** The order of the files of tests: as usual, but the one that looks at what all others left comes last. */
import { BaseSequencer, type TestSpecification } from "vitest/node";

export class SecrecyComesLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLast = ({ moduleId }: TestSpecification) => moduleId.includes("/test/secrecy/");
    return [...sorted.filter((file) => !isLast(file)), ...sorted.filter(isLast)];
  }
}
