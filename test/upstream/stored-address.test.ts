import { describe, expect, test } from "vitest";
import { givenAddress, storedAddress } from "../../src/upstream/stored-address.ts";

describe("an address that an upstream gave", () => {
  test.each([
    ["https://upstream.example", "https://upstream.example/v1beta/files/a:download?alt=media"],
    ["https://gateway.example/google", "https://gateway.example/google/v1beta/files/a"],
    ["https://gateway.example/google", "https://gateway.example/elsewhere/a?b=c"],
  ])("at the configured origin (%s) is kept without it, and found again", (baseUrl, address) => {
    const stored = storedAddress(address, baseUrl);
    expect(stored).toMatch(/^\/[^/]/);
    expect(givenAddress(stored, baseUrl)).toBe(address);
  });

  test.each([
    "https://storage.example/bucket/a?X-Goog-Signature=1",
    "http://upstream.example/v1beta/files/a",
    "https://upstream.example:8443/v1beta/files/a",
    "gs://bucket/a",
  ])("elsewhere is kept as it came: %s", (address) => {
    expect(storedAddress(address, "https://upstream.example")).toBe(address);
    expect(givenAddress(address, "https://upstream.example")).toBe(address);
  });

  test("that an earlier version kept whole is still found", () => {
    const whole = "https://upstream.example/v1beta/files/a";
    expect(givenAddress(whole, "https://upstream.example")).toBe(whole);
  });

  test("does not become another host's by two slashes at its beginning", () => {
    const stored = storedAddress("https://upstream.example//evil.example/a", "https://upstream.example");
    expect(new URL(givenAddress(stored, "https://upstream.example")).host).not.toBe("evil.example");
  });
});
