import { describe, expect, test } from "vitest";
import { ownerOf } from "../../src/access/owner-of.ts";
import { parseApiKeys } from "../../src/api-keys.ts";

describe("a list of keys", () => {
  test("has keys with and without names", () => {
    expect(parseApiKeys(" shop:s3cret , plain-key,a.b:c:d ")).toEqual([
      { name: "shop", key: "s3cret" },
      { name: null, key: "plain-key" },
      { name: "a.b", key: "c:d" },
    ]);
  });

  test.each([
    ",",
    "shop:",
    ":key",
    "two words",
    "shop:key,bad key",
    "bad name:key",
    "one:same-key,other:same-key",
    "ключ",
    `k${"e".repeat(512)}y`,
  ])(
    "is refused as a whole when one of it cannot be used: %s",
    (text) => expect(parseApiKeys(text)).toBeNull(),
  );
});

describe("whose a key is", () => {
  const keys = parseApiKeys("shop:old-key,shop:new-key,studio:studio-key,plain-key,other-key") ?? [];

  test("is told by its name, so that a renewed key has the same tasks", async () => {
    expect(await ownerOf("old-key", keys)).toBe("name:shop");
    expect(await ownerOf("new-key", keys)).toBe("name:shop");
    expect(await ownerOf("studio-key", keys)).toBe("name:studio");
  });

  test("is told for a key without a name, without telling the key", async () => {
    const owners = [await ownerOf("plain-key", keys), await ownerOf("other-key", keys)];
    expect(new Set(owners).size).toBe(2);
    for (const owner of owners) expect(owner).toMatch(/^key:[0-9a-f]{16}$/);
  });

  test.each(["", "old-ke", "old-key ", "OLD-KEY", "shop:old-key", "name:shop", "old-key,shop:new-key"])(
    "is nobody's for what is not exactly a key: %j",
    async (sent) => expect(await ownerOf(sent, keys)).toBeNull(),
  );
});
