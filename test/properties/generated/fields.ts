/** Fields of a request: some that are right, and some that are certainly not. */
import fc, { type Arbitrary } from "fast-check";

/** A field with the texts it is sent with, one after the other. */
export interface Field {
  readonly name: string;
  readonly values: readonly string[];
}

const choices: Readonly<Record<string, readonly string[]>> = {
  use_case: ["product_video", "hero_image", "gemstone_closeup", "luxury_brand", "general"],
  aspect_ratio: ["16:9", "9:16", "1:1"],
  quality: ["high", "standard"],
  structure: ["shots", "single_take"],
  review: ["true", "false"],
};

/** All names of the contract, and some that may come to mean something. */
const names = [
  ...Object.keys(choices),
  ...["duration_seconds", "additional_prompt", "callback_url"],
  ...["reference_image1", "reference_image2", "reference_image3", "video_reference"],
  ...["reference_image_urls", "video_reference_url"],
];

/** Longer ones are refused without being named. */
const nameMaximum = 100;

const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ maxLength: 40 }),
);

/** What is often typed, pasted or tried. */
const oddTexts = fc.constantFrom(
  ...[
    "null",
    "undefined",
    "NaN",
    "Infinity",
    "-0",
    "1e3",
    "0x10",
    "true ",
    "TRUE",
    "yes",
    "on",
    "[]",
    "{}",
    "\0",
    "\ufeff",
  ],
  ...[
    "' or 1=1--",
    "<script>alert(1)</script>",
    "${7*7}",
    "{{7*7}}",
    "../../etc/passwd",
    "%00",
    "\u202egpj.exe",
    "😀".repeat(9),
  ],
  ...[
    "high,standard",
    "high;standard",
    "High",
    "HIGH",
    "high\n",
    "16/9",
    "16：9",
    "16:9:1",
    "1：1",
    "__proto__",
    "constructor",
  ],
);

/** A byte order mark in front is no part of a text. */
const wellFormed = (text: string) => text.toWellFormed().replace(/^\ufeff+/, "");

function notOf(values: readonly string[]): Arbitrary<string> {
  const near = fc.constantFrom(...values).chain((value) =>
    fc.constantFrom(value.toUpperCase(), `${value}x`, value.slice(1), `${value}\n`, `${value},${value}`, `"${value}"`)
  );
  return fc.oneof(anyText, oddTexts, near).map(wellFormed).filter((text) => text !== "" && !values.includes(text));
}

const wrongChoice: Arbitrary<Field> = fc.constantFrom(...Object.entries(choices)).chain(([name, values]) =>
  notOf(values).map((value) => ({ name, values: [value] }))
);

const wrongNumber = fc.oneof(
  fc.oneof(fc.integer({ max: 4 }), fc.integer({ min: 61 })).map(String),
  fc.bigInt({ min: 61n, max: 10n ** 400n }).map(String),
  fc.double({ noNaN: true }).filter((value) => !Number.isInteger(value)).map(String),
  fc.integer({ min: 5, max: 60 }).chain((value) =>
    fc.constantFrom(
      `+${value}`,
      `-${value}`,
      `${value}.5`,
      `${value}s`,
      `${value},0`,
      `0x${value}`,
      `${value}e0`,
      `#${value}`,
    )
  ),
  fc.constantFrom("٨", "８", "Ⅷ", "⑧", "eight", "8\u00008", "1_0"),
  fc.oneof(anyText, oddTexts).map(wellFormed).filter((text) => text !== "" && !/^\s*[\d.]+\s*$/.test(text)),
);

const wrongDuration: Arbitrary<Field> = wrongNumber.map((value) => ({ name: "duration_seconds", values: [value] }));

