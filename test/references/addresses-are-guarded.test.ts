import { describe, expect, test } from "vitest";
import { guardAddress } from "../../src/references/address-guard.ts";
import { Refusal } from "../../src/references/refusal.ts";

function refusalOf(address: string, allowPrivate = false, base?: URL): string | null {
  try {
    guardAddress(address, { allowPrivate }, base);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

const privateAddresses = [
  "http://localhost/a.jpg",
  "http://LOCALHOST:8787/",
  "http://localhost./",
  "http://shop.localhost/",
  "http://printer.local/",
  "http://metadata.google.internal/",
  "http://router.home.arpa/",
  "http://intranet/",
  "http://127.0.0.1/",
  "http://127.1/",
  "http://127.0.0.1./",
  "http://2130706433/",
  "http://0177.0.0.1/",
  "http://0x7f.0.0.1/",
  "http://0x7f000001/",
  "http://０x7f.1/",
  "http://①②⑦.0.0.1/",
  "http://0.0.0.0/",
  "http://0/",
  "http://10.0.0.1/",
  "http://100.64.0.1/",
  "http://100.127.255.255/",
  "http://169.254.169.254/latest/meta-data/",
  "http://172.16.0.1/",
  "http://172.31.255.255/",
  "http://192.0.0.8/",
  "http://192.168.1.1/",
  "http://198.18.0.1/",
  "http://198.19.255.255/",
  "http://203.0.113.9/",
  "http://224.0.0.1/",
  "http://239.255.255.250/",
  "http://240.0.0.1/",
  "http://255.255.255.255/",
  "http://[::1]/",
  "http://[::]/",
  "http://[0:0:0:0:0:0:0:1]/",
  "http://[::ffff:127.0.0.1]/",
  "http://[::ffff:7f00:1]/",
  "http://[::ffff:8.8.8.8]/",
  "http://[::127.0.0.1]/",
  "http://[64:ff9b::7f00:1]/",
  "http://[2002:7f00:1::]/",
  "http://[2002:c0a8:101::1]/",
  "http://[2001:0:1:2::]/",
  "http://[2001:db8::1]/",
  "http://[3fff::1]/",
  "http://[fc00::1]/",
  "http://[fd12:3456::1]/",
  "http://[fe80::1]/",
  "http://[fec0::1]/",
  "http://[ff02::1]/",
];

const publicAddresses = [
  "https://example.com/a,b.jpg?x=1#y",
  "http://example.com:8080/",
  "https://example.com./",
  "https://local.example.com/",
  "https://mylocalhost.com/",
  "https://кольцо.рф/1.jpg",
  "https://8.8.8.8/",
  "https://100.63.255.255/",
  "https://100.128.0.1/",
  "https://172.15.0.1/",
  "https://172.32.0.1/",
  "https://192.169.0.1/",
  "https://198.20.0.1/",
  "https://223.255.255.255/",
  "https://[2606:4700:4700::1111]/",
  "https://[2001:4860:4860::8888]/",
  "https://[2002:808:808::1]/",
];

describe("an address is refused", () => {
  test.each(privateAddresses)("when it is private: %s", (address) => {
    expect(refusalOf(address)).toBe("reference_url_refused");
    expect(refusalOf(address, true)).toBeNull();
  });

  test.each(["ftp://example.com/a.jpg", "file:///etc/passwd", "data:image/png;base64,AA==", "javascript:1", "blob:x"])(
    "when it is not of the web, even where private ones are allowed: %s",
    (address) => {
      expect(refusalOf(address)).toBe("reference_url_refused");
      expect(refusalOf(address, true)).toBe("reference_url_refused");
    },
  );

  test.each(["https://user:secret@example.com/", "https://user@example.com/", "https://:secret@example.com/"])(
    "when it holds credentials, even where private ones are allowed: %s",
    (address) => {
      expect(refusalOf(address)).toBe("reference_url_refused");
      expect(refusalOf(address, true)).toBe("reference_url_refused");
    },
  );

  test.each([
    "",
    "a.jpg",
    "/a.jpg",
    "https://",
    "https://exa mple.com/",
    "http://1.2.3.256/",
    `https://a.com/${"a".repeat(8_192)}`,
  ])(
    "when it is not an address: %.30s",
    (address) => {
      expect(refusalOf(address)).toBe("invalid_input");
    },
  );
});

test.each(publicAddresses)("a public address is allowed: %s", (address) => {
  expect(refusalOf(address)).toBeNull();
});

test("the target of a redirect is looked at as what it leads to", () => {
  const base = new URL("https://example.com/pictures/1.jpg");
  expect(guardAddress("../2.jpg", { allowPrivate: false }, base).href).toBe("https://example.com/2.jpg");
  expect(refusalOf("//127.0.0.1/", false, base)).toBe("reference_url_refused");
});
