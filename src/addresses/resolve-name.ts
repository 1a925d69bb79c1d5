/**
 * What a name leads to, asked over HTTPS, because a Worker has no other way to know. Source:
 * developers.cloudflare.com/1.1.1.1/encryption/dns-over-https/make-api-requests/dns-json.
 */
import { z } from "zod";
import { AddressError } from "./address-error.ts";
import type { ResolveName } from "./address-guard.ts";
import { isIpAddress, withoutDot } from "./host.ts";

export interface ResolverDependencies {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** A signal that fires after so many milliseconds. Defaults to `AbortSignal.timeout`. */
  readonly timeout?: (milliseconds: number) => AbortSignal;
}

const resolverUrl = "https://cloudflare-dns.com/dns-query";

/** It answers from the next data centre; a name whose own servers take longer is no name to fetch from. */
export const lookUpTimeoutMs = 5_000;

/** Numbers of the kinds of records that lead somewhere (IANA, DNS parameters). */
const recordTypes = { a: 1, cname: 5, aaaa: 28 } as const;

const noError = 0;

const answerSchema = z.object({
  Status: z.literal(noError),
  // A name without records of the kind has no list.
  Answer: z.array(z.object({ type: z.number(), data: z.string() })).default([]),
});

type DnsRecord = z.infer<typeof answerSchema>["Answer"][number];

/** Looks names up anew each time. When one kind of address cannot be looked up, the name is not known. */
export function createResolver(
  { fetch, timeout = AbortSignal.timeout.bind(AbortSignal) }: ResolverDependencies,
): ResolveName {
  return async (name, signal) => {
    const limited = AbortSignal.any([signal, timeout(lookUpTimeoutMs)]);
    try {
      const kinds = ["A", "AAAA"].map((type) => lookUp(fetch, { name: withoutDot(name), type }, limited));
      return hostsOf((await Promise.all(kinds)).flat());
    } catch (error) {
      throw error instanceof AddressError ? error : notFound(error);
    }
  };
}

async function lookUp(
  fetch: ResolverDependencies["fetch"],
  query: Record<"name" | "type", string>,
  signal: AbortSignal,
): Promise<DnsRecord[]> {
  const headers = { accept: "application/dns-json" };
  const response = await fetch(`${resolverUrl}?${new URLSearchParams(query)}`, { headers, redirect: "manual", signal });
  return answerSchema.parse(await response.json()).Answer;
}

function hostsOf(records: readonly DnsRecord[]): string[] {
  const hosts = records.flatMap(hostOf);
  if (!hosts.some(isIpAddress)) throw notFound();
  return hosts;
}

/** @throws {AddressError} when it cannot be read: what cannot be judged is not let through */
function hostOf({ type, data }: DnsRecord): string[] {
  if (!Object.values<number>(recordTypes).includes(type)) return [];
  const hostname = URL.parse(`http://${type === recordTypes.aaaa ? `[${data}]` : data}/`)?.hostname;
  if (hostname === undefined || (type !== recordTypes.cname && !isIpAddress(hostname))) throw notFound();
  return [hostname];
}

function notFound(cause?: unknown): AddressError {
  return new AddressError("failed", "The name of the host in this address could not be looked up.", cause);
}
