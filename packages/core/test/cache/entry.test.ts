import { describe, expect, it } from "vitest";
import { CacheEntry } from "../../src/cache/entry.ts";
import type { SecretDocument } from "../../src/provider.ts";

const about = { fingerprint: "f", seq: 1, sentSeq: 1, sent: { uptimeMs: 0, monotonicMs: 0, epochMs: 0 }, ttlMs: 1 };
const made = (value: SecretDocument["value"]): CacheEntry => new CacheEntry({ value }, about);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe("what the cache holds of a document", () => {
  it.each(["vlcanary-text", new TextEncoder().encode("vlcanary-bytes")])(
    "is overwritten when it goes, and what was delivered is not: case %#",
    (value) => {
      const entry = made(value);
      const delivered = entry.select("", undefined);
      const before = text(delivered);
      entry.wipe();
      expect(text(delivered)).toBe(before);
      expect(new Set(entry.select("", undefined))).toEqual(new Set([0]));
    },
  );

  it("waits with that until those who wait for it have taken it", async () => {
    const entry = made("vlcanary-text");
    const settled = Promise.withResolvers<void>();
    entry.pinUntil(settled.promise);
    entry.wipe();
    expect(text(entry.select("", undefined))).toBe("vlcanary-text");
    settled.resolve();
    await settled.promise;
    expect(new Set(entry.select("", undefined))).toEqual(new Set([0]));
  });

  it("counts by its bytes, not by its letters", () => {
    expect([made("\u{1F511}"), made(Uint8Array.of(1, 2)), made({ a: "b" }), made("")].map(({ size }) => size)).toEqual([
      4, 2, 9, 0,
    ]);
  });
});
