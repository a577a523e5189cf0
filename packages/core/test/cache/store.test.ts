import { describe, expect, it } from "vitest";
import { HOUR, settle, throwing, world } from "../fixture.ts";

const MIB = 1024 * 1024;
const names = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `c://many/${from + index}`);

/** A vault in which every path holds a text of that many bytes. */
function sized(bytes: number, options: Parameters<typeof world>[0] = {}): ReturnType<typeof world> {
  return world({ login: { identity: "A", read: async () => ({ value: "v".repeat(bytes) }) }, ...options });
}

describe("how much is kept", () => {
  it("a thousand documents, if so many are set", async () => {
    const { vault } = sized(10, { cache: { maxEntries: 1000 } });
    await vault.getMany(names(1001));
    expect(vault.status().cache).toMatchObject({ entries: 1000, bytes: 10_000, evicted: 1 });
  });

  it("as many as the bytes allow, if no number is set: two thousand are read once", async () => {
    const { vault } = sized(10);
    await vault.getMany(names(2000));
    await vault.getMany(names(2000));
    expect(vault.status().cache).toEqual({ entries: 2000, bytes: 20_000, ttl: 60, hits: 2000, misses: 2000 });
  });

  it("a small document counts as 256 bytes, if no number is set", async () => {
    const { vault } = sized(10, { cache: { maxBytes: 256 * 1100 } });
    await vault.getMany(names(1101));
    expect(vault.status().cache).toMatchObject({ entries: 1100, bytes: 11_000, evicted: 1 });
  });

  it("the least recently used goes first", async () => {
    const { vault } = sized(10, { cache: { maxEntries: 3 } });
    await vault.getMany(names(3));
    await vault.get("c://many/0");
    await vault.get("c://many/3");
    const sources = [];
    for (const name of ["c://many/0", "c://many/2", "c://many/3"])
      sources.push((await vault.get(name)).provenance.source);
    expect(sources).toEqual(["cache", "cache", "cache"]);
    expect((await vault.get("c://many/1")).provenance.source).toBe("vault");
  });

  it("of several that were used, the one whose last use is longest ago", async () => {
    const links = Object.fromEntries(["A", "B", "C", "D", "E"].map((name) => [name, `c://${name.toLowerCase()}`]));
    const { vault } = sized(10, { cache: { maxEntries: 3 }, links });
    await vault.getMany(["A", "B", "C"]);
    for (const name of ["A", "B", "C", "B", "A"]) await vault.get(name);
    await vault.get("D");
    await vault.get("B");
    await vault.get("E");
    const kept = vault.status().links.flatMap(({ name, state }) => (state === "resolved" ? [name] : []));
    expect(kept).toEqual(["B", "D", "E"]);
  });

  it("looking at the status is no use", async () => {
    const { vault } = sized(10, { cache: { maxEntries: 2 }, links: { A: "c://a", B: "c://b", C: "c://c" } });
    await vault.getMany(["A", "B"]);
    vault.status();
    await vault.get("C");
    expect(vault.status().links.map(({ name, state }) => [name, state])).toEqual([
      ["A", "unknown"],
      ["B", "resolved"],
      ["C", "resolved"],
    ]);
  });

  it("sixteen MiB", async () => {
    const { vault } = sized(MIB);
    await vault.getMany(names(17));
    expect(vault.status().cache).toMatchObject({ entries: 16, bytes: 16 * MIB });
  });

  it("as many as is set", async () => {
    const { vault } = sized(40, { cache: { maxBytes: 100 } });
    await vault.getMany(names(3));
    expect(vault.status().cache).toMatchObject({ entries: 2, bytes: 80 });
  });

  it("a value above 1 MiB is given and not kept", async () => {
    const { vault } = sized(MIB + 1);
    const value = await vault.get("X");
    expect(value.bytes()).toHaveLength(MIB + 1);
    expect(vault.status().cache.entries).toBe(0);
    expect((await vault.get("X")).provenance.source).toBe("vault");
  });

  it("one of exactly 1 MiB is kept", async () => {
    const { vault } = sized(MIB);
    await vault.get("X");
    expect(vault.status().cache.entries).toBe(1);
  });

  it("one that outgrew its place pushes its predecessor out, and nothing else", async () => {
    let bytes = 10;
    const { vault } = sized(0, {
      login: { identity: "A", read: async ({ path }) => ({ value: "v".repeat(path === "x" ? bytes : 10) }) },
    });
    await vault.getMany(["X", "Y"]);
    bytes = MIB + 1;
    await vault.get("X", { refresh: true });
    expect(vault.status().cache).toMatchObject({ entries: 1, bytes: 10 });
  });

  it("one larger than all that may be kept is given", async () => {
    const { vault } = sized(200, { cache: { maxBytes: 100 } });
    expect((await vault.get("X")).bytes()).toHaveLength(200);
    expect(vault.status().cache.entries).toBe(0);
  });

  it("an empty value is a value", async () => {
    const { vault, text } = sized(0);
    expect(await text("X")).toBe("");
    expect((await vault.get("X")).provenance.source).toBe("cache");
  });

  it.each([0, -1, 1.5, Number.NaN, Infinity])("a bound of %d is refused", (bound) => {
    for (const cache of [{ maxEntries: bound }, { maxBytes: bound }]) {
      expect(throwing(() => world({ cache })).code).toBe("invalid_config");
    }
  });
});

