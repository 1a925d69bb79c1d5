import { describe, expect, test } from "vitest";
import { type AddressRules, admitAddress } from "../../src/addresses/address-guard.ts";
import { openAddress } from "../../src/addresses/open-address.ts";
import { createResolver, lookUpTimeoutMs } from "../../src/addresses/resolve-name.ts";
import { page, redirect, webOf } from "./made-up-web.ts";

const strict: AddressRules = { allowPrivate: false, ownOrigin: "https://videos.example" };
const never = new AbortController().signal;

/** What the resolver is told, by the kind of records asked for. */
type Zone = Partial<Record<"A" | "AAAA", Response>>;

const records = (...list: { type: number; data: string }[]) =>
  Response.json({
    Status: 0,
    TC: false,
    Question: [],
    Answer: list.map((record) => ({ name: "x.", TTL: 1, ...record })),
  });
const a = (data: string) => ({ type: 1, data });
const cname = (data: string) => ({ type: 5, data });
const aaaa = (data: string) => ({ type: 28, data });
const nothing = () => Response.json({ Status: 0, Authority: [] });

function resolving(zone: Zone, timeout: (milliseconds: number) => AbortSignal = () => never) {
  const asked: { url: string; init: RequestInit }[] = [];
  const resolve = createResolver({
    fetch: (url, init) => {
      asked.push({ url, init });
      if (init.signal?.aborted) return Promise.reject(init.signal.reason);
      const type = new URL(url).searchParams.get("type");
      return Promise.resolve((type === "A" ? zone.A : zone.AAAA) ?? nothing());
    },
    timeout,
  });
  return { resolve, asked };
}

async function verdictOn(zone: Zone, address = "https://shop.com/1.jpg"): Promise<string> {
  const { resolve } = resolving(zone);
  const admitted = admitAddress(address, { ...strict, resolve, signal: never });
  return await admitted.then(() => "taken", (error) => error.fault);
}

test("a name is asked for both kinds of addresses, without a word about us", async () => {
  const { resolve, asked } = resolving({ A: records(a("93.184.216.34")) });
  const url = await admitAddress("https://КОЛЬЦО.рф./a.jpg", { ...strict, resolve, signal: never });
  expect(url.href).toBe("https://xn--j1acib3b9a.xn--p1ai./a.jpg");
  expect(asked.map(({ url }) => url)).toEqual([
    "https://cloudflare-dns.com/dns-query?name=xn--j1acib3b9a.xn--p1ai&type=A",
    "https://cloudflare-dns.com/dns-query?name=xn--j1acib3b9a.xn--p1ai&type=AAAA",
  ]);
  for (const { init: { redirect, headers } } of asked) {
    expect({ redirect, headers }).toEqual({ redirect: "manual", headers: { accept: "application/dns-json" } });
  }
});

test.each<[string, Zone]>([
  ["to an IPv4 address", { A: records(a("93.184.216.34")) }],
  ["to an IPv6 address", { AAAA: records(aaaa("2606:2800:220:1:248:1893:25c8:1946")) }],
  ["to both, over another name", {
    A: records(cname("cdn.example.net."), a("93.184.216.34")),
    AAAA: records(cname("cdn.example.net."), aaaa("2606:2800::1")),
  }],
  ["besides to a signature", { A: records(a("93.184.216.34"), { type: 46, data: "a 8 2 300 …" }) }],
])("a name is taken that leads %s", async (_, zone) => {
  expect(await verdictOn(zone)).toBe("taken");
});

