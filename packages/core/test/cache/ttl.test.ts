import { describe, expect, it } from "vitest";
import { MINUTE, outcomes, SECOND, settle, throwing, world } from "../fixture.ts";

describe("the TTL is lowered", () => {
  it("E18: what is older goes in the same tick", async () => {
    const { vault, clock } = world();
    await vault.get("X");
    await clock.pass(10 * MINUTE);
    await vault.get("Y");
    vault.setTtl(10);
    expect(vault.status().cache).toMatchObject({ entries: 1, ttl: 10 });
    expect((await vault.get("Y")).provenance.source).toBe("cache");
    expect((await vault.get("X")).provenance.source).toBe("vault");
  });

  it("what is younger lives by the new one", async () => {
    const { vault, clock } = world();
    await vault.get("X");
    vault.setTtl(10);
    await clock.pass(10 * MINUTE - 1);
    expect((await vault.get("X")).provenance.source).toBe("cache");
    await clock.pass(1);
    expect(vault.status().cache.entries, "the reaper was told").toBe(0);
    expect((await vault.get("X")).provenance.source).toBe("vault");
  });

  it("binds a value that was under way when it was lowered", async () => {
    const { vault, clock, remote, text } = world({ byHand: true });
    const waiting = text("X");
    await clock.pass(2 * SECOND);
    vault.setTtl(1);
    remote.reading.respond("vlcanary-x-1");
    await waiting;
    await clock.pass(MINUTE - 2 * SECOND);
    expect(vault.status().cache.entries).toBe(0);
  });
});

describe("the TTL is raised", () => {
  it("E19: what was fetched before keeps the old one", async () => {
    const { vault, clock } = world({ cache: { ttl: 10 } });
    await vault.get("X");
    vault.setTtl(60);
    await vault.get("Y");
    await clock.pass(10 * MINUTE);
    expect((await vault.get("Y")).provenance.source).toBe("cache");
    expect((await vault.get("X")).provenance.source).toBe("vault");
  });

  it("E19: what had expired is not brought back to life", async () => {
    const { vault, clock, remote } = world({ cache: { ttl: 10, staleOnError: 0 } });
    await vault.get("X");
    clock.suspend(15 * MINUTE);
    vault.setTtl(60);
    expect(vault.status().cache.entries).toBe(0);
    expect((await vault.get("X")).provenance.source).toBe("vault");
    expect(remote.reads).toHaveLength(2);
  });

  it("lowered and raised again, a value keeps what it was fetched under", async () => {
    const { vault, clock } = world({ cache: { ttl: 30 } });
    await vault.get("X");
    vault.setTtl(10);
    vault.setTtl("2h");
    await clock.pass(30 * MINUTE - 1);
    expect((await vault.get("X")).provenance.source).toBe("cache");
    await clock.pass(1);
    expect((await vault.get("X")).provenance.source).toBe("vault");
  });

  it("a value that was under way keeps the one it was asked for under", async () => {
    const { vault, clock, remote, text } = world({ byHand: true, cache: { ttl: 10 } });
    const waiting = text("X");
    await settle();
    vault.setTtl(60);
    remote.reading.respond("vlcanary-x-1");
    await waiting;
    await clock.pass(10 * MINUTE);
    expect(vault.status().cache.entries).toBe(0);
  });
});

describe("the TTL is 0", () => {
  it("E20: everything cached is dropped and nothing is kept from then on", async () => {
    const { vault } = world();
    await vault.getMany(["X", "Y"]);
    vault.setTtl(0);
    expect(vault.status().cache).toMatchObject({ entries: 0, bytes: 0, ttl: 0 });
    expect((await vault.get("X")).provenance.source).toBe("vault");
    expect((await vault.get("X")).provenance.source).toBe("vault");
    expect(vault.status().cache.entries).toBe(0);
  });

  it("nothing that was dropped comes back when the cache is switched on again", async () => {
    const { vault, text } = world();
    await text("X");
    vault.setTtl(0);
    vault.setTtl(60);
    expect((await vault.get("X")).provenance.source).toBe("vault");
    expect((await vault.get("X")).provenance.source).toBe("cache");
  });

  it("E20: concurrent reads share one call", async () => {
    const { vault, remote } = world({ cache: { ttl: 0 } });
    const many = await vault.getMany(["X", "X", "X"]);
    expect(outcomes(many)).toEqual(["vlcanary-x-1", "vlcanary-x-1", "vlcanary-x-1"]);
    expect(remote.reads).toHaveLength(1);
  });

  it("for a second; who asks later gets a read of its own", async () => {
    const { vault, remote, clock } = world({ cache: { ttl: 0 }, byHand: true });
    void vault.get("X");
    await clock.pass(SECOND - 1);
    void vault.get("X");
    await settle();
    expect(remote.reads).toHaveLength(1);
    await clock.pass(1);
    void vault.get("X");
    await settle();
    expect(remote.reads).toHaveLength(2);
  });
});

describe("what is set", () => {
  it.each([
    [45, 45],
    ["45", 45],
    ["90m", 90],
    ["2h", 120],
    [0, 0],
  ])("%s is accepted, at creation and later (S8)", (ttl, minutes) => {
    expect(world({ cache: { ttl } }).vault.status().cache.ttl).toBe(minutes);
    const { vault } = world();
    vault.setTtl(ttl);
    expect(vault.status().cache.ttl).toBe(minutes);
  });

  it.each([-1, 1.5, Number.NaN, 1e9, Infinity, "", "1.5h", "2d", "soon"])(
    "%s is refused and nothing is changed (S8)",
    async (ttl) => {
      expect(throwing(() => world({ cache: { ttl } })).code).toBe("invalid_config");
      const { vault } = world();
      await vault.get("X");
      expect(throwing(() => vault.setTtl(ttl)).code).toBe("invalid_config");
      expect(vault.status().cache).toMatchObject({ ttl: 60, entries: 1 });
    },
  );

  it("is sixty minutes by default (S4)", () => {
    expect(world().vault.status().cache.ttl).toBe(60);
  });

  it("binds what is fetched after a change and a reset (S5)", async () => {
    const { vault, clock } = world();
    await vault.get("X");
    vault.setTtl(10);
    vault.reset();
    await vault.get("X");
    await clock.pass(10 * MINUTE);
    expect(vault.status().cache.entries).toBe(0);
  });
});
