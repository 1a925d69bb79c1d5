import { describe, expect, it } from "vitest";
import { attachingFetch, dataUrlOf, reserveSlot } from "../../src/upstream/attached-json.ts";
import type { Attachment } from "../../src/upstream/attachment.ts";
import type { Fetch } from "../../src/upstream/fetch.ts";
import { AttachmentError } from "../../src/upstream/read-attachment.ts";
import { NotSentError } from "../../src/upstream/send-stream.ts";
import { attachmentOf, countingBytes, type RecordedAttachment } from "../support/attachments.ts";
import { jsonAnswer, recordedFetch } from "../support/recorded-fetch.ts";

const url = "https://upstream.example/v1/ask";

function post(fetch: Fetch, body: unknown): Promise<Response> {
  return fetch(url, { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } });
}

function postFile(fetch: Fetch, attachment: Attachment): Promise<Response> {
  const slot = reserveSlot(attachment);
  return post(attachingFetch(fetch, [slot]), [slot.placeholder]);
}

function bodyWith(urls: readonly string[]) {
  return { text: 'é "quoted" 漢字 😀', pictures: urls.map((url) => ({ image_url: url })) };
}

function wholeUrl(attachment: RecordedAttachment): string {
  return `data:${attachment.contentType};base64,${attachment.content.toBase64()}`;
}

describe("a JSON body that carries files", () => {
  const lengths = [0, 1, 2, 3, 4, 5, 1_000, 49_151, 49_152, 49_153, 100_000];
  const pieceSizes = [1, 2, 3, 5, 7, 1_021, 65_536];
  /** More pieces than this show nothing new and take long. */
  const piecesMaximum = 10_000;
  const cases = lengths.flatMap((length) => pieceSizes.map((piece) => [length, piece] as const))
    .filter(([length, piece]) => length / piece <= piecesMaximum);

  it.each(cases)(
    "is byte for byte what JSON.stringify gives: a file of %i bytes read %i at a time",
    async (length, pieceBytes) => {
      const files = [attachmentOf(countingBytes(length), { pieceBytes }), attachmentOf(countingBytes(length + 1))];
      const slots = files.map(reserveSlot);
      const { fetch, requests } = recordedFetch(jsonAnswer({}));
      await post(attachingFetch(fetch, slots), bodyWith(slots.map(dataUrlOf)));
      const expected = JSON.stringify(bodyWith(files.map(wholeUrl)));
      expect(requests[0]?.body).toBe(expected);
      expect(requests[0]?.headers.get("content-length")).toBe(String(new TextEncoder().encode(expected).byteLength));
      expect(requests[0]?.headers.get("content-type")).toBe("application/json");
    },
  );

  it("keeps the order of the places, not of the slots", async () => {
    const files = [attachmentOf(countingBytes(10)), attachmentOf(countingBytes(20))];
    const slots = files.map(reserveSlot);
    const { fetch, requests } = recordedFetch(jsonAnswer({}));
    await post(attachingFetch(fetch, slots), slots.map(({ placeholder }) => placeholder).reverse());
    expect(requests[0]?.body).toBe(JSON.stringify([files[1]!.content.toBase64(), files[0]!.content.toBase64()]));
  });

  it("goes out as it is when it has no place for a file", async () => {
    const file = attachmentOf(countingBytes(10));
    const { fetch, requests } = recordedFetch(jsonAnswer({}));
    await post(attachingFetch(fetch, [reserveSlot(file)]), { text: "attachment:" });
    expect(requests[0]?.body).toBe('{"text":"attachment:"}');
    expect(file.log.opened).toBe(0);
  });

  it("encodes the same where the runtime has no toBase64", async () => {
    const own = Object.getOwnPropertyDescriptor(Uint8Array.prototype, "toBase64")!;
    const file = attachmentOf(countingBytes(70_001), { pieceBytes: 997 });
    const expected = JSON.stringify([file.content.toBase64()]);
    const { fetch, requests } = recordedFetch(jsonAnswer({}));
    Reflect.deleteProperty(Uint8Array.prototype, "toBase64");
    try {
      await postFile(fetch, file);
    } finally {
      Object.defineProperty(Uint8Array.prototype, "toBase64", own);
    }
    expect(requests[0]?.body).toBe(expected);
  });
});

describe("reading the files", () => {
  it("is lazy: what the network does not take is not read, and one file is open at a time", async () => {
    const megabyte = 1_000_000;
    const files = [attachmentOf(countingBytes(megabyte)), attachmentOf(countingBytes(megabyte))];
    const slots = files.map(reserveSlot);
    let afterFirstRead = { opened: -1, pulledBytes: -1 };
    let openAtOnce = 0;
    const slowFetch: Fetch = async (_input, init) => {
      const reader = new Response(init?.body ?? null).body!.getReader();
      await reader.read();
      afterFirstRead = { opened: files[1]!.log.opened, pulledBytes: files[0]!.log.pulledBytes };
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        const open = files.filter(({ log }) => log.opened > log.closed).length;
        openAtOnce = Math.max(openAtOnce, open);
      }
      return new Response("{}");
    };
    await post(attachingFetch(slowFetch, slots), slots.map(({ placeholder }) => placeholder));
    expect(afterFirstRead.opened).toBe(0);
    expect(afterFirstRead.pulledBytes).toBeLessThanOrEqual(2 * 65_536);
    expect(openAtOnce).toBe(1);
    expect(files.map(({ log }) => log)).toEqual([
      { opened: 1, closed: 1, pulledBytes: megabyte },
      { opened: 1, closed: 1, pulledBytes: megabyte },
    ]);
  });

  it.each([["shorter", 9], ["longer", 11]])("fails when a file is %s than announced", async (_word, length) => {
    const { fetch } = recordedFetch(jsonAnswer({}));
    const file = attachmentOf(countingBytes(length), { announcedBytes: 10 });
    await expect(postFile(fetch, file)).rejects.toBeInstanceOf(AttachmentError);
  });

  it("fails when a file cannot be opened or breaks off", async () => {
    const gone = { contentType: "image/png", bytes: 5, open: () => Promise.reject(new Error("gone")) };
    const broken = {
      ...gone,
      open: () => Promise.resolve(new ReadableStream({ pull: () => Promise.reject(new Error("broken")) })),
    };
    for (const attachment of [gone, broken]) {
      const { fetch } = recordedFetch(jsonAnswer({}));
      await expect(postFile(fetch, attachment)).rejects.toBeInstanceOf(AttachmentError);
    }
  });

  it("says that nothing was accepted when the connection fails before the body was handed over", async () => {
    const file = attachmentOf(countingBytes(1_000_000));
    const refusing: Fetch = () => Promise.reject(new Error("Network connection lost."));
    await expect(postFile(refusing, file)).rejects.toBeInstanceOf(NotSentError);
    expect(file.log.opened).toBe(file.log.closed);
  });

  it("passes the network's error on when everything had been handed over", async () => {
    const lost = new Error("Network connection lost.");
    const { fetch } = recordedFetch(lost);
    await expect(postFile(fetch, attachmentOf(countingBytes(1_000)))).rejects.toBe(lost);
  });
});
