/** Each upstream is played by one that sends every request elsewhere, and the network by one that would go there. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { bearerFetch } from "../../src/upstream/bearer-fetch.ts";
import type { Fetch } from "../../src/upstream/fetch.ts";
import { askGemini } from "../../src/upstream/gemini-question.ts";
import { fileState, removeFile, uploadFile } from "../../src/upstream/google-files.ts";
import { askOpenai } from "../../src/upstream/openai-question.ts";
import type { Outcome } from "../../src/upstream/outcome.ts";
import { createAccessTokens } from "../../src/upstream/service-account.ts";
import { openDownload } from "../../src/veo/download.ts";
import type { ClipFile, Operation, VideoModel } from "../../src/veo/model.ts";
import { attachmentOf, countingBytes } from "../support/attachments.ts";
import { type Dialect, dialects, openDialect } from "../support/dialects.ts";
import { jpeg } from "../support/pictures.ts";
import { jsonAnswer } from "../support/recorded-fetch.ts";
import { openTestSandbox, sandboxOrigin } from "../support/sandbox.ts";
import { createServiceAccount, tokenUri } from "../support/service-accounts.ts";

const home = "https://gateway.example";
const apiKey = "key-that-opens-everything";
const destinations = [`${home}/elsewhere`, "https://evil.example/", `${home}:8443/`, "http://gateway.example/"];

interface Sent {
  readonly url: string;
  /** Headers and body, in which a key could be. */
  readonly told: string;
}

/**
 * A network in which every request of `isRedirected` is sent on to `destination`. As `fetch` does, it goes there by
 * itself unless it was told not to; and, worse than `fetch`, it takes all headers along.
 */
function network(destination: string, answer: Fetch, isRedirected: () => boolean = () => true) {
  const sent: Sent[] = [];
  const record = (url: string, init?: RequestInit) => {
    const body = typeof init?.body === "string" ? init.body : "";
    sent.push({ url, told: JSON.stringify([...new Headers(init?.headers)]) + body });
  };
  const fetch: Fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    record(url, init);
    if (url === destination || !isRedirected()) return await answer(input, init);
    if (init?.redirect === "manual") return new Response(null, { status: 307, headers: { Location: destination } });
    record(destination, init);
    return await answer(destination, init);
  };
  return { fetch, sent };
}

const answerOk: Fetch = () => Promise.resolve(jsonAnswer({ name: "files/a", file: { name: "files/a", uri: "u" } }));

function question() {
  const attachment = attachmentOf(countingBytes(9));
  const content = [{ kind: "text" as const, text: "What is it?" }, { kind: "image" as const, attachment }];
  return { name: "answer", schema: z.object({ is: z.string() }), instructions: "Look.", content, timeoutMs: 1_000 };
}

const calls: Readonly<Record<string, (fetch: Fetch) => Promise<Outcome<unknown>>>> = {
  "a question to OpenAI": (fetch) => askOpenai({ apiKey, baseUrl: `${home}/v1`, model: "m", fetch })(question()),
  "a question to Gemini": (fetch) =>
    askGemini({ apiKey, baseUrl: home, model: "m", fetch, wait: () => Promise.resolve() })(question()),
  "an upload": (fetch) => uploadFile({ apiKey, baseUrl: home, fetch }, attachmentOf(countingBytes(9))),
  "a look at a file": (fetch) => fileState({ apiKey, baseUrl: home, fetch }, { name: "files/a" }),
  "a file's removal": (fetch) => removeFile({ apiKey, baseUrl: home, fetch }, { name: "files/a" }),
  "a request for a token": async (fetch) => {
    const { account } = await createServiceAccount();
    return await createAccessTokens({ account, fetch, cache: new Map(), now: () => 0 }).get();
  },
};

describe.each(destinations)("a redirect to %s", (destination) => {
  test.each(Object.entries(calls))("is not followed with the key of %s", async (_, call) => {
    const { fetch, sent } = network(destination, answerOk);
    expect((await call(fetch)).ok).toBe(false);
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.map(({ url }) => url)).not.toContain(destination);
  });

  test("is not followed with a token, though its caller would", async () => {
    const { account } = await createServiceAccount();
    const { fetch, sent } = network(destination, answerOk);
    const issue: Fetch = () => Promise.resolve(jsonAnswer({ access_token: apiKey, expires_in: 3_599 }));
    const tokens = createAccessTokens({ account, fetch: issue, cache: new Map(), now: () => 0 });
    const response = await bearerFetch(fetch, tokens, home)(`${home}/v1`, { redirect: "follow" });
    expect(response.status).toBe(307);
    expect(sent).toEqual([{ url: `${home}/v1`, told: expect.stringContaining(apiKey) }]);
  });

  test("is followed for a clip, with the key only at home", async () => {
    const { fetch, sent } = network(destination, answerOk);
    const download = { fetch, url: new URL(`${home}/clip`), keyOrigin: home, headers: { "x-goog-api-key": apiKey } };
    expect((await openDownload(download)).ok).toBe(true);
    const hasKey = sent.map(({ url, told }) => [new URL(url).origin, told.includes(apiKey)]);
    const { origin } = new URL(destination);
    expect(hasKey).toEqual([[home, true], [origin, origin === home]]);
  });
});

