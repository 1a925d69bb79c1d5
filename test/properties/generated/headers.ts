/** Headers that change nothing about a request that is refused anyway, and those that look like a key. */
import fc, { type Arbitrary } from "fast-check";
import type { Header } from "../support/sent-request.ts";

/** What any header may hold: workerd warns of everything else. */
const anyValue = fc.string({ maxLength: 60 });
const numbers = fc.oneof(fc.integer().map(String), fc.bigInt({ max: 10n ** 60n, min: -(10n ** 60n) }).map(String));

function header(name: string, ...values: readonly Arbitrary<string>[]): Arbitrary<Header> {
  return fc.oneof(anyValue, ...values).map((value) => [name, value]);
}

const preference = fc.tuple(fc.constantFrom("wait", "WAIT ", "respond-async, wait", "x; wait"), numbers).map(
  ([name, value]) => `${name}=${value}`,
);

const tags = fc.constantFrom("*", '""', 'W/"1"', '"1", W/"2"', '"', '"\\""', "W/", ",,,", '"1"'.repeat(50));

const strange: Arbitrary<Header> = fc.oneof(
  header("Prefer", preference),
  // One that cannot be used is a problem of its own, see `flows/idempotency`.
  fc.constantFrom('"abc"', "k".repeat(255), "!").map((key): Header => ["Idempotency-Key", key]),
  header("Accept", fc.constantFrom("text/html", "*/*;q=0", "application/xml", "image/*,;q=,")),
  header("Accept-Encoding", fc.constantFrom("gzip", "br;q=2", "identity;q=0")),
  header("Accept-Language", fc.constantFrom("ru", "x".repeat(3_000))),
  header("Content-Language", fc.constant("*")),
  header("If-Match", tags),
  header("If-None-Match", tags),
  header("If-Modified-Since", fc.constantFrom("Thu, 01 Jan 1970 00:00:00 GMT", "yesterday")),
  header("If-Range", tags),
  header("Range", fc.constantFrom("bytes=0-", "bytes=-1", "bytes=9-1", "items=1")),
  header("Last-Event-ID", numbers, fc.constantFrom("9".repeat(400), "1.5")),
  header("Cookie", fc.constantFrom("a=b; c", "=".repeat(2_000))),
  header("Forwarded", fc.constant("for=127.0.0.1;host=evil.example;proto=https")),
  header("X-Forwarded-Host", fc.constant("evil.example")),
  header("X-Forwarded-For", fc.constant("127.0.0.1, ::1")),
  header("X-HTTP-Method-Override", fc.constantFrom("DELETE", "GET")),
  header("X-Sandbox-Base", fc.constant("https://evil.example")),
  header("Referer", fc.constant("javascript:alert(1)")),
  header("User-Agent", fc.constantFrom("", "() { :; }; /bin/false", "x".repeat(4_000))),
  header("Authorization", fc.constantFrom("Bearer x", "Basic Og==", "Bearer")),
  header("Access-Control-Request-Method", fc.constant("POST")),
  header("X-Test", fc.string({ maxLength: 8_000 })),
);

/** None or a few, some of them several times. */
export const strangeHeaders: Arbitrary<readonly Header[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  { weight: 3, arbitrary: fc.array(strange, { maxLength: 5 }) },
);

export const pieces: Arbitrary<number | null> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.integer({ min: 16, max: 5_000 }) },
);

/** Codings that a body may be said to be in; none of them is undone here. */
export const contentCoding: Arbitrary<Header> = fc.constantFrom(
  "gzip",
  "br",
  "gzip, gzip",
  "zstd",
  "deflate",
  "x-unknown",
).map(
  (coding) => ["Content-Encoding", coding],
);
