/** Access tokens that carry their own end, so that none has to be kept. */
import { googleError } from "./google-errors.ts";

/** What Google says of every token that it issues. */
export const tokenSeconds = 3_599;

const prefix = "sandbox-token.";

/** @param now milliseconds since 1970 */
export function issueToken(now: number): string {
  return prefix + (now + tokenSeconds * 1_000);
}

/** @returns what Google's APIs say to a call without a token that is good now, or null */
export function findTokenProblem(authorization: string | null, now: number): Response | null {
  const token = /^Bearer (.+)$/.exec(authorization ?? "")?.[1];
  if (token?.startsWith(prefix) && Number(token.slice(prefix.length)) > now) return null;
  const message = token === undefined
    ? "Request is missing required authentication credential."
    : "Request had invalid authentication credentials.";
  const reason = token === undefined ? "CREDENTIALS_MISSING" : "ACCESS_TOKEN_EXPIRED";
  return googleError(
    "UNAUTHENTICATED",
    `${message} Expected OAuth 2 access token, login cookie or other valid authentication credential.`,
    [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason, domain: "googleapis.com" }],
  );
}
