/** Requests of which everything is right but who asks. */
import fc, { type Arbitrary } from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freshSandbox, get, usualSettings, withSettings } from "../support/sandboxed-service.ts";
import { allowedAddress } from "./generated/addresses.ts";
import { rightField } from "./generated/fields.ts";
import { anyPicture } from "./generated/files.ts";
import { bodyOf, contentTypeOf, filePart, formOf, joinedParts, textParts } from "./generated/forms.ts";
import { strangeHeaders } from "./generated/headers.ts";
import { idOfNothing } from "./generated/ids.ts";
import { inAnyWay, type TypedBody, typedBody } from "./generated/url-bodies.ts";
import { checkRequests, propertyTimeoutMs } from "./support/check-requests.ts";
import { expectAnswer, type Generated } from "./support/expect-answer.ts";
import { type Answer, type Header, send, type SentRequest } from "./support/sent-request.ts";

const keys = ["Kp7-first-key-of-alice-93hsd", "second.key~of_nobody/12+3=="] as const;

beforeEach(async () => {
  await freshSandbox();
  await get("/veo31/capabilities");
});
afterEach(usualSettings);

interface RightRequest extends TypedBody {
  readonly method: string;
  readonly path: string;
}

const rightForm: Arbitrary<TypedBody> = fc.uniqueArray(rightField, { maxLength: 3, selector: ({ name }) => name })
  .chain(
    (fields) =>
      formOf(joinedParts([...fields.map(textParts), filePart("reference_image1", anyPicture).map((part) => [part])])),
  ).map((form) => typedBody(contentTypeOf(form), bodyOf(form)));

const rightAddresses: Arbitrary<TypedBody> = allowedAddress.chain((url) =>
  inAnyWay([{ name: "reference_image_urls", values: [url] }])
);

const noBody: TypedBody = { headers: [], body: null };

/** Each would be answered 200, 202 or 404. */
const rightRequests: Arbitrary<RightRequest> = fc.oneof(
  { weight: 3, arbitrary: rightForm.map((body) => ({ method: "POST", path: "/veo31/generate", ...body })) },
  {
    weight: 2,
    arbitrary: rightAddresses.map((body) => ({ method: "POST", path: "/veo31/generate-from-urls", ...body })),
  },
  rightField.chain((field) => inAnyWay([field])).map((body) => ({ method: "POST", path: "/veo31/estimate", ...body })),
  idOfNothing.chain((id) =>
    fc.constantFrom(
      { method: "GET", path: `/veo31/status/${id}`, ...noBody },
      { method: "GET", path: `/veo31/status/${id}/events`, ...noBody },
      { method: "POST", path: `/veo31/tasks/${id}/approve`, ...noBody },
      { method: "POST", path: `/veo31/tasks/${id}/cancel`, ...noBody },
      { method: "DELETE", path: `/veo31/tasks/${id}`, ...noBody },
    )
  ),
);

const bearer = (value: string): Header => ["Authorization", value];

const wrongKey = fc.constantFrom(...keys).chain((key) =>
  fc.oneof(
    fc.nat({ max: key.length - 1 }).map((length) => key.slice(0, length)),
    fc.nat({ max: key.length - 1 }).map((at) => `${key.slice(0, at)}*${key.slice(at + 1)}`),
    fc.constantFrom(
      `${key}x`,
      ` x${key}`,
      key.toUpperCase(),
      `alice:${key}`,
      `"${key}"`,
      `${key},${key}`,
      `${key}\t${key}`,
      keys.join(","),
    ),
  )
);

const wrongProof: Arbitrary<readonly Header[]> = fc.oneof(
  fc.constant([]),
  wrongKey.map((key) => [bearer(`Bearer ${key}`)]),
  fc.string({ maxLength: 600 }).map((key) => [bearer(`Bearer ${key}`)]),
  fc.constantFrom(...keys).chain((key) =>
    fc.constantFrom<readonly Header[]>(
      ...[[bearer(key)], [bearer(`Basic ${btoa(`:${key}`)}`)], [bearer(`Token ${key}`)], [bearer(`Bearer:${key}`)], [
        bearer(`Bearer${key}`),
      ]],
      ...[[["X-API-Key", key]], [["Cookie", `key=${key}`]], [["Proxy-Authorization", `Bearer ${key}`]], [[
        "Bearer",
        key,
      ]]] as const,
      [bearer(`Bearer ${key}`), bearer("Bearer other")],
      [bearer("Basic Og=="), bearer(`Bearer ${key}`)],
    )
  ),
);

test("whoever has no key is told so, whatever the request, and nothing of it is kept", async () => {
  withSettings({ API_KEYS: `alice:${keys[0]}, ${keys[1]}` });
  const requests = fc.tuple(rightRequests, wrongProof, strangeHeaders).map(
    ([{ headers, ...request }, proof, strange]): Generated => ({
      ...request,
      headers: [...strange.filter(([name]) => name !== "Authorization"), ...headers, ...proof],
      pieceBytes: null,
      expected: { statuses: [401] },
    }),
  );
  await checkRequests("strangers", requests, {
    deliver: fromElsewhere,
    check(request, answer) {
      expectAnswer(request, answer);
      expect(answer.headers.get("WWW-Authenticate")).toMatch(/^Bearer\b/);
      for (const key of keys) expect(new TextDecoder().decode(answer.bytes)).not.toContain(key);
    },
  });
}, propertyTimeoutMs);

let strangers = 0;

/** Strangers are told apart by where they come from; none of them asks too often. */
function fromElsewhere(request: SentRequest): Promise<Answer> {
  strangers++;
  const address = [93, strangers >> 16, (strangers >> 8) & 0xff, strangers & 0xff].join(".");
  return send({ ...request, headers: [...request.headers, ["CF-Connecting-IP", address]] });
}

const origins = fc.oneof(
  fc.webAuthority().chain((host) => fc.constantFrom(`https://${host}`, `http://${host}`)),
  fc.constantFrom(
    "null",
    "http://localhost:8080",
    "https://localhost",
    "http://localhost.example.com",
    "http://127.0.0.1",
    "file://",
  ),
  fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== ""),
).filter((origin) => origin.trim() !== "http://localhost");

test("the page of another site can start nothing where no key is asked for", async () => {
  const posts = rightRequests.filter(({ method }) => method !== "GET");
  const requests = fc.tuple(posts, origins).map(([request, origin]): Generated => ({
    ...request,
    headers: [...request.headers, ["Origin", origin]],
    pieceBytes: null,
    expected: { statuses: [403] },
  }));
  await checkRequests("otherSites", requests);
}, propertyTimeoutMs);
