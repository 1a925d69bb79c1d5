/**
 * Google's token endpoint, played: a service account's signed assertion for an access token (RFC 7523; "Using OAuth 2.0
 * for Server to Server Applications"). It knows one account, whose private key is in `wrangler.toml`.
 */
import { Hono } from "hono";
import { z } from "zod";
import { accept, answerCall, refuse, type Worked } from "./answer-call.ts";
import { issueToken, tokenSeconds } from "./access-token.ts";
import { upstreamBase } from "./links.ts";
import type { Sandbox } from "./sandbox.ts";
import { accountEmail, accountPublicKey } from "./service-account.ts";

const grantType = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const cloudScope = "https://www.googleapis.com/auth/cloud-platform";
const assertionSecondsMaximum = 3_600;
/** How far ahead the caller's clock may be. */
const skewSeconds = 300;

const headerSchema = z.object({
  alg: z.literal("RS256"),
  typ: z.literal("JWT").optional(),
  kid: z.string().optional(),
});

const claimsSchema = z.object({
  iss: z.string(),
  scope: z.string(),
  aud: z.string(),
  /** Seconds since 1970. */
  iat: z.number(),
  exp: z.number(),
});

type Claims = z.infer<typeof claimsSchema>;

export function oauthRoutes(sandbox: Sandbox) {
  return new Hono().post("/token", ({ req }) => exchange(sandbox, req.raw));
}

async function exchange(sandbox: Sandbox, request: Request): Promise<Response> {
  const isForm = request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded") === true;
  const form = new URLSearchParams(isForm ? await request.text() : "");
  const claims = await readAssertion(form.get("assertion") ?? "");
  const detail = { grant_type: form.get("grant_type"), claims };
  return await answerCall(sandbox, { wire: "google", name: "token", model: null, detail }, (fault) => {
    if (form.get("grant_type") !== grantType) return deny("unsupported_grant_type", "Invalid grant_type.");
    if (fault === "invalid_grant" || claims === null) return deny("invalid_grant", "Invalid JWT Signature.");
    const now = sandbox.now();
    return findClaimProblem(claims, `${upstreamBase(request, "oauth")}/token`, now / 1_000) ??
      accept(Response.json({ access_token: issueToken(now), expires_in: tokenSeconds, token_type: "Bearer" }));
  });
}

function deny(error: string, error_description: string): Worked {
  return refuse(Response.json({ error, error_description }, { status: 400 }));
}

/** @param now seconds since 1970 */
function findClaimProblem({ iss, scope, aud, iat, exp }: Claims, audience: string, now: number): Worked | undefined {
  if (iss !== accountEmail) return deny("invalid_grant", "Invalid grant: account not found");
  if (aud !== audience) return deny("invalid_grant", "Invalid JWT: Failed audience check.");
  if (iat > now + skewSeconds || exp <= now || exp <= iat || exp - iat > assertionSecondsMaximum) {
    const message = "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. " +
      "Check your iat and exp values in the JWT claim.";
    return deny("invalid_grant", message);
  }
  if (scope.split(" ").includes(cloudScope)) return undefined;
  return deny("invalid_scope", "Invalid OAuth scope or ID token audience provided.");
}

/** @returns null for what is no JWT, or was not signed by the account's key */
async function readAssertion(assertion: string): Promise<Claims | null> {
  try {
    const [header = "", payload = "", signature = "", ...rest] = assertion.split(".");
    if (rest.length > 0 || !headerSchema.safeParse(JSON.parse(textOf(header))).success) return null;
    const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("jwk", accountPublicKey, algorithm, false, ["verify"]);
    const signed = new TextEncoder().encode(`${header}.${payload}`);
    const isSigned = await crypto.subtle.verify(algorithm.name, key, bytesOf(signature), signed);
    return isSigned ? claimsSchema.parse(JSON.parse(textOf(payload))) : null;
  } catch {
    return null;
  }
}

function textOf(part: string): string {
  return new TextDecoder().decode(bytesOf(part));
}

function bytesOf(part: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.fromBase64(part, { alphabet: "base64url" });
}
