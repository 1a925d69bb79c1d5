/** Bodies without files: JSON, urlencoded, multipart. */
import fc, { type Arbitrary } from "fast-check";
import type { Header } from "../support/sent-request.ts";
import { bytesOf } from "./damage.ts";
import type { Field } from "./fields.ts";
import { bodyOf, contentTypeOf, formOf, isQuotable, joinedParts, textParts } from "./forms.ts";

export interface TypedBody {
  readonly headers: readonly Header[];
  readonly body: Uint8Array<ArrayBuffer> | null;
}

const text = new TextEncoder();

export function typedBody(type: string | null, content: string | Uint8Array<ArrayBuffer>): TypedBody {
  return {
    headers: type === null ? [] : [["Content-Type", type]],
    body: typeof content === "string" ? new Uint8Array(text.encode(content)) : content,
  };
}

const jsonTypes = fc.constantFrom(
  "application/json",
  "application/json; charset=utf-8",
  "APPLICATION/JSON",
  "application/vnd.x+json",
);

/** For fields that are sent once. */
export function asJson(fields: readonly Field[]): Arbitrary<TypedBody> {
  const members = fields.map(({ name, values: [value = ""] }) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return jsonTypes.map((type) => typedBody(type, `{${members.join(", ")}}`));
}

export function asUrlencoded(fields: readonly Field[]): Arbitrary<TypedBody> {
  const pairs = fields.flatMap(({ name, values }) => values.map((value): [string, string] => [name, value]));
  const type = "application/x-www-form-urlencoded";
  return fc.constantFrom(type, `${type};charset=UTF-8`, ` ${type}`).map((spelled) =>
    typedBody(spelled, new URLSearchParams(pairs).toString())
  );
}

export function asMultipart(fields: readonly Field[]): Arbitrary<TypedBody> {
  return formOf(joinedParts(fields.map(textParts))).map((form) => typedBody(contentTypeOf(form), bodyOf(form)));
}

/** In any of the three ways that can say it. */
export function inAnyWay(fields: readonly Field[]): Arbitrary<TypedBody> {
  const isSingle = fields.every(({ values }) => values.length === 1);
  const isMultipart = fields.every(({ name }) => isQuotable(name));
  return fc.oneof(
    asUrlencoded(fields),
    ...isSingle ? [asJson(fields)] : [],
    ...isMultipart ? [asMultipart(fields)] : [],
  );
}

function mostlySmall(min: number, max: number): Arbitrary<number> {
  return fc.oneof({ weight: 19, arbitrary: fc.integer({ min, max: 300 }) }, { weight: 1, arbitrary: fc.constant(max) });
}

const deep = fc.tuple(mostlySmall(1, 60_000), fc.constantFrom(["[", "]"], ['{"a":', "}"])).map(
  ([depth, [open = "", close = ""]]) => open.repeat(depth) + (open === "[" ? "" : "1") + close.repeat(depth),
);

/** JSON of other shapes than one object. */
const otherJson = fc.oneof(
  fc.jsonValue({ maxDepth: 5 }).filter((value) => value === null || typeof value !== "object" || Array.isArray(value))
    .map(
      (value) => JSON.stringify(value),
    ),
  deep.filter((json) => json.startsWith("[")),
);

/** Of an object: what is no value of a field, under a name that is one's. */
const wrongValue = fc.oneof(
  deep,
  fc.jsonValue({ maxDepth: 4 }).filter((value) => typeof value === "object" && value !== null).map((value) =>
    JSON.stringify(value)
  ),
);

const names = fc.constantFrom(
  "quality",
  "duration_seconds",
  "additional_prompt",
  "review",
  "aspect_ratio",
  "use_case",
);

/** An object with one value that no field takes. */
export const objectWithWrongValue: Arbitrary<{ json: string; fields: readonly string[] }> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.tuple(names, wrongValue).map(([name, value]) => ({ json: `{"${name}": ${value}}`, fields: [name] })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.integer({ min: 101, max: 50_000 }), wrongValue).map(([length, value]) => ({
      json: `{"${"n".repeat(length)}": ${value}}`,
      fields: [],
    })),
  },
);

const noJson = fc.oneof(
  fc.json({ maxDepth: 3 }).filter((json) => json.length > 1 && !/^-?\d/.test(json)).chain((json) =>
    fc.nat({ max: json.length - 1 }).map((length) => json.slice(0, length))
  ),
  fc.constantFrom(
    "",
    " ",
    "{",
    '{"a":1,}',
    "{'a':1}",
    "{a:1}",
    "NaN",
    '{"a":undefined}',
    "\ufeff\ufeff{}",
    "<a/>",
    '{"a":1}{}',
    "// {}",
  ),
  fc.string({ maxLength: 50 }).map((json) => `{${json}`),
);

const noUtf8 = fc.constantFrom(
  "\xff",
  '{"quality":"\xc3\x28"}',
  '{"\xed\xa0\x80":1}',
  "\xfe\xff\0{\0}",
  '{"a":"\xf8\x88\x80\x80\x80"}',
).map(
  (bytes) => bytesOf(bytes),
);

const manyMembers = mostlySmall(33, 20_000).map((count) =>
  `{${Array.from({ length: count }, (_, index) => `"f${index}":1`).join()}}`
);

/** JSON, said to be so, that is not one object of fields. Of an object that starts nothing where nothing is refused. */
export const wrongJson: Arbitrary<TypedBody> = fc.tuple(jsonTypes, fc.oneof(otherJson, noJson, noUtf8, manyMembers))
  .map(
    ([type, content]) => typedBody(type, content),
  );

const manyPairs = mostlySmall(33, 20_000).map((count) =>
  Array.from({ length: count }, (_, index) => `f${index}=`).join("&")
);

export const wrongUrlencoded: Arbitrary<TypedBody> = fc.oneof(
  manyPairs,
  fc.constantFrom("\xff", "a=\xc3").map((bytes) => bytesOf(bytes)),
  fc.integer({ min: 101, max: 30_000 }).map((length) => `${"n".repeat(length)}=1`),
  fc.integer({ min: 101, max: 9_000 }).map((length) => `${"%41".repeat(length)}=1`),
).map((content) => typedBody("application/x-www-form-urlencoded", content));

export const otherType: Arbitrary<TypedBody> = fc.constantFrom(
  ...[
    "text/plain",
    "text/json",
    "application/xml",
    "application/jsonx",
    "application/",
    "image/png",
    "multipart/mixed; boundary=x",
    "",
    "*/*",
  ],
).map((type) => typedBody(type, '{"quality":"high"}'));

export const tooLong: Arbitrary<TypedBody> = fc.tuple(
  fc.constantFrom("application/json", "application/x-www-form-urlencoded"),
  fc.integer({ min: 256_001, max: 400_000 }),
).map(([type, length]) => typedBody(type, "x".repeat(length)));
