import { beforeAll, describe, expect, test } from "vitest";
import { bearerFetch } from "../../src/upstream/bearer-fetch.ts";
import { type AccessTokenCache, createAccessTokens } from "../../src/upstream/service-account.ts";
import { parseServiceAccount } from "../../src/service-account-key.ts";
import { thrownFault } from "../../src/upstream/read-fault.ts";
import { type Answer, jsonAnswer, recordedFetch } from "../support/recorded-fetch.ts";
import { createServiceAccount, type TestAccount, tokenUri } from "../support/service-accounts.ts";

const start = Date.UTC(2026, 10, 24, 12);
const tokenAnswer = (token: string) => jsonAnswer({ access_token: token, expires_in: 3_599, token_type: "Bearer" });

let made: TestAccount;
beforeAll(async () => {
  made = await createServiceAccount();
});

/** Tokens whose clock is moved by hand. */
function tokensWith(answers: Answer[], options: { cache?: AccessTokenCache; privateKey?: string } = {}) {
  const { fetch, requests } = recordedFetch(...answers);
  const clock = { now: start };
  const account = { ...made.account, private_key: options.privateKey ?? made.account.private_key };
  const cache = options.cache ?? new Map();
  return { clock, requests, fetch, tokens: createAccessTokens({ account, fetch, cache, now: () => clock.now }) };
}

function part(assertion: string, index: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.fromBase64(assertion.split(".")[index] ?? "", { alphabet: "base64url" });
}

const jsonPart = (assertion: string, index: number) => JSON.parse(new TextDecoder().decode(part(assertion, index)));

