import { describe, expect, it } from "vitest";
import { checkLocator, parseIdentifier } from "../src/locator.ts";
import { createIdCache } from "../src/id-cache.ts";
import { at } from "./support.ts";

describe("a reference", () => {
  it.each([
    ["App/db/password", "op://App/db/password"],
    ["My Vault/API Key/section one/Access Token", "op://My Vault/API Key/section one/Access Token"],
    ["a/b/c?attribute=otp", "op://a/b/c?attribute=otp"],
    ["a/b/private key?ssh-format=openssh", "op://a/b/private key?ssh-format=openssh"],
  ])("%s is the SDK's %s", (text, reference) => {
    expect(checkLocator(at(text)).reference).toBe(reference);
    expect(parseIdentifier(reference)?.locator).toEqual(at(text));
  });

  it.each(["a", "a/b", "a/b/c/d/e", "ü/b/c", "a/b/c#d", "a//c", "a/b/c?version=1", "a/b/c?attribute=type"])(
    "%s is refused before anything is sent",
    (text) => {
      expect(() => checkLocator(at(text))).toThrow(expect.objectContaining({ code: "invalid_reference" }));
      expect(parseIdentifier(`op://${text}`)).toBeUndefined();
    },
  );
});

describe("what is remembered of names", () => {
  const ids = { vaultId: "v", itemId: "i", bytes: false };

  it("ends after the time that was set, and when it is dropped", () => {
    let now = 0;
    const idCache = createIdCache(1, () => now);
    idCache.set("op://a/b/c", ids);
    now = 59_999;
    expect(idCache.get("op://a/b/c")).toEqual(ids);
    now = 60_000;
    expect(idCache.get("op://a/b/c")).toBeUndefined();
    idCache.set("op://a/b/c", ids);
    idCache.drop("op://a/b/c");
    expect(idCache.get("op://a/b/c")).toBeUndefined();
  });

  it("is bounded: the oldest goes first", () => {
    const idCache = createIdCache(1, () => 0);
    for (let index = 0; index <= 10_000; index++) idCache.set(String(index), ids);
    expect([idCache.get("0"), idCache.get("1"), idCache.get("10000")]).toEqual([undefined, ids, ids]);
  });
});