/** Longer than two thousand however characters are counted, and line ends as a form sends them. */
const wrongPrompt: Arbitrary<Field> = fc.tuple(
  fc.constantFrom("x", "é", "漢", "👩‍👩‍👧", "\u0000", "\r\n", "a\u0301", " . "),
  fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 2_001, max: 2_100 }) }, {
    weight: 1,
    arbitrary: fc.constant(19_000),
  }),
).map(([unit, times]) => ({
  name: "additional_prompt",
  values: [unit.repeat(unit.length > 2 ? Math.min(times, 2_500) : times)],
}));

const sentTwice: Arbitrary<Field> = fc.constantFrom(...Object.entries(choices)).chain(([name, values]) =>
  fc.array(fc.constantFrom(...values), { minLength: 2, maxLength: 5 }).map((several) => ({ name, values: several }))
);

const nearlyKnown = fc.constantFrom(...names).chain((name) =>
  fc.oneof(
    fc.nat({ max: name.length - 1 }).map((at) => name.slice(0, at) + name.slice(at + 1)),
    fc.nat({ max: name.length }).map((at) => `${name.slice(0, at)}_${name.slice(at)}`),
    fc.constantFrom(
      name.toUpperCase(),
      `${name} `,
      ` ${name}`,
      `${name}[]`,
      `${name}[0]`,
      `${name}\0`,
      `${name}4`,
      `${name}.x`,
    ),
  )
);

const oddNames = fc.constantFrom(
  ...[
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "then",
    "toJSON",
    "length",
    "0",
    "-1",
  ],
  ...["task_id", "api_key", "owner", "sandbox", "prompt", "prompts", "seed", "_charset_", "isindex", "model", "image"],
);

/** A name that no route knows. @param isSendable what can stand in the kind of body */
export function unknownName(isSendable: (name: string) => boolean): Arbitrary<string> {
  return fc.oneof(nearlyKnown, oddNames, anyText).map(wellFormed).filter((name) =>
    name !== "" && name.length <= nameMaximum && !names.includes(name) && isSendable(name)
  );
}

export const rightField: Arbitrary<Field> = fc.oneof(
  fc.constantFrom(...Object.entries(choices)).chain(([name, values]) =>
    fc.constantFrom(...values, "").map((value) => ({ name, values: [value] }))
  ),
  fc.integer({ min: 5, max: 60 }).map((value) => ({ name: "duration_seconds", values: [String(value)] })),
  anyText.map((value) => ({ name: "additional_prompt", values: [wellFormed(value)] })),
);

/** Exactly one thing is wrong with it, whatever the body. */
export function wrongField(isSendable: (name: string) => boolean = () => true): Arbitrary<Field> {
  return fc.oneof(
    { weight: 3, arbitrary: wrongChoice },
    { weight: 3, arbitrary: wrongDuration },
    { weight: 1, arbitrary: wrongPrompt },
    {
      weight: 3,
      arbitrary: fc.tuple(unknownName(isSendable), fc.oneof(anyText.map(wellFormed), oddTexts)).map((
        [name, value],
      ) => ({
        name,
        values: [value],
      })),
    },
  );
}

/** {@link wrongField}, and one sent more than once, in bodies where that can be. */
export function wrongFormField(isSendable: (name: string) => boolean = () => true): Arbitrary<Field> {
  return fc.oneof({ weight: 9, arbitrary: wrongField(isSendable) }, { weight: 1, arbitrary: sentTwice });
}

/** Fields of different names, in some order: the wrong ones, and right ones between them. */
export function fieldsWith(wrong: Arbitrary<Field>): Arbitrary<{ fields: readonly Field[]; wrong: readonly string[] }> {
  const several = fc.uniqueArray(wrong, { minLength: 1, maxLength: 4, selector: ({ name }) => name });
  return fc.tuple(several, fc.uniqueArray(rightField, { maxLength: 3, selector: ({ name }) => name })).chain(
    ([wrong, right]) => {
      const names = wrong.map(({ name }) => name);
      const others = right.filter(({ name }) => !names.includes(name));
      const shuffled = fc.shuffledSubarray([...wrong, ...others], { minLength: wrong.length + others.length });
      return shuffled.map((fields) => ({ fields, wrong: names }));
    },
  );
}
