import { expect, test } from "vitest";
import { isUnsatisfiable, parseRange } from "../../src/video/range.ts";

test.each([
  ["bytes=0-0", { offset: 0, length: 1 }],
  ["bytes=10-19", { offset: 10, length: 10 }],
  ["bytes=10-", { offset: 10 }],
  ["bytes=-5", { suffix: 5 }],
  ["bytes=-", null],
  ["bytes=5-4", null],
  ["bytes=0-1,4-5", null],
  ["lines=0-1", null],
  [undefined, null],
  ["BYTES=0-1", { offset: 0, length: 2 }],
])("the range %s is read as %o", (header, range) => {
  expect(parseRange(header)).toEqual(range);
});

test.each([
  [{ offset: 100 }, true],
  [{ offset: 99 }, false],
  [{ suffix: 0 }, true],
  [{ suffix: 500 }, false],
])("of a file of 100 bytes the range %o cannot be sent: %s", (range, answer) => {
  expect(isUnsatisfiable(range, 100)).toBe(answer);
});
