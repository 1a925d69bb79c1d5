/** `POST /veo31/generate`: forms of which at least one thing is certainly wrong. */
import fc, { type Arbitrary } from "fast-check";
import { beforeEach, describe, test } from "vitest";
import { freshSandbox, get } from "../support/sandboxed-service.ts";
import { bytesOf, cutOff, hurt } from "./generated/damage.ts";
import { type Field, fieldsWith, wrongFormField } from "./generated/fields.ts";
import { anyPicture, anyVideo, brokenPicture, brokenVideo, hurtPicture, hurtVideo } from "./generated/files.ts";
import {
  bodyOf,
  contentTypeOf,
  filePart,
  type Form,
  formOf,
  isQuotable,
  joinedParts,
  type Part,
  textParts,
} from "./generated/forms.ts";
import { contentCoding, pieces, strangeHeaders } from "./generated/headers.ts";
import { checkRequests, propertyTimeoutMs } from "./support/check-requests.ts";
import type { Expected, Generated } from "./support/expect-answer.ts";
import { sendAlone } from "./support/own-deployment.ts";

beforeEach(async () => {
  await freshSandbox();
  // The look for the models, which follows the first request, writes what it saw.
  await get("/veo31/capabilities");
});

const pictureFields = ["reference_image1", "reference_image2", "reference_image3"] as const;

function posted(
  form: { body: Uint8Array<ArrayBuffer>; contentType: string | null },
  expected: Expected,
): Arbitrary<Generated> {
  return fc.tuple(strangeHeaders, pieces).map(([headers, pieceBytes]) => ({
    method: "POST",
    path: "/veo31/generate",
    headers: [...headers, ...form.contentType === null ? [] : [["Content-Type", form.contentType] as const]],
    body: form.body,
    pieceBytes,
    expected,
  }));
}

const sent = (form: Form, expected: Expected) =>
  posted({ body: bodyOf(form), contentType: contentTypeOf(form) }, expected);

/** What the problem of one request is called when several kinds of things are wrong with it. */
const refused = { statuses: [422, 415, 413] };

const rightPictures: Arbitrary<readonly Part[]> = fc.subarray([...pictureFields], { minLength: 1 }).chain((names) =>
  fc.tuple(...names.map((name) => filePart(name, anyPicture)))
);
const rightVideo: Arbitrary<readonly Part[]> = filePart("video_reference", anyVideo).map((part) => [part]);

const partsOf = (fields: readonly Field[]) => joinedParts(fields.map(textParts));

const brokenFields = fieldsWith(wrongFormField(isQuotable));

const withBrokenFields: Arbitrary<Generated> = fc.tuple(brokenFields, fc.nat({ max: 9 })).chain(
  ([{ fields, wrong }, luck]) => {
    const files = luck === 0 ? [rightPictures, rightVideo] : [rightPictures];
    return formOf(joinedParts([partsOf(fields), ...files])).chain((form) =>
      sent(form, { statuses: [422], fields: wrong })
    );
  },
);

const wrongFiles = fc.subarray([...pictureFields, "video_reference"], { minLength: 1 }).chain((names) => {
  const parts = names.map((name) => filePart(name, name === "video_reference" ? brokenVideo : brokenPicture));
  return fc.tuple(...parts).map((wrong) => ({ wrong, names }));
});

const withBrokenFiles: Arbitrary<Generated> = wrongFiles.chain(({ wrong, names }) => {
  const others = pictureFields.filter((name) => !names.includes(name)).slice(0, 1);
  const right = others.map((name) => filePart(name, anyPicture).map((part) => [part]));
  return formOf(joinedParts([fc.constant(wrong), ...right])).chain((form) =>
    sent(form, { statuses: [422, 415], fields: names })
  );
});

describe("a form is refused and leaves nothing", () => {
  test("through the Worker with its own bucket and the objects of its tasks", async () => {
    // Few, because each has an object of its own remove what it stored.
    await checkRequests("formsThroughTheWorker", fc.oneof(withBrokenFields, withBrokenFiles));
  }, propertyTimeoutMs);

  test("when fields of it are wrong, each of them by its name", async () => {
    const requests = fc.tuple(brokenFields, fc.double({ min: 0, max: 1, noNaN: true })).chain(
      ([{ fields, wrong }, luck]) => {
        const files = luck < 0.1 ? [rightPictures, rightVideo] : [rightPictures];
        return formOf(joinedParts([partsOf(fields), ...files])).chain((form) =>
          sent(form, { statuses: [422], fields: wrong })
        );
      },
    );
    await checkRequests("formsWithBrokenFields", requests, { deliver: sendAlone });
  }, propertyTimeoutMs);

  test("when files of it are broken, each of them by its name", async () => {
    await checkRequests("formsWithBrokenFiles", withBrokenFiles, { deliver: sendAlone });
  }, propertyTimeoutMs);

  test("when it is cut off, not a form, or of parts that mean nothing", async () => {
    const right = formOf(joinedParts([rightPictures, partsOf([{ name: "quality", values: ["high"] }])]));
    const requests = right.chain((form) => {
      const body = bodyOf(form);
      const contentType = contentTypeOf(form);
      // What may be missing: the line end behind the last delimiter.
      const cut = cutOff(body, body.length - 3).chain((bytes) =>
        posted({ body: bytes, contentType }, { statuses: [422] })
      );
      return fc.oneof(
        { weight: 3, arbitrary: cut },
        { weight: 2, arbitrary: ofAnotherType(body) },
        { weight: 1, arbitrary: encoded(form) },
        { weight: 2, arbitrary: ofAnotherBoundary(form) },
        { weight: 4, arbitrary: withWrongPart(form) },
      );
    });
    await checkRequests("formsWithBrokenParts", requests, { deliver: sendAlone });
  }, propertyTimeoutMs);

  test("when any of its bytes are another, and something else is wrong", async () => {
    // So many things are wrong that a few hurts cannot make up for them.
    const wrong = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta"].map((name) => ({
      name,
      values: ["1"],
    }));
    const pictures = fc.oneof(rightPictures, filePart("reference_image1", hurtPicture).map((part) => [part]));
    const videos = fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: filePart("video_reference", hurtVideo).map((part) => [part]) },
    );
    const requests = formOf(joinedParts([partsOf(wrong), pictures, videos])).chain((form) =>
      fc.oneof(fc.constant(bodyOf(form)), hurt(bodyOf(form), 3)).chain((body) =>
        posted({ body, contentType: contentTypeOf(form) }, refused)
      )
    );
    await checkRequests("formsWithDamagedBytes", requests, { deliver: sendAlone });
  }, propertyTimeoutMs);
});

