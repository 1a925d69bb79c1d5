/** What the value of a setting can be. Schemas of text, as the environment holds it, and what each is read as. */
import { z } from "zod";
import { parseApiKeys } from "./api-keys.ts";
import { parseServiceAccount } from "./service-account-key.ts";
import { parseWebhookSecrets } from "./webhooks/secret.ts";

/** In `wrangler.toml` and `.dev.vars` an empty value means "not set". */
export const text = z.string().optional().transform((value) => value?.trim() || undefined);
export const textOr = (fallback: string) => text.transform((value) => value ?? fallback);
export const addressOr = (fallback: string) =>
  textOr(fallback).pipe(z.url({ protocol: /^https?$/ })).transform(withoutSlash);
export const flag = text.pipe(z.enum(["true", "false"]).optional()).transform((value) => value === "true");

/** A key of a Google service account, as its JSON file holds it. */
export const serviceAccount = text.transform((value, context) => {
  if (value === undefined) return undefined;
  const account = parseServiceAccount(value);
  if (!account) context.addIssue({ code: "custom", message: "not the JSON of a service account's key" });
  return account ?? undefined;
});

/** Null when not set; a list that cannot be used is an error, never "no keys". */
export const apiKeys = text.transform((value, context) => {
  if (value === undefined) return null;
  const keys = parseApiKeys(value);
  if (!keys) context.addIssue({ code: "custom", message: "not a list of keys" });
  return keys;
});

/** Empty when not set; a list with one that cannot be used is an error, for its receiver would take nothing. */
export const webhookSecrets = text.transform((value, context): Uint8Array<ArrayBuffer>[] => {
  const secrets = value === undefined ? [] : parseWebhookSecrets(value);
  if (!secrets) context.addIssue({ code: "custom", message: "not a list of secrets" });
  return secrets ?? [];
});

/** Origins separated by commas: `https://shop.example`, or `*` for any. */
export const origins = textOr("").transform((value) => value.split(",").map((origin) => origin.trim()).filter(Boolean))
  .pipe(z.array(z.string().refine((origin) => origin === "*" || URL.parse(origin)?.origin === origin)));

/** US dollars; zero lets nothing be paid. Null when not set. */
export const dollars = text.pipe(z.string().regex(/^\d{1,7}(\.\d{1,6})?$/).transform(Number).optional())
  .transform((value) => value ?? null);

/** `gs://bucket` or `gs://bucket/folder`. */
export const cloudStorageAddress = text.pipe(z.string().regex(/^gs:\/\/[a-z0-9][\w.-]+(\/.*)?$/).optional());

export function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
