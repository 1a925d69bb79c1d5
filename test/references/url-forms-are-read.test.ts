import { describe, expect, test } from "vitest";
import { ServiceError } from "../../src/errors.ts";
import { splitImageUrls } from "../../src/references/image-urls.ts";
import { readUrlForm } from "../../src/references/read-url-form.ts";
import { file, formBody, inPieces, testBoundary, text } from "../support/multipart.ts";

function request(body: BodyInit, contentType: string): Request {
  return new Request("http://localhost/", { method: "POST", body, headers: { "content-type": contentType } });
}

const json = (body: unknown) => request(typeof body === "string" ? body : JSON.stringify(body), "application/json");

async function failure(reading: Promise<unknown>): Promise<ServiceError> {
  const error: unknown = await reading.then(() => null, (reason: unknown) => reason);
  if (error instanceof ServiceError) return error;
  throw new Error("It was read.", { cause: error });
}

describe("fields are the same", () => {
  const expected = [["use_case", ["general"]], ["reference_image_urls", ["https://a/1.jpg", "https://a/2.jpg"]]];

  test("from a urlencoded form", async () => {
    const body = "use_case=general&reference_image_urls=https%3A%2F%2Fa%2F1.jpg&reference_image_urls=https://a/2.jpg";
    const { fields } = await readUrlForm(request(body, "application/x-www-form-urlencoded; charset=UTF-8"));
    expect([...fields]).toEqual(expected);
  });

  test("from a multipart form", async () => {
    const parts = [
      text("use_case", "general"),
      text("reference_image_urls", "https://a/1.jpg"),
      text("reference_image_urls", "https://a/2.jpg"),
    ];
    const { fields } = await readUrlForm(
      request(inPieces(formBody(parts), 5), `multipart/form-data; boundary="${testBoundary}"`),
    );
    expect([...fields]).toEqual(expected);
  });

  test("from JSON, where numbers and flags become text, null is absent and a list stays a list", async () => {
    const { fields } = await readUrlForm(json({
      use_case: "general",
      duration_seconds: 10,
      review: false,
      additional_prompt: null,
      reference_image_urls: ["https://a/1.jpg", "https://a/2.jpg"],
    }));
    expect([...fields]).toEqual([
      ["use_case", ["general"]],
      ["duration_seconds", ["10"]],
      ["review", ["false"]],
      ["reference_image_urls", ['["https://a/1.jpg","https://a/2.jpg"]']],
    ]);
    expect(splitImageUrls(fields.get("reference_image_urls") ?? [])).toMatchObject({
      urls: ["https://a/1.jpg", "https://a/2.jpg"],
    });
  });
});

describe("a body is refused", () => {
  test.each([
    ["that is of no known type", request("a=b", "text/plain"), "unsupported_media_type"],
    ["that is not valid JSON", json("{"), "invalid_input"],
    ["that is JSON but not an object", json([1]), "invalid_input"],
    ["that is deeper than any stack", json("[".repeat(200_000)), "invalid_input"],
    ["that is not UTF-8", request(Uint8Array.from([0x7b, 0xff]), "application/json"), "invalid_input"],
    ["that is too long", json({ additional_prompt: "a".repeat(256_000) }), "payload_too_large"],
    [
      "that is cut off",
      request(formBody([text("a", "b")]).subarray(0, -8), `multipart/form-data; boundary=${testBoundary}`),
      "invalid_input",
    ],
  ])("%s", async (_, refused, code) => {
    expect(await failure(readUrlForm(refused))).toMatchObject({ code });
  });

  test("with every field whose value is of no use", async () => {
    const { problems } = await readUrlForm(json({ use_case: {}, reference_image_urls: [1], quality: "high" }));
    expect(problems.map(({ field, code }) => `${field} ${code}`)).toEqual([
      "use_case invalid_input",
      "reference_image_urls invalid_input",
    ]);
  });

  test("with files in it, by their fields", async () => {
    const body = formBody([file("reference_image1", new Uint8Array(3)), text("quality", "high")]);
    const { problems } = await readUrlForm(request(body, `multipart/form-data; boundary=${testBoundary}`));
    expect(problems).toMatchObject([{ field: "reference_image1", code: "invalid_input" }]);
  });
});

describe("addresses of pictures", () => {
  test.each([
    ["one", ["https://a/1.jpg"], ["https://a/1.jpg"]],
    ["with commas between them", ["https://a/1.jpg,http://b/2.jpg ,  HTTPS://c/3.jpg"], [
      "https://a/1.jpg",
      "http://b/2.jpg",
      "HTTPS://c/3.jpg",
    ]],
    ["on lines", ["https://a/1.jpg\nhttps://b/2.jpg\r\n"], ["https://a/1.jpg", "https://b/2.jpg"]],
    ["with a comma after the last", ["https://a/1.jpg, https://b/2.jpg, "], ["https://a/1.jpg", "https://b/2.jpg"]],
    ["with commas inside them", ["https://a/w_400,h_300/1,2.jpg?x=1,2,https://b/c,d"], [
      "https://a/w_400,h_300/1,2.jpg?x=1,2",
      "https://b/c,d",
    ]],
    ["in a field sent twice", ["https://a/1,5.jpg", "https://b/2.jpg"], ["https://a/1,5.jpg", "https://b/2.jpg"]],
    ["in a JSON list, never split", ['["https://a/?to=x,https://b/1.jpg", " https://c/2.jpg "]'], [
      "https://a/?to=x,https://b/1.jpg",
      "https://c/2.jpg",
    ]],
    ["with empty fields between them", ["", "https://a/1.jpg", " "], ["https://a/1.jpg"]],
  ])("%s", (_, values, urls) => {
    expect(splitImageUrls(values)).toEqual({ urls, problems: [] });
  });

  test.each([
    ["none", []],
    ["an empty one", [" , "]],
    ["an empty list", ["[]"]],
    ["four", ["https://a/1,https://a/2,https://a/3,https://a/4"]],
  ])("are refused when there are %s", (_, values) => {
    expect(splitImageUrls(values)).toMatchObject({
      urls: [],
      problems: [{ field: "reference_image_urls", code: "invalid_input" }],
    });
  });
});
