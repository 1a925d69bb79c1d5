/** What cannot be made without a server is refused before anything is asked. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { directWay, never } from "../support/direct.ts";
import { jpeg } from "../support/pictures.ts";
import { callsSeen, freshSandbox } from "../support/sandboxed-service.ts";

const picture = jpeg({ width: 64, height: 48 });

beforeEach(freshSandbox);
afterEach(async () => expect(await callsSeen()).toEqual([]));

test("all that is wrong with the wishes is told at once, by field and by argument", async () => {
  const way = await directWay();
  const order = {
    referenceImages: [picture, picture, picture, picture],
    durationSeconds: 61.5,
    callbackUrl: "https://a.b",
  };
  const refusal = await way.start(order, never).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ name: "RequestRefusedError", code: "invalid_input" });
  expect(refusal).toHaveProperty("message", expect.stringContaining("durationSeconds: Send a whole number"));
  expect(refusal).toHaveProperty("problems", [
    expect.objectContaining({ field: "reference_images" }),
    expect.objectContaining({ field: "callback_url", code: "not_configured" }),
    expect.objectContaining({ field: "duration_seconds" }),
  ]);
});

test("an argument that there is not is refused by name", async () => {
  const misspelt = { referenceImages: [picture], durationSecond: 20 };
  await expect((await directWay()).start(misspelt, never)).rejects.toMatchObject({
    problems: [{ field: "duration_second" }],
  });
});

test("files are looked at by the rules of the service", async () => {
  const order = { referenceImages: [picture, new TextEncoder().encode("a letter")], videoReference: picture };
  await expect((await directWay()).start(order, never)).rejects.toMatchObject({
    problems: [{ field: "reference_image2" }, { field: "video_reference" }],
  });
});

test("an address that leads nowhere is refused by its place in the list", async () => {
  const order = { referenceImages: [picture, "http://localhost/no-such-picture.jpg"] };
  await expect((await directWay()).start(order, never)).rejects.toMatchObject({
    code: "reference_fetch_failed",
    problems: [{ field: "reference_image2" }],
  });
});

test("a missing key is named as the option it is", async () => {
  const way = await directWay({ geminiApiKey: "" });
  await expect(way.start({ referenceImages: [picture] }, never)).rejects.toMatchObject({
    code: "not_configured",
    message: "No video can be made before geminiApiKey is set.",
  });
  expect(await way.capabilities()).toMatchObject({ takes_video: false });
});

test("an option that cannot be used is named", async () => {
  const opening = directWay({ geminiBaseUrl: "not an address", vertex: { serviceAccount: "{}" } });
  await expect(opening).rejects.toMatchObject({
    name: "RequestRefusedError",
    code: "not_configured",
    message: expect.stringMatching(/geminiBaseUrl.*vertex\.serviceAccount/),
  });
});

test("a start that is given up starts nothing", async () => {
  const aborted = AbortSignal.abort(new Error("changed my mind"));
  await expect((await directWay()).start({ referenceImages: [picture] }, aborted)).rejects.toThrow("changed my mind");
});
