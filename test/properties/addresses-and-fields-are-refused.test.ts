/** `POST /veo31/generate-from-urls` and `POST /veo31/estimate`: bodies of which something is certainly wrong. */
import fc, { type Arbitrary } from "fast-check";
import { afterEach, beforeEach, describe, test } from "vitest";
import { freshSandbox, get, usualSettings, withSettings } from "../support/sandboxed-service.ts";
import { allowedAddress, forbiddenAddress } from "./generated/addresses.ts";
import { type Field, fieldsWith, rightField, wrongField, wrongFormField } from "./generated/fields.ts";
import { isQuotable } from "./generated/forms.ts";
import { contentCoding, pieces, strangeHeaders } from "./generated/headers.ts";
import {
  inAnyWay,
  objectWithWrongValue,
  otherType,
  tooLong,
  type TypedBody,
  typedBody,
  wrongJson,
  wrongUrlencoded,
} from "./generated/url-bodies.ts";
import { checkRequests, propertyTimeoutMs } from "./support/check-requests.ts";
import type { Expected, Generated } from "./support/expect-answer.ts";
import { sendAlone } from "./support/own-deployment.ts";

const byAddresses = "/veo31/generate-from-urls";
const estimate = "/veo31/estimate";

beforeEach(async () => {
  await freshSandbox();
  await get("/veo31/capabilities");
  // In the sandbox pictures of this machine may be given by their address.
  withSettings({ ALLOW_PRIVATE_URLS: "false" });
});
afterEach(usualSettings);

function posted(path: string, { headers, body }: TypedBody, expected: Expected): Arbitrary<Generated> {
  return fc.tuple(strangeHeaders, pieces).map(([strange, pieceBytes]) => ({
    ...{ method: "POST", path, headers: [...strange, ...headers], body, pieceBytes, expected },
  }));
}

const addresses: Arbitrary<Field> = fc.array(allowedAddress, { minLength: 1, maxLength: 3 }).map((urls) => ({
  name: "reference_image_urls",
  values: [urls.join(",")],
}));

const brokenFields = fc.oneof(
  fieldsWith(wrongFormField()),
  fieldsWith(wrongField()),
  fieldsWith(wrongFormField(isQuotable)),
);

describe("a request for a video by addresses is refused, and nobody is asked", () => {
  test("when fields of it are wrong, each of them by its name", async () => {
    const requests = fc.tuple(brokenFields, addresses).chain(([{ fields, wrong }, urls]) =>
      inAnyWay([...fields, urls]).chain((body) => posted(byAddresses, body, { statuses: [422], fields: wrong }))
    );
    await checkRequests("urlBodiesWithBrokenFields", requests, { deliver: sendAlone });
  }, propertyTimeoutMs);

  test("when an address is not one that anybody may ask, in any spelling, by its place", async () => {
    const lists = fc.tuple(fc.array(fc.oneof(allowedAddress, forbiddenAddress), { maxLength: 2 }), forbiddenAddress)
      .chain(
        ([others, forbidden]) =>
          fc.nat({ max: others.length }).map((place) => ({
            fields: [{ name: "reference_image_urls", values: [JSON.stringify(others.toSpliced(place, 0, forbidden))] }],
            wrong: [`reference_image_urls[${place}]`],
          })),
      );
    const videos = fc.tuple(addresses, forbiddenAddress).map(([urls, forbidden]) => ({
      fields: [urls, { name: "video_reference_url", values: [forbidden] }],
      wrong: ["video_reference_url"],
    }));
    const counts = fc.oneof(
      fc.constantFrom("", " ", ",", "[]", '[""]', '["",","]', "[]]"),
      fc.array(allowedAddress, { minLength: 4, maxLength: 40 }).map((urls) => JSON.stringify(urls)),
    ).map((value) => ({ fields: [{ name: "reference_image_urls", values: [value] }], wrong: [] }));
    const requests = fc.oneof({ weight: 4, arbitrary: lists }, { weight: 2, arbitrary: videos }, counts).chain(
      ({ fields, wrong }) =>
        fc.oneof(fc.constant([]), rightField.map((field) => [field])).chain((right) =>
          inAnyWay([...fields, ...right]).chain((body) => posted(byAddresses, body, { statuses: [422], fields: wrong }))
        ),
    );
    await checkRequests("urlBodiesWithBrokenAddresses", requests, { deliver: sendAlone });
  }, propertyTimeoutMs);

  test("when the body is no object of fields", async () => {
    await checkRequests("urlBodiesOfOtherShapes", ofOtherShapes(byAddresses));
  }, propertyTimeoutMs);
});

test("an estimate is refused when fields of it are wrong, or the body is no object of fields", async () => {
  const requests = fc.oneof(
    brokenFields.chain(({ fields, wrong }) =>
      inAnyWay(fields).chain((body) => posted(estimate, body, { statuses: [422], fields: wrong }))
    ),
    ofOtherShapes(estimate),
  );
  await checkRequests("estimates", requests, { deliver: sendAlone });
}, propertyTimeoutMs);

function ofOtherShapes(path: string): Arbitrary<Generated> {
  const wrong = fc.oneof(wrongJson, wrongUrlencoded);
  return fc.oneof(
    { weight: 5, arbitrary: wrong.chain((body) => posted(path, body, { statuses: [422, 413] })) },
    {
      weight: 3,
      arbitrary: objectWithWrongValue.chain(({ json, fields }) =>
        posted(
          path,
          typedBody("application/json", json),
          json.length > 256_000 ? { statuses: [413] } : { statuses: [422], fields },
        )
      ),
    },
    { weight: 1, arbitrary: otherType.chain((body) => posted(path, body, { statuses: [415] })) },
    { weight: 1, arbitrary: tooLong.chain((body) => posted(path, body, { statuses: [413] })) },
    {
      weight: 1,
      arbitrary: fc.tuple(contentCoding, wrongJson).chain(([coding, { headers, body }]) =>
        posted(path, { headers: [...headers, coding], body }, { statuses: [415] })
      ),
    },
  );
}