function ofAnotherType(body: Uint8Array<ArrayBuffer>): Arbitrary<Generated> {
  const types = fc.constantFrom(
    ...[
      "text/plain",
      "application/json",
      "multipart/mixed; boundary=x",
      "multipart/form-datax; boundary=x",
      "",
      ";",
      "form-data",
    ],
    ...[
      "application/x-www-form-urlencoded",
      "multipart/form-data/x; boundary=x",
      "text/plain, multipart/form-data; boundary=x",
    ],
  );
  return types.chain((contentType) => posted({ body, contentType }, { statuses: [415] }));
}

function encoded(form: Form): Arbitrary<Generated> {
  return fc.tuple(sent(form, { statuses: [415] }), contentCoding).map(([request, coding]) => ({
    ...request,
    headers: [...request.headers, coding],
  }));
}

function ofAnotherBoundary(form: Form): Arbitrary<Generated> {
  const body = bodyOf(form);
  const others = fc.oneof(
    fc.constantFrom(
      "",
      '; boundary=""',
      "; boundary=",
      "; boundary",
      `; boundary=${"x".repeat(71)}`,
      "; charset=utf-8",
    ),
    fc.constantFrom(`--${form.boundary}`, `${form.boundary}x`, `x${form.boundary}`, form.boundary.slice(1)).map((
      other,
    ) => `; boundary="${other}"`),
  );
  return others.chain((rest) => posted({ body, contentType: `multipart/form-data${rest}` }, { statuses: [422] }));
}

/** Headers of parts that say nothing, or too much. */
const wrongHeader = fc.oneof(
  fc.constantFrom(
    ...[
      "",
      "Content-Type: image/jpeg\r\n",
      "Content-Disposition: form-data\r\n",
      'Content-Disposition: form-data; name=""\r\n',
    ],
    ...['Content-Disposition: attachment; name="quality"\r\n', 'Content-Disposition: form-data; filename="a.jpg"\r\n'],
    ...['Content-Disposition: form-data; "name"="quality"\r\n', 'Content-Disposition form-data; name="quality"\r\n'],
    ...[
      'Content-Disposition: form-datax; name="quality"\r\n',
      'Content-Disposition: form-data; name="quality\r\n"\r\n',
    ],
    `Content-Disposition: form-data; name="${"n".repeat(101)}"\r\n`,
    `X-Long: ${"x".repeat(20_000)}\r\nContent-Disposition: form-data; name="quality"\r\n`,
  ),
  fc.string({ maxLength: 200 }).map((line) => `${line.replaceAll(/[\r\n:]/g, "")}\r\n`),
);

const unknownFile = filePart("reference_image4", anyPicture);
const fileForText = filePart("additional_prompt", anyPicture);
const textForFile: Part = { header: 'Content-Disposition: form-data; name="video_reference"\r\n', content: "a text" };
const emptyField: Part = { header: 'Content-Disposition: form-data; name="quality"\r\n', content: "" };
/** Byte sequences that are no UTF-8. */
const noText = fc.constantFrom("\xff", "a\xc3", "\xed\xa0\x80", "\xf8\x88\x80\x80\x80").map((bytes): Part => ({
  header: 'Content-Disposition: form-data; name="additional_prompt"\r\n',
  content: bytesOf(bytes),
}));

function withWrongPart({ boundary, parts }: Form): Arbitrary<Generated> {
  const wrong: Arbitrary<{ added: readonly Part[]; fields: readonly string[] }> = fc.oneof(
    { weight: 3, arbitrary: wrongHeader.map((header) => ({ added: [{ header, content: "high" }], fields: [] })) },
    unknownFile.map((part) => ({ added: [part], fields: ["reference_image4"] })),
    fileForText.map((part) => ({ added: [part], fields: ["additional_prompt"] })),
    fc.constant({ added: [textForFile], fields: ["video_reference"] }),
    noText.map((part) => ({ added: [part], fields: ["additional_prompt"] })),
    fc.constant({ added: parts, fields: [] }),
    fc.integer({ min: 33, max: 200 }).map((times) => ({ added: new Array<Part>(times).fill(emptyField), fields: [] })),
  );
  return fc.tuple(wrong, fc.nat({ max: parts.length })).chain(([{ added, fields }, place]) => {
    const all = [...parts.slice(0, place), ...added, ...parts.slice(place)];
    return sent({ boundary, parts: all }, { statuses: [422], fields });
  });
}
