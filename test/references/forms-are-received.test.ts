import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { receiveMultipart } from "../../src/references/receive-multipart.ts";
import { deletePrefix } from "../../src/storage/task-files.ts";
import { mov, mp4 } from "../support/movies.ts";
import { file, formBody, type FormPart, formRequest, inPieces, testBoundary, text } from "../support/multipart.ts";
import { animationControl, joined, jpeg, png, strangers, webp } from "../support/pictures.ts";

const prefix = "tasks/t1/secret/";
const store = { bucket: env.BUCKET, prefix };
const size = { width: 40, height: 24 };

beforeEach(() => deletePrefix(env.BUCKET, "tasks/"));

function receive(parts: readonly FormPart[], pieceBytes = 10_000) {
  return receiveMultipart(formRequest(inPieces(formBody(parts), pieceBytes)), store);
}

async function keys(): Promise<string[]> {
  return (await env.BUCKET.list({ prefix: "tasks/" })).objects.map(({ key }) => key);
}

async function problemsOf(...parts: readonly FormPart[]) {
  return (await receive(parts)).problems;
}

describe("a form", () => {
  test("has its files stored and its fields read, in whatever order they come", async () => {
    const video = await mp4();
    const received = await receive([
      file("reference_image3", webp(size)),
      text("duration_seconds", "10"),
      file("video_reference", video),
      text("additional_prompt", "Тихо; und langsam\r\n--и точка"),
      file("reference_image1", jpeg({ ...size, orientation: 6 }), "image/jpeg"),
    ]);
    expect(received.problems).toEqual([]);
    expect([...received.fields]).toEqual([
      ["duration_seconds", ["10"]],
      ["additional_prompt", ["Тихо; und langsam\r\n--и точка"]],
    ]);
    expect(received.images).toEqual([
      {
        field: "reference_image1",
        key: `${prefix}reference_image1.jpg`,
        content_type: "image/jpeg",
        bytes: jpeg({ ...size, orientation: 6 }).length,
        width: 24,
        height: 40,
        orientation: 6,
      },
      {
        field: "reference_image3",
        key: `${prefix}reference_image3.webp`,
        content_type: "image/webp",
        bytes: webp(size).length,
        ...size,
        orientation: 1,
      },
    ]);
    expect(received.video).toEqual({
      field: "video_reference",
      key: `${prefix}video_reference.mp4`,
      content_type: "video/mp4",
      bytes: video.length,
      width: 64,
      height: 36,
      duration_seconds: 2,
    });
    const object = await env.BUCKET.get(`${prefix}video_reference.mp4`);
    expect(object?.httpMetadata).toEqual({ contentType: "video/mp4" });
    expect(new Uint8Array(await object?.arrayBuffer() ?? [])).toEqual(video);
  });

  test("is the same wherever the network cuts it", async () => {
    const parts = [text("use_case", "general"), file("reference_image2", png(size)), text("review", "")];
    const body = formBody(parts);
    const whole = await receiveMultipart(formRequest(body), store);
    expect(whole.problems).toEqual([]);
    for (let cut = 1; cut < body.length; cut++) {
      const source = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(body.slice(0, cut));
          controller.enqueue(body.slice(cut));
          controller.close();
        },
      });
      expect(await receiveMultipart(formRequest(source), store), `cut at ${cut}`).toEqual(whole);
    }
    expect(await receiveMultipart(formRequest(inPieces(body, 1)), store)).toEqual(whole);
  });

  test("may hold bytes that look like the boundary, and a preamble and an epilogue", async () => {
    const note = `--${testBoundary}\r\n-- \r\n\r\n--${testBoundary.slice(0, -1)}`.slice(2);
    const body = joined(
      "preamble\r\n",
      formBody([text("additional_prompt", note), file("reference_image1", png(size))]),
      "epilogue",
    );
    const received = await receiveMultipart(formRequest(inPieces(body, 13)), store);
    expect(received.fields.get("additional_prompt")).toEqual([note]);
    expect(received.images).toHaveLength(1);
  });

  test("may have file names with any characters", async () => {
    for (const filename of ["a;b=c.jpg", 'quo\\"te.jpg', "C:\\pictures\\ring.jpg", "кольцо.jpg", "a%22b.jpg"]) {
      const [part] = (await receive([{ name: "reference_image1", content: png(size), filename }])).images;
      expect(part?.field, filename).toBe("reference_image1");
    }
  });

  test("may repeat a text field: what that means is decided later", async () => {
    const received = await receive([
      file("reference_image1", png(size)),
      text("quality", "high"),
      text("quality", "standard"),
    ]);
    expect(received.fields.get("quality")).toEqual(["high", "standard"]);
  });

  test("may have file inputs that nothing was chosen in", async () => {
    const empty = { content: "", filename: "", contentType: "application/octet-stream" };
    const received = await receive([
      { name: "reference_image1", ...empty },
      file("reference_image2", png(size)),
      { name: "reference_image3", content: "" },
      { name: "video_reference", ...empty },
    ]);
    expect(received).toMatchObject({ problems: [], video: null, images: [{ field: "reference_image2" }] });
  });

  test("takes a picture under another picture's label and name as what it is", async () => {
    const received = await receive([{
      name: "reference_image1",
      content: jpeg(size),
      filename: "a.png",
      contentType: "image/png",
    }]);
    expect(received.images).toMatchObject([{ content_type: "image/jpeg", key: `${prefix}reference_image1.jpg` }]);
  });
});

