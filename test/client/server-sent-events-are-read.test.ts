/** Events as any server and any proxy may write and cut them (WHATWG HTML, section 9.2.6). */
import { expect, test } from "vitest";
import { readEvents, type ServerSentEvent } from "../../src/client/deployment/server-sent-events.ts";
import { gathered } from "./support/gathered.ts";

const text = new TextEncoder();

async function read(...chunks: (string | Uint8Array)[]): Promise<ServerSentEvent[]> {
  async function* bytes() {
    for (const chunk of chunks) yield await Promise.resolve(typeof chunk === "string" ? text.encode(chunk) : chunk);
  }
  return await gathered(readEvents(bytes()));
}

const stream = ': still here\n\nid: 1\ndata: {"a":"ж"}\n\nid: 2\ndata:first\ndata: second\n\n';
const told = [{ id: "1", data: '{"a":"ж"}' }, { id: "2", data: "first\nsecond" }];

test.each(["\n", "\r\n", "\r"])("a stream is read whatever ends its lines: %j", async (end) => {
  expect(await read(stream.replaceAll("\n", end) + ":")).toEqual(told);
});

test("a stream may be cut at any byte, also between CR and LF and within a character", async () => {
  const bytes = text.encode(stream.replaceAll("\n", "\r\n"));
  for (let cut = 1; cut < bytes.length; cut++) {
    expect(await read(bytes.slice(0, cut), bytes.slice(cut))).toEqual(told);
  }
});

test("comments, other fields and events without data say nothing", async () => {
  expect(await read(": heart\n\nretry: 2000\n\nid: 7\n\nevent: x\nnonsense\ndata\n\n")).toEqual([{
    id: "7",
    data: "",
  }]);
});

test("an event keeps the id that was sent last, and an id with a null character is none", async () => {
  expect(await read("id: 1\ndata: a\n\ndata: b\n\nid: \0\ndata: c\n\n").then((all) => all.map(({ id }) => id)))
    .toEqual(["1", "1", "1"]);
});

test("what a stream breaks off in the middle of is no event", async () => {
  expect(await read("id: 1\ndata: a\n\nid: 2\ndata: b\n")).toEqual([{ id: "1", data: "a" }]);
});
