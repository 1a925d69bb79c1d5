/** The field `callback_url`: where a task's end is told, and whether that is an address to tell it to. */
import { z } from "zod";
import { AddressError } from "../addresses/address-error.ts";
import { type AddressRules, admitAddress, guardAddress } from "../addresses/address-guard.ts";
import { createResolver, type ResolverDependencies } from "../addresses/resolve-name.ts";
import type { Settings } from "../env.ts";
import type { FieldProblem } from "../errors.ts";
import type { RawFields } from "../references/fields.ts";

export const callbackField = "callback_url";

export const callbackSchema = z.object({
  url: z.string(),
  /** The origin that the client used, for the links in what is told. */
  origin: z.string(),
});

export type Callback = z.infer<typeof callbackSchema>;

/** For the question what the name leads to. Each lookup has a shorter limit of its own. */
const lookUpTimeoutMs = 10_000;

type CallbackSettings = Pick<Settings, "allowPrivateUrls" | "webhookSecrets">;

/** Nobody may read on its way what a webhook says, nor the token that its address may hold. */
export function callbackRules({ allowPrivateUrls }: Pick<Settings, "allowPrivateUrls">, origin: string): AddressRules {
  return { allowPrivate: allowPrivateUrls, ownOrigin: origin, httpsOnly: !allowPrivateUrls };
}

/** What is wrong with the address as it is written, which is all that an estimate looks at. */
export function addressProblems(fields: RawFields, settings: CallbackSettings, origin: string): FieldProblem[] {
  const url = urlOf(fields);
  if (url === null) return [];
  try {
    guardAddress(url, callbackRules(settings, origin));
    return [];
  } catch (error) {
    return [problemOf(error)];
  }
}

/** What can be said before anybody is asked. */
export function callbackProblems(fields: RawFields, settings: CallbackSettings, origin: string): FieldProblem[] {
  if (urlOf(fields) === null || settings.webhookSecrets.length > 0) return addressProblems(fields, settings, origin);
  const message =
    "This deployment tells nobody of a task's end before WEBHOOK_SECRET is set. Ask for the status instead.";
  return [{ field: callbackField, code: "not_configured", message }];
}

export interface AdmittedCallback {
  /** Null for nobody. */
  readonly callback: Callback | null;
  readonly problems: readonly FieldProblem[];
}

/** Besides what {@link callbackProblems} says, the name is looked up. Nothing is sent there. */
export async function admitCallback(
  fields: RawFields,
  settings: CallbackSettings,
  origin: string,
  fetch: ResolverDependencies["fetch"],
): Promise<AdmittedCallback> {
  const problems = callbackProblems(fields, settings, origin);
  const url = urlOf(fields);
  if (url === null || problems.length > 0) return { callback: null, problems };
  const signal = AbortSignal.timeout(lookUpTimeoutMs);
  try {
    await admitAddress(url, { ...callbackRules(settings, origin), resolve: createResolver({ fetch }), signal });
    return { callback: { url, origin }, problems: [] };
  } catch (error) {
    return { callback: null, problems: [problemOf(error)] };
  }
}

/** One that was sent twice is told of where all fields are read. */
function urlOf(fields: RawFields): string | null {
  const [url, ...more] = (fields.get(callbackField) ?? []).filter((value) => value !== "");
  return url === undefined || more.length > 0 ? null : url;
}

function problemOf(error: unknown): FieldProblem {
  if (!(error instanceof AddressError)) throw error;
  return { field: callbackField, code: "invalid_input", message: error.message };
}