test("an upload does not go where the upstream says, unless that is at home", async () => {
  const elsewhere = new Headers({ "x-goog-upload-url": "https://evil.example/upload" });
  const { fetch, sent } = network("", () => Promise.resolve(new Response("{}", { headers: elsewhere })), () => false);
  const uploaded = await uploadFile({ apiKey, baseUrl: home, fetch }, attachmentOf(countingBytes(9)));
  expect(uploaded).toMatchObject({ ok: false, fault: { kind: "malformed" } });
  expect(sent.map(({ url }) => new URL(url).origin)).toEqual([home]);
});

test("a token is asked for where the account's key says, and told to nobody else", async () => {
  const { account } = await createServiceAccount();
  const { fetch, sent } = network("", () => Promise.resolve(jsonAnswer({ access_token: "t" })), () => false);
  await createAccessTokens({ account, fetch, cache: new Map(), now: () => 0 }).get();
  expect(sent.map(({ url }) => url)).toEqual([tokenUri]);
});

const clipMs = 6_000;

describe.each(dialects)("a model on $name", (dialect) => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([`${sandboxOrigin}/elsewhere`, "https://evil.example/"])(
    "follows no redirect with its key, whatever it is asked: %s",
    async (destination) => {
      const { fetchSandbox, made } = await makeClip(dialect);
      const { fetch, sent } = network(destination, fetchSandbox);
      const model = openDialect(dialect, fetch);
      const outcomes = await Promise.all(everything(model, dialect, made));
      expect(outcomes.filter(({ ok }) => ok)).toEqual([]);
      expect(sent.length).toBeGreaterThanOrEqual(outcomes.length);
      expect(sent.map(({ url }) => url)).not.toContain(destination);
    },
  );

  test("sends its key to no host but its own for a clip that lies elsewhere", async () => {
    const { fetchSandbox, made } = await makeClip(dialect);
    const isPage: Fetch = (input, init) =>
      String(input) === "https://evil.example/" ? Promise.resolve(new Response("clip")) : fetchSandbox(input, init);
    const { fetch, sent } = network("https://evil.example/", isPage);
    await openDialect(dialect, fetch).open(made.file);
    expect(sent[0]?.url).toContain(sandboxOrigin);
    for (const { url, told } of sent.filter(({ url }) => !url.startsWith(sandboxOrigin))) {
      expect([url, told]).toEqual(["https://evil.example/", "[]"]);
    }
  });
});

interface Made {
  readonly operation: Operation;
  readonly file: ClipFile;
}

function everything(model: VideoModel, dialect: Dialect, { operation }: Made): Promise<Outcome<unknown>>[] {
  const asked = [model.probe(dialect.model), model.start(requestOf(dialect)), model.status(operation)];
  const rest = [model.cancel?.(operation), model.forget?.(operation)].filter((call) => call !== undefined);
  return [...asked, ...rest];
}

function requestOf({ model, seconds }: Dialect) {
  const pictures = [attachmentOf(new Uint8Array(jpeg({ width: 64, height: 48 })))];
  const source = { kind: "references", pictures, seconds, motion: null } as const;
  return { model, prompt: "A ring turns.", aspectRatio: "16:9", resolution: "720p", source } as const;
}

/** A clip that the stand-in has made. */
async function makeClip(dialect: Dialect): Promise<{ fetchSandbox: Fetch; made: Made }> {
  const sandbox = await openTestSandbox({ clip_ms: clipMs });
  const fetchSandbox: Fetch = (input, init) => sandbox.fetch(String(input).replace(sandboxOrigin, ""), init);
  const model = openDialect(dialect, fetchSandbox);
  const started = await model.start(requestOf(dialect));
  if (!started.ok) throw new Error(started.fault.note);
  vi.setSystemTime(Date.now() + clipMs);
  const status = await model.status(started.value);
  if (!status.ok || status.value.state !== "completed") throw new Error("The clip was not made.");
  return { fetchSandbox, made: { operation: started.value, file: status.value.file } };
}