describe("a token is asked for", () => {
  test("with an assertion that the account's public key verifies, as a form, at the key's address", async () => {
    const { tokens, requests } = tokensWith([tokenAnswer("t1")]);
    expect(await tokens.get()).toEqual({ ok: true, value: "t1" });
    const [request] = requests;
    expect(request).toMatchObject({ url: tokenUri, method: "POST", redirect: "manual" });
    expect(request?.headers.get("content-type")).toBe("application/x-www-form-urlencoded");
    const form = new URLSearchParams(request?.body);
    expect(form.get("grant_type")).toBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
    const assertion = form.get("assertion") ?? "";
    expect(assertion).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(jsonPart(assertion, 0)).toEqual({ alg: "RS256", typ: "JWT", kid: "key-1" });
    expect(jsonPart(assertion, 1)).toEqual({
      iss: "films@film-project.iam.gserviceaccount.com",
      scope: "https://www.googleapis.com/auth/cloud-platform",
      aud: tokenUri,
      iat: start / 1_000,
      exp: start / 1_000 + 3_600,
    });
    const signed = new TextEncoder().encode(assertion.split(".").slice(0, 2).join("."));
    const isSigned = await crypto.subtle.verify("RSASSA-PKCS1-v1_5", made.publicKey, part(assertion, 2), signed);
    expect(isSigned).toBe(true);
  });

  test.each([["\\n"], ["\\r\\n"], ["\\\\n"], ["\r\n"], [" "]])(
    "with a key whose line breaks have become %j",
    async (lineBreak) => {
      const privateKey = made.account.private_key.replaceAll("\n", lineBreak);
      const { tokens } = tokensWith([tokenAnswer("t1")], { privateKey });
      expect(await tokens.get()).toEqual({ ok: true, value: "t1" });
    },
  );

  test.each(["", "secret", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"])(
    "by nobody when the key is unusable: %j",
    async (privateKey) => {
      const { tokens, requests } = tokensWith([], { privateKey });
      expect(await tokens.get()).toMatchObject({ ok: false, fault: { kind: "unauthorized" } });
      expect(requests).toEqual([]);
    },
  );
});

describe("a token is kept", () => {
  test("until a minute before it ends", async () => {
    const { tokens, clock, requests } = tokensWith([tokenAnswer("t1"), tokenAnswer("t2")]);
    await tokens.get();
    clock.now = start + 3_538_000;
    expect(await tokens.get()).toEqual({ ok: true, value: "t1" });
    clock.now = start + 3_539_000;
    expect(await tokens.get()).toEqual({ ok: true, value: "t2" });
    expect(requests.length).toBe(2);
  });

  test("for others who have the same cache and the same account", async () => {
    const cache: AccessTokenCache = new Map();
    await tokensWith([tokenAnswer("t1")], { cache }).tokens.get();
    expect(await tokensWith([], { cache }).tokens.get()).toEqual({ ok: true, value: "t1" });
    const { fetch } = recordedFetch(tokenAnswer("other"));
    const account = { ...made.account, client_email: "other@film-project.iam.gserviceaccount.com" };
    expect(await createAccessTokens({ account, fetch, cache, now: () => start }).get()).toMatchObject({
      value: "other",
    });
  });

  test("until it was refused, unless somebody else has renewed it", async () => {
    const { tokens } = tokensWith([tokenAnswer("t1"), tokenAnswer("t2")]);
    await tokens.get();
    tokens.drop("t1");
    expect(await tokens.get()).toEqual({ ok: true, value: "t2" });
    tokens.drop("t1");
    expect(await tokens.get()).toEqual({ ok: true, value: "t2" });
  });

  test("not at all when nothing says how long it lasts", async () => {
    const { tokens } = tokensWith([jsonAnswer({ access_token: "t1" }), tokenAnswer("t2")]);
    expect(await tokens.get()).toEqual({ ok: true, value: "t1" });
    expect(await tokens.get()).toEqual({ ok: true, value: "t2" });
  });
});

test.each<[string, Answer, string]>([
  ["a clock that is off or a wrong key", jsonAnswer({ error: "invalid_grant" }, { status: 400 }), "unauthorized"],
  ["an unknown client", jsonAnswer({ error: "invalid_client" }, { status: 401 }), "unauthorized"],
  ["a wrong address", new Response("<html>", { status: 404 }), "unauthorized"],
  ["a full minute", jsonAnswer({}, { status: 429 }), "rate_limited"],
  ["a broken issuer", jsonAnswer({}, { status: 503 }), "unreachable"],
  ["a redirect", new Response(null, { status: 302, headers: { Location: "https://x.example" } }), "unreachable"],
  ["a lost answer", new TypeError("Network connection lost."), "unreachable"],
  ["another JSON", jsonAnswer({ hello: "world" }), "unreachable"],
  ["no JSON", new Response("<html>"), "unreachable"],
  ["a token that is no header", jsonAnswer({ access_token: "a\nb", expires_in: 3_599 }), "unreachable"],
])("%s never looks like a request that was taken, nor like a missing model", async (_, answer, kind) => {
  const { tokens } = tokensWith([answer]);
  expect(await tokens.get()).toMatchObject({ ok: false, fault: { kind } });
});

describe("a fetch with tokens", () => {
  const url = "https://vertex.example/v1/x";
  const unauthenticated = () => jsonAnswer({}, { status: 401 });

  test("carries the token to the configured origin, and nowhere else", async () => {
    const { tokens } = tokensWith([tokenAnswer("t1")]);
    const { fetch, requests } = recordedFetch(jsonAnswer({}), jsonAnswer({}), jsonAnswer({}));
    const bearing = bearerFetch(fetch, tokens, "https://vertex.example/base");
    await bearing(url, { headers: { "X-Other": "1" } });
    await bearing("https://elsewhere.example/v1/x");
    await bearing("http://vertex.example/v1/x");
    expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual(["Bearer t1", null, null]);
    expect(requests[0]?.headers.get("x-other")).toBe("1");
  });

  test("asks once more with a new token after a 401, and only once", async () => {
    const { tokens } = tokensWith([tokenAnswer("t1"), tokenAnswer("t2"), tokenAnswer("t3")]);
    const { fetch, requests } = recordedFetch(unauthenticated(), jsonAnswer({}), unauthenticated(), unauthenticated());
    const bearing = bearerFetch(fetch, tokens, url);
    expect((await bearing(url, { method: "POST", body: "{}" })).status).toBe(200);
    expect((await bearing(url, { method: "POST", body: "{}" })).status).toBe(401);
    expect(requests.map(({ headers, body }) => [headers.get("authorization"), body])).toEqual([
      ["Bearer t1", "{}"],
      ["Bearer t2", "{}"],
      ["Bearer t2", "{}"],
      ["Bearer t3", "{}"],
    ]);
  });

  test("asks nothing when there is no token, and says why", async () => {
    const { tokens } = tokensWith([jsonAnswer({ error: "invalid_grant" }, { status: 400 })]);
    const { fetch, requests } = recordedFetch();
    const thrown = await bearerFetch(fetch, tokens, url)(url).catch((error: unknown) => error);
    expect(thrownFault(thrown)).toMatchObject({ fault: { kind: "unauthorized" } });
    expect(requests).toEqual([]);
  });
});

describe("the key's file", () => {
  test("is read with Google's address for tokens unless it names another", () => {
    const { token_uri: _, ...rest } = made.account;
    expect(parseServiceAccount(JSON.stringify({ ...rest, type: "service_account" }))).toEqual({
      ...rest,
      token_uri: "https://oauth2.googleapis.com/token",
    });
  });

  test.each(["", "secret", "{}", '{"client_email":"a@b","private_key":""}'])("is not taken for one: %j", (text) => {
    expect(parseServiceAccount(text)).toBeNull();
  });
});