describe("a value that was delivered", () => {
  const ends: ReadonlyArray<readonly [string, (here: ReturnType<typeof world>) => Promise<unknown>]> = [
    ["evicted", async ({ vault }) => vault.getMany(names(3))],
    ["reset", async ({ vault }) => vault.reset()],
    ["expired", async ({ clock }) => clock.pass(2 * HOUR)],
    ["disconnected", async ({ vault }) => vault.disconnect("c")],
    ["closed", async ({ vault }) => vault.close()],
    ["switched off", async ({ vault }) => vault.setTtl(0)],
  ];

  it.each(ends)("does not change when its entry is %s", async (_what, end) => {
    const here = world({ cache: { maxEntries: 3 }, links: { T: "c://x", B: "c://bytes", F: "c://fields#a" } });
    here.remote.holds.set("bytes", Uint8Array.of(1, 2, 3)).set("fields", { a: "vlcanary-a" });
    for (const index of [0, 1, 2]) here.remote.holds.set(`many/${index}`, "vlcanary-other");
    const fromVault = await Promise.all(["T", "B", "F"].map((name) => here.vault.get(name)));
    const fromCache = await Promise.all(["T", "B", "F"].map((name) => here.vault.get(name)));
    const before = fromVault.map((value) => value.bytes());
    await end(here);
    expect(here.vault.status().links.filter(({ state }) => state === "resolved")).toEqual([]);
    expect(fromVault.map((value) => value.bytes())).toEqual(before);
    expect(fromCache.map((value) => value.bytes())).toEqual(before);
  });

  it("to those who wait for a read is whole although a reset comes as it lands", async () => {
    const { vault, remote, text } = world({ byHand: true });
    const waiting = text("X");
    await settle();
    remote.reading.respond("vlcanary-x-1");
    for (let step = 0; step < 50; step++) {
      await Promise.resolve();
      vault.reset();
    }
    expect(await waiting).toBe("vlcanary-x-1");
  });

  it("is the caller's: what one does to its bytes reaches nobody else", async () => {
    const { vault } = world();
    const value = await vault.get("X");
    value.bytes().fill(0);
    expect(value.reveal()).toBe("vlcanary-x-1");
    (await vault.get("X")).bytes().fill(0);
    expect((await vault.get("X")).reveal()).toBe("vlcanary-x-1");
  });

  it("nor does what a provider does to its buffer afterwards", async () => {
    const buffer = new TextEncoder().encode("vlcanary-buffer");
    const { vault, text } = world({ login: { identity: "A", read: async () => ({ value: buffer }) } });
    const value = await vault.get("X");
    buffer.fill(0);
    expect([value.reveal(), await text("X")]).toEqual(["vlcanary-buffer", "vlcanary-buffer"]);
  });
});
