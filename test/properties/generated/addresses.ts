/** Addresses that nobody may have fetched, in whatever spelling. */
import fc, { type Arbitrary } from "fast-check";

type Octets = readonly [number, number, number, number];

const octet = fc.nat({ max: 255 });

const octets = (...parts: readonly [Arbitrary<number>, Arbitrary<number>, Arbitrary<number>, Arbitrary<number>]) =>
  fc.tuple(...parts);

const only = (value: number) => fc.constant(value);

/** Networks that are nobody's on the internet (RFC 1918, 6598, 3927, 5737, 2544, 1112 …), by their first octets. */
const privateIpv4: Arbitrary<Octets> = fc.oneof(
  octets(fc.constantFrom(0, 10, 127), octet, octet, octet),
  octets(only(100), fc.integer({ min: 64, max: 127 }), octet, octet),
  octets(only(169), only(254), octet, octet),
  octets(only(172), fc.integer({ min: 16, max: 31 }), octet, octet),
  octets(only(192), only(168), octet, octet),
  octets(only(192), only(0), fc.constantFrom(0, 2), octet),
  octets(only(198), fc.constantFrom(18, 19), octet, octet),
  octets(only(198), only(51), only(100), octet),
  octets(only(203), only(0), only(113), octet),
  octets(fc.integer({ min: 224, max: 255 }), octet, octet, octet),
);

const inBase = (value: number, base: number) =>
  base === 8 ? `0${value.toString(8)}` : base === 16 ? `0x${value.toString(16)}` : String(value);

const base = fc.constantFrom(8, 10, 16);

/** The digit zero in full width (U+FF10), with the others behind it: a parser of addresses makes them plain. */
const fullWidthZero = 0xff10;

const inFullWidth = (text: string) =>
  text.replaceAll(/\d/g, (digit) => String.fromCodePoint(fullWidthZero + Number(digit)));

const inPercent = (text: string) => text.replaceAll(/\d/g, (digit) => `%3${digit}`);

/** Of four numbers, or of fewer with the last ones in one. */
function spelled([a, b, c, d]: Octets): Arbitrary<string> {
  const joined = [
    [a, b, c, d],
    [a, b, c * 256 + d],
    [a, (b * 256 + c) * 256 + d],
    [((a * 256 + b) * 256 + c) * 256 + d],
  ];
  return fc.tuple(fc.constantFrom(...joined), fc.array(base, { minLength: 4, maxLength: 4 })).chain(
    ([numbers, bases]) => {
      const text = numbers.map((value, index) => inBase(value, bases[index] ?? 10)).join(".");
      return fc.constantFrom(
        text,
        `${text}.`,
        text.toUpperCase(),
        inFullWidth(text),
        inPercent(text),
        text.replaceAll(".", "。"),
      );
    },
  );
}

const hex = (value: number) => value.toString(16);

/** IPv4 inside IPv6: mapped, compatible, translated (RFC 6052), 6to4 (RFC 3056). */
const ipv4InIpv6 = privateIpv4.chain(([a, b, c, d]) => {
  const groups = `${hex(a * 256 + b)}:${hex(c * 256 + d)}`;
  return fc.constantFrom(
    ...[`[::ffff:${groups}]`, `[::ffff:${a}.${b}.${c}.${d}]`, `[0:0:0:0:0:FFFF:${groups}]`, `[::${groups}]`],
    ...[`[64:ff9b::${groups}]`, `[2002:${groups}::1]`, `[2002:${groups}:0:0:0:0:1]`],
  );
});

const group = fc.nat({ max: 0xffff }).map(hex);

const privateIpv6 = fc.oneof(
  fc.constantFrom("[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[0000:0000::0001]"),
  fc.tuple(fc.constantFrom("fc", "fd", "FD"), fc.integer({ min: 16, max: 255 }).map(hex), group).map(
    ([first, second, last]) => `[${first}${second}::${last}]`,
  ),
  fc.tuple(fc.constantFrom("fe80", "febf", "fec0", "ff02", "ff0e", "2001:db8", "2001:0"), group).map(([first, last]) =>
    `[${first}::${last}]`
  ),
);

const localName = fc.tuple(
  fc.constantFrom("", "a.", "metadata.google.", "x--y."),
  fc.mixedCase(fc.constantFrom("localhost", "local", "internal", "home.arpa", "lan", "localdomain")),
  fc.constantFrom("", "."),
).map((parts) => parts.join(""));

const privateHost = fc.oneof(privateIpv4.chain(spelled), ipv4InIpv6, privateIpv6, localName);

const rest = fc.constantFrom(
  "/",
  "/a.jpg",
  ":80/a.jpg",
  ":8787/",
  "/?x=https://example.com",
  "/#@example.com",
  "\\@example.com/",
  "",
);

const privateAddress = fc.tuple(
  fc.mixedCase(fc.constantFrom("http://", "https://", "http:/\\", "https:")),
  privateHost,
  rest,
)
  .map((parts) => parts.join(""));

const otherScheme = fc.tuple(
  fc.constantFrom(
    "ftp",
    "file",
    "data",
    "javascript",
    "gopher",
    "ws",
    "wss",
    "blob:https",
    "about",
    "chrome",
    "ssh",
    "dict",
  ),
  fc.constantFrom("://example.com/a.jpg", ":///etc/passwd", ":image/png;base64,AAAA", ":alert(1)"),
).map((parts) => parts.join(""));

const withCredentials = fc.constantFrom("user@", "user:secret@", ":secret@", "%00@", "a:b@c@").map((user) =>
  `https://${user}example.com/a.jpg`
);

const noAddress = fc.oneof(
  fc.constantFrom(
    "http://",
    "https://?",
    "https://:80",
    "http://[::1",
    "http://[zz]/",
    "https://exa mple.com",
    "//example.com/a.jpg",
  ),
  fc.constantFrom(
    "example.com/a.jpg",
    "http://256.1.1.1/",
    "http://1.2.3.4.5/",
    "http://0x/.jpg:x",
    "https://a:99999/",
    "http://%zz/",
  ),
  fc.integer({ min: 8_193, max: 12_000 }).map((length) => `https://example.com/${"a".repeat(length)}`),
  fc.string({ unit: fc.constantFrom(..."abcxyz ./?#%@-_"), minLength: 1, maxLength: 40 }).filter((text) =>
    /[a-z]/.test(text)
  ),
);

/** One address, without white space at its ends and without a comma. */
export const forbiddenAddress: Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: privateAddress },
  { weight: 2, arbitrary: otherScheme },
  { weight: 1, arbitrary: withCredentials },
  { weight: 2, arbitrary: noAddress },
).map((text) => text.trim()).filter((text) => text !== "" && !text.includes(","));

/** Well-formed, of a host that is nobody's. It must not be asked. */
export const allowedAddress: Arbitrary<string> = fc.constantFrom(
  ...["https://pictures.example.com/a.jpg", "http://93.184.216.34/a,b.jpg", "https://[2606:2800:220:1::1]/a.jpg?x=1"],
);
