/** Node 20 and 22 have no base64 of their own on `Uint8Array`: what they do instead comes to the same. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { base64Of, base64UrlOf, bytesOfBase64, decodeGroups } from "../../src/base64.ts";

const bytes = Uint8Array.from({ length: 1_000 }, (_, index) => index * 7_919 % 256);
const base64 = base64Of(bytes);
const base64Url = base64UrlOf(bytes);
const pieces = [base64.slice(0, 6), `${base64.slice(0, 5)}\n ${base64.slice(5, 10)}`, base64, ""];
const decoded = pieces.map(decodeGroups);

const native = [
  { owner: Uint8Array, name: "fromBase64" },
  { owner: Uint8Array.prototype, name: "toBase64" },
  { owner: Uint8Array.prototype, name: "setFromBase64" },
].map((method) => ({ ...method, descriptor: Object.getOwnPropertyDescriptor(method.owner, method.name) }));

beforeEach(() => {
  for (const { owner, name } of native) Reflect.deleteProperty(owner, name);
});

afterEach(() => {
  for (const { owner, name, descriptor } of native) if (descriptor) Object.defineProperty(owner, name, descriptor);
});

test("bytes are encoded and decoded as by newer ones", () => {
  expect(base64Of(bytes)).toBe(base64);
  expect(base64UrlOf(bytes)).toBe(base64Url);
  expect(bytesOfBase64(base64)).toEqual(bytes);
  expect(() => bytesOfBase64("no base64!")).toThrow();
});

test("a piece is decoded as far as its groups are complete", () => {
  const here = pieces.map(decodeGroups);
  expect(here.map((piece) => piece.bytes)).toEqual(decoded.map((piece) => piece.bytes));
  expect(here.map(({ read }, index) => pieces[index]?.slice(read).trim())).toEqual(
    decoded.map(({ read }, index) => pieces[index]?.slice(read).trim()),
  );
});
