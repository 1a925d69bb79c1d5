/** The square by Cloudflare Media Transformations: what is asked of the binding, and when it is not asked at all. */
import { expect, test } from "vitest";
import { squareTransformer, transformProblem } from "../../src/video/finish/transform-square.ts";

test("the binding is asked for a square that covers, with sound, of the whole length", async () => {
  const { media, calls } = recordingMedia();
  const body = streamOf("standing");
  const square = await squareTransformer(media)(body, 720);
  expect(calls).toEqual([
    ["input", body],
    ["transform", { width: 720, height: 720, fit: "cover" }],
    ["output", { mode: "video", audio: true }],
  ]);
  expect(await new Response(square).text()).toBe("square");
});

test("what the binding throws at once becomes a rejection", async () => {
  const media: MediaBinding = {
    input() {
      throw new Error("account limit");
    },
  };
  await expect(squareTransformer(media)(streamOf("standing"), 720)).rejects.toThrow("account limit");
});

test.each([
  { bytes: 4_000_000, durationSeconds: 5, side: 720 },
  { bytes: 99_999_999, durationSeconds: 60, side: 1080 },
  { bytes: 60_000_000, durationSeconds: 60.021, side: 1080 },
])("$bytes bytes of $durationSeconds s with a side of $side can be transformed", (video) => {
  expect(transformProblem(video)).toBeNull();
});

test.each([
  [{ bytes: 100_000_000, durationSeconds: 60, side: 1080 }, "less than 100000000 are accepted"],
  [{ bytes: 4_000_000, durationSeconds: 64, side: 720 }, "1 to 60 s can be made"],
  [{ bytes: 4_000_000, durationSeconds: 0.5, side: 720 }, "1 to 60 s can be made"],
  [{ bytes: 4_000_000, durationSeconds: 8, side: 2160 }, "10 to 2000 can be made"],
])("%o cannot be transformed", (video, problem) => {
  expect(transformProblem(video)).toContain(problem);
});

function recordingMedia(): { media: MediaBinding; calls: [string, unknown][] } {
  const calls: [string, unknown][] = [];
  const result: MediaTransformationResult = {
    media: () => Promise.resolve(streamOf("square")),
    response: () => Promise.resolve(new Response(streamOf("square"))),
    contentType: () => Promise.resolve("video/mp4"),
  };
  const generator: MediaTransformationGenerator = {
    output(options) {
      calls.push(["output", options]);
      return result;
    },
  };
  const transformer: MediaTransformer = {
    ...generator,
    transform(options) {
      calls.push(["transform", options]);
      return generator;
    },
  };
  return {
    calls,
    media: {
      input(body) {
        calls.push(["input", body]);
        return transformer;
      },
    },
  };
}

function streamOf(content: string): ReadableStream<Uint8Array> {
  return new Blob([content]).stream();
}