test.each<[string, Zone]>([
  ["to this machine", { A: records(a("127.0.0.1")) }],
  ["to a private network", { A: records(a("10.0.0.1")) }],
  ["to metadata", { A: records(a("169.254.169.254")) }],
  ["to a public address and to a private one", { A: records(a("93.184.216.34"), a("192.168.1.1")) }],
  ["to a private one as IPv6 only", { A: records(a("93.184.216.34")), AAAA: records(aaaa("::1")) }],
  ["to a mapped one", { AAAA: records(aaaa("::ffff:127.0.0.1")) }],
  ["to a translated one", { AAAA: records(aaaa("64:ff9b::a00:1")) }],
  ["to a unique local one", { AAAA: records(aaaa("fd00:ec2::254")) }],
  ["over a name of a local network", { A: records(cname("metadata.google.internal."), a("93.184.216.34")) }],
  ["over a name that is an address", { A: records(cname("127.0.0.1.nip.io."), a("93.184.216.34")) }],
  ["over our own name", { A: records(cname("VIDEOS.example."), a("93.184.216.34")) }],
])("a name is refused that leads %s", async (_, zone) => {
  expect(await verdictOn(zone)).toBe("refused");
});

test.each<[string, Zone]>([
  ["does not exist", { A: Response.json({ Status: 3 }), AAAA: Response.json({ Status: 3 }) }],
  ["leads nowhere", {}],
  ["leads only to another name", { A: records(cname("cdn.example.net.")) }],
  ["is answered for one kind only", { A: records(a("93.184.216.34")), AAAA: Response.json({ Status: 2 }) }],
  ["has an address that cannot be read", { A: records(a("93.184.216.34"), a("1.2.3.4.5")) }],
  ["has a name where an address should be", { A: records(a("93.184.216.34"), a("elsewhere.com")) }],
  ["has an IPv6 address that cannot be read", { A: records(a("93.184.216.34")), AAAA: records(aaaa("fe80::1%eth0")) }],
  ["is answered by a web page", { A: new Response("<html>") }],
  ["is answered by another JSON", { A: Response.json({ hello: "world" }) }],
  ["is answered by a failure", { A: new Response("", { status: 500 }) }],
  ["is answered by a redirect", { A: Response.redirect("https://elsewhere.example/") }],
])("a name is not opened that %s", async (_, zone) => {
  expect(await verdictOn(zone)).toBe("failed");
});

test("a literal address is not looked up, nor is anything where private ones are allowed", async () => {
  const { resolve, asked } = resolving({});
  await admitAddress("https://8.8.8.8/", { ...strict, resolve, signal: never });
  await admitAddress("https://[2606:4700::1]/", { ...strict, resolve, signal: never });
  await admitAddress("https://shop.com/", { ...strict, allowPrivate: true, resolve, signal: never });
  expect(asked).toEqual([]);
});

describe("a look-up ends", () => {
  test("when it takes too long", async () => {
    const limits: number[] = [];
    const { resolve } = resolving({}, (milliseconds) => {
      limits.push(milliseconds);
      return AbortSignal.abort();
    });
    await expect(resolve("shop.com", never)).rejects.toMatchObject({
      fault: "failed",
      message: "The name of the host in this address could not be looked up.",
    });
    expect(limits).toEqual([lookUpTimeoutMs]);
  });

  test("with what it is for", async () => {
    const { resolve } = resolving({ A: records(a("93.184.216.34")) });
    await expect(resolve("shop.com", AbortSignal.abort())).rejects.toMatchObject({ fault: "failed" });
  });
});

test("the name of each step is looked up before it is asked, and a private one never is", async () => {
  const pages = {
    "https://a.com/": redirect("https://b.com/"),
    "https://b.com/": redirect("/2"),
    "https://b.com/2": redirect("https://inner.shop.com/secret"),
    "https://inner.shop.com/secret": page("secret"),
  };
  const { web, sent, lookedUp } = webOf({ pages, names: { "inner.shop.com": ["93.184.216.34", "10.0.0.1"] } });
  await expect(openAddress("https://a.com/", [], web)).rejects.toMatchObject({ fault: "refused" });
  expect(lookedUp).toEqual(["a.com", "b.com", "b.com", "inner.shop.com"]);
  expect(sent.map(({ url }) => url)).toEqual(["https://a.com/", "https://b.com/", "https://b.com/2"]);
});
