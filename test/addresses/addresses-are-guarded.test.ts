import { describe, expect, test } from "vitest";
import { AddressError } from "../../src/addresses/address-error.ts";
import { type AddressRules, guardAddress } from "../../src/addresses/address-guard.ts";
import { privateSpellings } from "./private-spellings.ts";
import { impossibleSpellings, malformedSpellings, publicSpellings } from "./spellings.ts";

const strict: AddressRules = { allowPrivate: false, ownOrigin: "https://videos.example" };
const lenient: AddressRules = { allowPrivate: true, ownOrigin: "https://videos.example" };

/** What is asked for; or why nothing is. */
function verdictOn(address: string, rules: AddressRules = strict, base?: URL): string {
  try {
    return guardAddress(address, rules, base).href;
  } catch (error) {
    if (error instanceof AddressError) return error.fault;
    throw error;
  }
}

describe.each(Object.entries(privateSpellings))("%s are refused", (_, spellings) => {
  test.each(spellings)("%j", (spelling) => {
    expect(verdictOn(spelling)).toBe("refused");
    expect(verdictOn(spelling, lenient)).toMatch(/^https?:/);
  });
});

describe.each(Object.entries(impossibleSpellings))(
  "%s are refused, also where private ones are allowed",
  (_, spellings) => {
    test.each(spellings)("%.60j", (spelling) => {
      expect(verdictOn(spelling)).toBe("refused");
      expect(verdictOn(spelling, lenient)).toBe("refused");
    });
  },
);

test.each(malformedSpellings)("this is no address: %.60j", (spelling) => {
  expect(verdictOn(spelling)).toBe("malformed");
  expect(verdictOn(spelling, lenient)).toBe("malformed");
});

test.each(Object.entries(publicSpellings))("this is a public address: %j", (spelling, asked) => {
  expect(verdictOn(spelling)).toBe(asked);
});

test("what nobody may read on its way goes by https only", () => {
  const callback = { ...strict, httpsOnly: true };
  expect(verdictOn("https://shop.example/hook", callback)).toBe("https://shop.example/hook");
  for (const allowPrivate of [false, true]) {
    expect(verdictOn("http://shop.example/hook", { ...callback, allowPrivate })).toBe("refused");
  }
  expect(verdictOn("https://10.0.0.1/hook", callback)).toBe("refused");
});

describe("our own host is not asked", () => {
  test.each([
    "https://videos.example/",
    "https://videos.example/samples/1.jpg",
    "https://VIDEOS.example./veo31/media/x",
    "http://videos.example:8080/",
    "https://ⓥideos.example/",
    "https:\\\\videos.example\\",
  ])("by any of its addresses: %s", (address) => {
    expect(verdictOn(address)).toBe("refused");
  });

  test("by hosts that only look like it, it is no other", () => {
    expect(verdictOn("https://www.videos.example/")).toBe("https://www.videos.example/");
    expect(verdictOn("https://videos.example.com/")).toBe("https://videos.example.com/");
  });

  const beside: AddressRules = { allowPrivate: true, ownOrigin: "http://localhost:8787" };

  test.each([
    "http://localhost:8787/veo31/status/x",
    "http://localhost:8787/veo31",
    "http://LOCALHOST.:8787/veo31/media/x",
    "http://localhost:9/veo31/capabilities",
    "http://localhost:8787/health",
    "http://localhost:8787/HEALTH/",
    "http://localhost:8787/a/../health",
    "http://localhost:8787/a/%2e%2e/health",
    "http://localhost:8787//health",
    "http://localhost:8787/%68ealth",
    "http://localhost:8787/veo31%2fcapabilities",
    "http://localhost:8787/\\veo31\\capabilities",
    "http://localhost:8787/%76eo31/%ff",
    "http://localhost:8787/veo31?x#y",
    "http://127.0.0.1:8787/veo31/capabilities",
    "http://127.1:8787/health",
    "http://[::1]:8787/health",
    "http://[::ffff:127.0.0.1]:8787/health",
    "http://0:8787/health",
    "http://192.168.1.7:8787/health",
    "http://127.0.0.1.nip.io:8787/health",
  ])("where private ones are allowed, by those of its routes: %s", (address) => {
    expect(verdictOn(address, beside)).toBe("refused");
  });

  test.each([
    "http://localhost:8787/sandbox/samples/emerald-ring-front.jpg",
    "http://localhost:8787/healthy.jpg",
    "http://localhost:8787/veo31.jpg",
    "http://127.0.0.1:9000/veo31/a.jpg",
    "https://other.example/veo31/media/x",
  ])("where private ones are allowed, what is beside it is: %s", (address) => {
    expect(verdictOn(address, beside)).toBe(address);
  });

  test("where nobody asked us, nothing is taken for ours", () => {
    expect(verdictOn("http://localhost:8787/health", { ...beside, ownOrigin: null })).toMatch(/^http:/);
  });
});

test("the target of a redirect is looked at as what it leads to", () => {
  const base = new URL("https://example.com/pictures/1.jpg");
  expect(verdictOn("../2.jpg", strict, base)).toBe("https://example.com/2.jpg");
  expect(verdictOn("//127.0.0.1/", strict, base)).toBe("refused");
  expect(verdictOn("\\\\127.0.0.1\\", strict, base)).toBe("refused");
  expect(verdictOn("https:health", { allowPrivate: true, ownOrigin: base.origin }, new URL("/", base))).toBe("refused");
});
