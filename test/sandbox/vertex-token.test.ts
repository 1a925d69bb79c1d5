import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { bearer, vertexPath, vertexRequest } from "../support/sandbox-requests.ts";
import { type VeoClient, withVeo } from "./veo-client.ts";

const accountSchema = z.object({ client_email: z.string(), private_key: z.string(), token_uri: z.string() });
const tokenSchema = z.strictObject({
  access_token: z.string(),
  expires_in: z.literal(3_599),
  token_type: z.literal("Bearer"),
});

/** The account in the sandbox's settings. */
const account = accountSchema.parse(JSON.parse(env.VERTEX_SERVICE_ACCOUNT));
const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
/** The clock that `withVeo` begins with. Seconds since 1970. */
const now = Date.UTC(2026, 10, 23) / 1_000;

function encode(part: object): string {
  const bytes = new TextEncoder().encode(JSON.stringify(part));
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

async function assertion(claims: object = {}, header: object = {}): Promise<string> {
  const der = Uint8Array.fromBase64(account.private_key.replace(/-----[^-]+-----|\s/g, ""));
  const key = await crypto.subtle.importKey("pkcs8", der, algorithm, false, ["sign"]);
  const unsigned = `${encode({ alg: "RS256", typ: "JWT", ...header })}.${
    encode({
      iss: account.client_email,
      scope: "https://www.googleapis.com/auth/cloud-platform",
      aud: account.token_uri,
      iat: now,
      exp: now + 3_600,
      ...claims,
    })
  }`;
  const signature = new Uint8Array(await crypto.subtle.sign(algorithm.name, key, new TextEncoder().encode(unsigned)));
  return `${unsigned}.${signature.toBase64({ alphabet: "base64url", omitPadding: true })}`;
}

function exchange(veo: VeoClient, assertion: string, form: Record<string, string> = {}): Promise<Response> {
  const body = new URLSearchParams({
    grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
    assertion,
    ...form,
  });
  const headers = { "x-sandbox-base": "https://oauth.sandbox.invalid" };
  return veo.ask("/oauth/token", { method: "POST", headers, body });
}

function submitWith(veo: VeoClient, token: string): Promise<Response> {
  const body = JSON.stringify(vertexRequest());
  return veo.ask(vertexPath("predictLongRunning"), {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body,
  });
}

describe("the token endpoint in the sandbox", () => {
  it("gives a token that is good for 3,599 seconds", async () => {
    await withVeo(async (veo) => {
      const token = tokenSchema.parse(await (await exchange(veo, await assertion())).json()).access_token;
      veo.pass(3_599_000 - 1);
      expect((await submitWith(veo, token)).status).toBe(200);
      veo.pass(1);
      expect((await submitWith(veo, token)).status).toBe(401);
      expect((await veo.ledger()).calls.map(({ call, accepted }) => [call, accepted])).toEqual([
        ["token", true],
        ["submit", true],
        ["submit", false],
      ]);
    });
  });

  it("takes itself at the address the caller came by", async () => {
    await withVeo(async (veo) => {
      const body = new URLSearchParams({
        grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
        assertion: await assertion({ aud: "http://sandbox.test/sandbox/oauth/token" }),
      });
      expect((await veo.ask("/sandbox/oauth/token", { method: "POST", headers: {}, body })).status).toBe(200);
    });
  });

  it.each([
    ["another account", { iss: "other@sandbox.invalid" }, "invalid_grant"],
    ["another audience", { aud: "https://oauth2.googleapis.com/token" }, "invalid_grant"],
    ["more than an hour", { exp: now + 3_601 }, "invalid_grant"],
    ["a time that is over", { iat: now - 3_600, exp: now }, "invalid_grant"],
    ["a time that has not begun", { iat: now + 400, exp: now + 500 }, "invalid_grant"],
    ["no end", { exp: undefined }, "invalid_grant"],
    ["another scope", { scope: "https://www.googleapis.com/auth/drive" }, "invalid_scope"],
  ])("refuses an assertion for %s", async (_, claims, error) => {
    await withVeo(async (veo) => {
      const response = await exchange(veo, await assertion(claims));
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({ error, error_description: expect.any(String) });
      expect(await veo.ledger()).toMatchObject({ calls: [{ call: "token", accepted: false }] });
    });
  });

  it.each([
    ["changed after it was signed", async () => (await assertion()).replace(/\.[^.]+\./, `.${encode({ iss: "x" })}.`)],
    ["signed in another way", () => assertion({}, { alg: "HS256" })],
    ["that is none", () => Promise.resolve("abc")],
  ])("refuses an assertion %s", async (_, make) => {
    await withVeo(async (veo) => {
      const response = await exchange(veo, await make());
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: "invalid_grant" });
    });
  });

  it("refuses another way of asking, and any when it is told to", async () => {
    await withVeo(async (veo) => {
      const other = await exchange(veo, await assertion(), { grant_type: "refresh_token" });
      expect(await other.json()).toMatchObject({ error: "unsupported_grant_type" });
      await veo.control("faults", [{ call: "token", fault: "invalid_grant" }, { call: "token", fault: "status_503" }]);
      expect(await (await exchange(veo, await assertion())).json()).toMatchObject({ error: "invalid_grant" });
      expect((await exchange(veo, await assertion())).status).toBe(503);
      expect((await exchange(veo, await assertion())).status).toBe(200);
    });
  });

  it("is not needed by whoever brings a token", async () => {
    await withVeo(async (veo) => {
      const headers = { ...bearer };
      expect((await veo.ask("/vertex/v1/publishers/google/models/veo-3.1-generate-001", { headers })).status).toBe(200);
    });
  });
});
