/** Bodies of `multipart/form-data`, put together byte for byte. */
import fc, { type Arbitrary } from "fast-check";
import { bytesOf } from "./damage.ts";
import type { Field } from "./fields.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export interface Part {
  /** Its header's lines, each with its end; the empty line follows. */
  readonly header: string;
  readonly content: Bytes | string;
}

export interface Form {
  readonly boundary: string;
  readonly parts: readonly Part[];
}

const boundaryCharacters = "0123456789abcXYZ'()+_,-./:=?";

export const boundary: Arbitrary<string> = fc.oneof(
  fc.constant("----formBoundary7MA4YWxkTrZu0gW"),
  fc.string({ unit: fc.constantFrom(...boundaryCharacters), minLength: 12, maxLength: 60 }),
);

/** What can stand between quotes in a part's header and comes back as it is. */
export const isQuotable = (name: string) => !/["\\\r\n%]/.test(name);

/** Names that files come with, for what a reader makes of them. */
const filename = fc.constantFrom(
  ...[
    "photo.jpg",
    "a;b=c.png",
    "%22.jpg",
    "../../etc/passwd",
    "..\\..\\x",
    "x".repeat(3_000),
    "фото.webp",
    "\0.jpg",
    ".",
    "a\tb",
  ],
);

const claimed = fc.constantFrom(
  "image/jpeg",
  "image/png",
  "video/mp4",
  "text/html",
  "",
  "image/jpeg; charset=x",
  "*/*",
  "a".repeat(999),
);

/** Written in one of the ways that mean the same. */
function disposition(name: string): Arbitrary<string> {
  const spelled = isToken(name) ? fc.constantFrom(`name="${name}"`, `name=${name}`) : fc.constant(`name="${name}"`);
  return fc.tuple(fc.constantFrom("Content-Disposition", "content-disposition", "CONTENT-DISPOSITION"), spelled).map(
    ([header, spelling]) => `${header}: form-data; ${spelling}`,
  );
}

const isToken = (name: string) => /^[a-z0-9_]+$/.test(name);

const moreLines = fc.array(
  fc.constantFrom(
    ...[
      "Content-Transfer-Encoding: 8bit\r\n",
      "X-Custom: 1\r\n",
      "no colon\r\n",
      ": nothing\r\n",
      "Content-Length: 99999999999\r\n",
    ],
  ),
  { maxLength: 2 },
).map((lines) => lines.join(""));

export function textParts({ name, values }: Field): Arbitrary<readonly Part[]> {
  return fc.tuple(
    ...values.map((content) =>
      fc.tuple(disposition(name), moreLines).map(([line, more]): Part => ({ header: `${line}\r\n${more}`, content }))
    ),
  );
}

export function filePart(name: string, content: Arbitrary<Bytes>): Arbitrary<Part> {
  return fc.tuple(disposition(name), filename, claimed, moreLines, content).map(([line, file, type, more, bytes]) => ({
    header: `${line}; filename="${file}"\r\n${type === "" ? "" : `Content-Type: ${type}\r\n`}${more}`,
    content: bytes,
  }));
}

const text = new TextEncoder();
const encoded = (content: Bytes | string) => typeof content === "string" ? text.encode(content) : content;

export function bodyOf({ boundary, parts }: Form): Bytes {
  const pieces = parts.flatMap(({ header, content }) => [
    text.encode(`--${boundary}\r\n${header}\r\n`),
    encoded(content),
    "\r\n",
  ]);
  return bytesOf(...pieces, `--${boundary}--\r\n`);
}

export function contentTypeOf({ boundary }: Form): string {
  return `multipart/form-data; boundary="${boundary}"`;
}

/** The parts in some order, behind a boundary that none of them holds. */
export function formOf(parts: Arbitrary<readonly Part[]>): Arbitrary<Form> {
  return fc.tuple(boundary, parts.chain((all) => fc.shuffledSubarray([...all], { minLength: all.length }))).map(
    ([chosen, shuffled]) => ({ boundary: chosen, parts: shuffled }),
  );
}

/** All of the lists, one after the other. */
export function joinedParts(lists: readonly Arbitrary<readonly Part[]>[]): Arbitrary<readonly Part[]> {
  return fc.tuple(...lists).map((all) => all.flat());
}
