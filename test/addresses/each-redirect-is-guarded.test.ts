import { describe, expect, test } from "vitest";
import type { AddressRules } from "../../src/addresses/address-guard.ts";
import { openAddress } from "../../src/addresses/open-address.ts";
import { type MadeUpWeb, page, redirect, webOf } from "./made-up-web.ts";
import { privateSpellings } from "./private-spellings.ts";
import { impossibleSpellings } from "./spellings.ts";

const redirectsMaximum = 5;

/** So many redirects through a web, and then one to `location`. */
function leadingTo(location: string, redirects: number): MadeUpWeb {
  const hops = Array.from({ length: redirects }, (_, hop) => [`https://a${hop}.com/`, redirect(`//a${hop + 1}.com`)]);
  return { pages: { ...Object.fromEntries(hops), [`https://a${redirects}.com/`]: redirect(location) } };
}

async function verdictOn(made: MadeUpWeb, rules?: AddressRules) {
  const { web, sent } = webOf(made, rules && { rules });
  const opening = openAddress("https://a0.com/", ["image/png"], web);
  const fault = await opening.then(() => "taken", (error) => error.fault);
  return { fault, asked: sent.length };
}

describe.each([...Object.entries(privateSpellings), ...Object.entries(impossibleSpellings)])(
  "to %s",
  (_, spellings) => {
    test.each(spellings)("no redirect is followed, be it the first or the fifth: %.60j", async (spelling) => {
      // To a page of the same scheme this is a relative path.
      if (spelling.startsWith("https:user")) return;
      for (let redirects = 0; redirects < redirectsMaximum; redirects++) {
        expect(await verdictOn(leadingTo(spelling, redirects))).toEqual({ fault: "refused", asked: redirects + 1 });
      }
    });
  },
);

test.each([
  "//127.0.0.1/",
  "//localhost/",
  "/\\169.254.169.254/",
  "\\\\10.0.0.1\\",
  "//user@example.com/",
  "//videos.example/a.jpg",
  "https://videos.example/veo31/capabilities",
  "file:/etc/passwd",
])("a redirect that is short for a refused address is not followed: %s", async (location) => {
  expect(await verdictOn(leadingTo(location, 0))).toEqual({ fault: "refused", asked: 1 });
});

test.each(["/veo31/capabilities", "../health", "//127.0.0.1:8787/health", "?"])(
  "where private ones are allowed, no redirect leads to our own routes: %s",
  async (location) => {
    const rules = { allowPrivate: true, ownOrigin: "http://localhost:8787" };
    const start = "http://localhost:8787/samples/1";
    const { web, sent } = webOf({ pages: { [start]: redirect(location), [`${start}?`]: page("x") } }, { rules });
    const fault = await openAddress(start, [], web).then(() => "taken", (error) => error.fault);
    expect([fault, sent.length]).toEqual(location === "?" ? ["taken", 2] : ["refused", 1]);
  },
);

test("five redirects are followed, also from https to http; the sixth is not asked", async () => {
  const end = { "http://b.com/": page("x") };
  const five = leadingTo("http://b.com/", 4);
  expect(await verdictOn({ pages: { ...five.pages, ...end } })).toEqual({ fault: "taken", asked: 6 });
  const six = leadingTo("http://b.com/", 5);
  expect(await verdictOn({ pages: { ...six.pages, ...end } })).toEqual({ fault: "failed", asked: 6 });
});

test("a redirect without a readable target is a failure", async () => {
  expect(await verdictOn({ pages: { "https://a0.com/": page(null, { status: 302 }) } })).toMatchObject({
    fault: "failed",
  });
  expect(await verdictOn(leadingTo("http://[", 0))).toEqual({ fault: "malformed", asked: 1 });
});

test("nothing of ours goes along, on no step of the way", async () => {
  const cookie = { "set-cookie": "a=b", "location": "https://b.com/", "www-authenticate": "Basic" };
  const { web, sent } = webOf({
    pages: { "https://a.com/": page(null, { status: 307, headers: cookie }), "https://b.com/": page("x") },
  });
  await openAddress("https://a.com/", ["image/png", "image/webp"], web);
  expect(sent.map(({ url }) => url)).toEqual(["https://a.com/", "https://b.com/"]);
  for (const { init: { signal, ...init } } of sent) {
    expect(signal).toBeInstanceOf(AbortSignal);
    expect(init).toEqual({
      redirect: "manual",
      headers: { "accept": "image/png, image/webp", "accept-encoding": "identity" },
    });
  }
});
