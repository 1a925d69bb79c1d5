/**
 * What must not get out, and whether it did. Everything that the service says while the suite runs passes here: answers as
 * they are read, lines of its log, and at the end the rows that it stored. Only what is found is kept.
 */

/** Where something was found that must stay inside. */
export interface Disclosure {
  readonly where: string;
  readonly what: string;
  /** What stood around it. */
  readonly excerpt: string;
}

/** What the settings of the sandbox keep, and how the stand-in for the upstreams marks what is its own. */
const alwaysSecret = [
  "sandbox-openai-key",
  "sandbox-gemini-key",
  "sandbox-token.",
  "c2FuZGJveC1zZWNyZXQtdGhhdC1pcy1ub3Qtc2VjcmV0",
  "sandbox-secret-that-is-not-secret",
  "BEGIN PRIVATE KEY",
  "MIIEvgIBADANBgkqhkiG9w0BAQEFAASC",
  "sandbox@sandbox.invalid",
  "gemini.sandbox.invalid",
  "openai.sandbox.invalid",
  "vertex.sandbox.invalid",
  "oauth.sandbox.invalid",
  "req_sandbox",
];

/** A text of an upstream that is shorter may be anybody's. */
const tellingLength = 20;
const excerptLength = 60;

const secrets = new Set(alwaysSecret);
let pattern: RegExp | null = null;

const found: Disclosure[] = [];
const seen = { answers: 0, lines: 0, rows: 0 };

/** From now on this must not get out either. */
export function keepSecret(text: string): void {
  if (text.length < tellingLength || secrets.has(text)) return;
  secrets.add(text);
  pattern = null;
}

/** Everything that upstreams said in their errors is theirs. */
export function keepUpstreamTextsSecret(json: unknown): void {
  if (typeof json !== "object" || json === null) return;
  for (const [name, value] of Object.entries(json)) {
    if (typeof value === "string" && (name === "message" || name === "title")) keepSecret(value);
    else keepUpstreamTextsSecret(value);
  }
}

export function look(kind: keyof typeof seen, where: string, text: string): void {
  seen[kind]++;
  pattern ??= new RegExp([...secrets].map((secret) => secret.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"));
  const match = pattern.exec(text);
  if (!match) return;
  const start = Math.max(0, match.index - excerptLength);
  found.push({ where, what: match[0], excerpt: text.slice(start, match.index + match[0].length + excerptLength) });
}

export function disclosures(): readonly Disclosure[] {
  return found;
}

/** How much was looked at. */
export function looked(): Readonly<typeof seen> {
  return seen;
}
