/** What stands in an address where an id belongs, and is none. */
import fc, { type Arbitrary } from "fast-check";

const hexDigits = fc.constantFrom(..."0123456789abcdef");
const hexOf = (length: number) => fc.string({ unit: hexDigits, minLength: length, maxLength: length });

const nearly = fc.oneof(
  fc.constantFrom(1, 16, 31, 33, 64, 4_000).chain(hexOf),
  hexOf(32).filter((id) => /[a-f]/.test(id)).map((id) => id.toUpperCase()),
  hexOf(31).chain((id) => fc.constantFrom("g", "-", " ", "\0", "а", "０", ".", "\n", "😀").map((odd) => id + odd)),
  hexOf(32).chain((id) =>
    fc.constantFrom(".json", "%00", "%0a", ";a=1", "%2f", "/", "%20", ",", "|").map((odd) => id + odd)
  ),
);

const travelling = fc.array(
  fc.constantFrom("..", ".", "%2e%2e", "..%2f", "%2e%2e%5c", "etc", "passwd", "%252e%252e", "media"),
  {
    minLength: 1,
    maxLength: 6,
  },
).map((steps) => steps.join("/"));

const misspelled = fc.constantFrom(
  "%",
  "%2",
  "%zz",
  "%c0%ae",
  "%ff",
  "%ed%a0%80",
  "%u0041",
  "%25%32%65",
  "%F0%9F",
  "%00".repeat(40),
);

const anyText = fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: "grapheme", maxLength: 40 })).map((text) =>
  text.toWellFormed()
);

/** As it stands in an address; it may hold slashes and question marks. */
export const noId: Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: nearly },
  travelling,
  misspelled,
  anyText,
  anyText.map(encodeURIComponent),
  anyText.map((text) => encodeURIComponent(encodeURIComponent(text))),
  fc.constantFrom(
    "null",
    "undefined",
    "true",
    "0",
    "-1",
    "__proto__",
    "constructor",
    "*",
    "events",
    "{task_id}",
    ":task_id",
    "'",
  ),
  fc.integer({ min: 1_000, max: 30_000 }).map((length) => "a".repeat(length)),
);

/** One that could be somebody's, and is nobody's. */
export const idOfNothing: Arbitrary<string> = hexOf(32);