describe("a file is refused", () => {
  const unusable: [string, Uint8Array, string, RegExp][] = [
    ["it is empty", new Uint8Array(), "reference_unusable", /^The file is empty/],
    ["it is cut off", jpeg(size).subarray(0, -2), "reference_unusable", /ends in the middle/],
    ["it is animated", png(size, [animationControl(3)]), "reference_unusable", /animated/],
    ["it is a GIF", strangers["a GIF"], "unsupported_media_type", /labelled image\/jpeg, but it is a GIF\. Send JPEG/],
    ["it is a web page", strangers["a web page (HTML)"], "unsupported_media_type", /a web page \(HTML\)\. Send JPEG/],
  ];

  test.each(unusable)("when %s, and nothing of it is stored", async (_, content, code, message) => {
    const problems = await problemsOf(file("reference_image2", content, "image/jpeg"));
    expect(problems).toEqual([{ field: "reference_image2", code, message: expect.stringMatching(message) }]);
    expect(await keys()).toEqual([]);
  });

  test("when a video is cut off, and nothing of it is stored", async () => {
    const cut = (await mov({ frameBytes: 500 })).subarray(0, -700);
    const problems = await problemsOf(file("reference_image1", png(size)), file("video_reference", cut));
    expect(problems).toMatchObject([{ field: "video_reference", code: "reference_unusable" }]);
    expect(await keys()).toEqual([`${prefix}reference_image1.png`]);
  });

  test("when a picture is where a video belongs", async () => {
    const problems = await problemsOf(file("reference_image1", png(size)), file("video_reference", png(size)));
    expect(problems).toMatchObject([{ field: "video_reference", code: "unsupported_media_type" }]);
  });

  test("when a picture is longer than 20 MB, and the rest of the form is still read", async () => {
    const large = joined(jpeg(size), new Uint8Array(20_000_001 - jpeg(size).length));
    const received = await receive([file("reference_image1", large), text("use_case", "general")], 1_000_000);
    expect(received.problems).toEqual([
      { field: "reference_image1", code: "payload_too_large", message: "The file is longer than 20 MB." },
    ]);
    expect(received.fields.get("use_case")).toEqual(["general"]);
    expect(await keys()).toEqual([]);
    const most = await receive([file("reference_image1", large.subarray(0, -1))], 1_000_000);
    expect(most).toMatchObject({ problems: [], images: [{ bytes: 20_000_000 }] });
  });
});

test("all problems of a form are told at once", async () => {
  const problems = await problemsOf(
    file("reference_image1", strangers["a PDF"]),
    text("reference_image2", "https://example.com/a.jpg"),
    file("reference_image3", webp(size)),
    file("reference_image3", webp(size)),
    file("logo", png(size)),
    { name: "use_case", content: "general", filename: "general.txt" },
    text("additional_prompt", "a".repeat(65_537)),
    { name: "quality", content: Uint8Array.from([0xff, 0xfe]) },
    file("video_reference", new Uint8Array()),
  );
  expect(problems.map(({ field, code }) => `${field} ${code}`)).toEqual([
    "reference_image1 unsupported_media_type",
    "reference_image2 invalid_input",
    "reference_image3 invalid_input",
    "logo invalid_input",
    "use_case invalid_input",
    "additional_prompt invalid_input",
    "quality invalid_input",
    "video_reference reference_unusable",
  ]);
});

test("a form without a picture is told to have one", async () => {
  expect(await problemsOf(text("use_case", "general"))).toEqual([{
    field: "reference_image1",
    code: "invalid_input",
    message: "Send at least one picture, as reference_image1, reference_image2 or reference_image3.",
  }]);
});
