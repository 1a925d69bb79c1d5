/** Headers of answers, by their names in the description. */
import type { oas31 } from "zod-openapi";

type Headers = Record<string, oas31.HeaderObject>;

const text = (description: string, example: string, schema: oas31.SchemaObject = {}): oas31.HeaderObject => ({
  description,
  schema: { type: "string", ...schema },
  example,
});

const count = (description: string, example: number): oas31.HeaderObject => ({
  description,
  schema: { type: "integer", minimum: 0 },
  example,
});

/** `required`: on every such answer. */
const always = (header: oas31.HeaderObject): oas31.HeaderObject => ({ ...header, required: true });

const status = "https://video.example.org/veo31/status/0123456789abcdef0123456789abcdef";

export const headers = {
  Location: always(text("Where the task is.", status, { format: "uri" })),
  RetryAfter: count("Seconds to wait before the next request.", 2),
  RetryAfterAlways: always(count("Seconds to wait before the next request.", 10)),
  ETag: always(text("The number of the change that the answer was read after; for If-None-Match.", '"7"')),
  FileTag: always(text("The file's tag; for If-None-Match and If-Range.", '"5d41402abc4b2a76b9719d911017c592"')),
  CacheControl: always(text("What caches may do with the answer.", "no-store")),
  CacheControlOfStream: text("What caches may do with the answer.", "no-cache"),
  AcceptEncoding: text("Sent where a body came encoded: it is taken as it is only (RFC 7694).", "identity"),
  AcceptRanges: always(text("Parts of the file can be asked for.", "bytes")),
  ContentRange: always(text("Which part of the file this is.", "bytes 0-1023/5242880")),
  ContentRangeUnsatisfied: text("How long the file is.", "bytes */5242880"),
  ContentLength: always(count("Bytes of the body.", 5_242_880)),
  ContentDisposition: text("A readable name to save the file under.", 'inline; filename="general-16x9-8s.mp4"'),
  LastModified: always(text("When the file was stored.", "Mon, 23 Nov 2026 10:00:00 GMT")),
  NoSniff: always(text("The type is what it says.", "nosniff")),
  PreferenceApplied: text("How long was waited at most, where `Prefer: wait` came with the request.", "wait=30"),
  IdempotentReplayed: text("`true`: the task was started by an earlier request with this key.", "true", {
    const: "true",
  }),
  Challenge: always(text("How to send a key (RFC 6750).", 'Bearer realm="veo31"')),
  Allow: always(text("The methods that this address takes.", "GET, HEAD, OPTIONS")),
  RateLimit: text(
    "How many requests are left of each limit that this one was counted against, and for how many seconds " +
      "(draft-ietf-httpapi-ratelimit-headers).",
    '"requests";r=97;t=8',
  ),
  RateLimitPolicy: text(
    "How many requests each limit allows in how many seconds. None where the deployment has no keys of its own.",
    '"requests";q=100;w=10',
  ),
} satisfies Headers;

export type HeaderName = keyof typeof headers;

/** The limits, which any answer may tell. */
const counted: Readonly<Record<string, HeaderName>> = {
  "RateLimit": "RateLimit",
  "RateLimit-Policy": "RateLimitPolicy",
};

/** @param named HTTP's name of each header → its name here */
export function withHeaders(named: Readonly<Record<string, HeaderName>> = {}): Record<string, oas31.ReferenceObject> {
  const all = { ...named, ...counted };
  return Object.fromEntries(Object.entries(all).map(([name, id]) => [name, { $ref: `#/components/headers/${id}` }]));
}
