import { describe, expect, it } from "vitest";
import type { SecretDocument } from "../../src/provider.ts";
import { failing, failure, HOUR, MINUTE, SECOND, settle, throwing, world, type World } from "../fixture.ts";

/** A vault whose values live an hour, and are refreshed in the last fifth of it. */
function ahead(refreshAhead: number | string = 0.2, options: Parameters<typeof world>[0] = {}): World {
  return world({ random: () => 0, ...options, cache: { refreshAhead, ...options.cache } });
}

describe("refreshAhead", () => {
  it("is off by default", async () => {
    const { vault, remote, clock } = world();
    await vault.get("X");
    await clock.pass(HOUR - SECOND);
    await vault.get("X");
    await settle();
    expect(remote.asked).toEqual(["x"]);
  });

  it("reads what is used shortly before it expires, and nobody waits", async () => {
    const { vault, remote, clock, text } = ahead();
    await vault.get("X");
    await clock.pass(48 * MINUTE);
    remote.holds.set("x", "vlcanary-x-2");
    remote.byHand = true;
    expect(await text("X")).toBe("vlcanary-x-1");
    await settle();
    expect(remote.asked).toEqual(["x", "x"]);
    remote.reading.respond("vlcanary-x-2");
    await settle();
    expect((await vault.get("X")).provenance).toMatchObject({ source: "cache", ageMs: 0 });
    expect(await text("X")).toBe("vlcanary-x-2");
    await clock.pass(12 * MINUTE + SECOND);
    expect((await vault.get("X")).provenance.source).toBe("cache");
  });

  it("reads nothing before that, and nothing that nobody uses", async () => {
    const { vault, remote, clock } = ahead();
    await vault.getMany(["X", "Y"]);
    await clock.pass(48 * MINUTE - SECOND);
    await vault.get("X");
    await clock.pass(10 * MINUTE);
    await vault.get("X");
    await clock.pass(HOUR);
    expect(remote.asked).toEqual(["x", "y", "x"]);
  });

  it.each([
    ["5 minutes before the end", 5, 55 * MINUTE],
    ["minutes as a text", "10m", 50 * MINUTE],
    ["in the second half of its life at the earliest", 0.9, 30 * MINUTE],
    ["so too for minutes", 59, 30 * MINUTE],
  ] as const)("begins %s", async (_when, setting, atMs) => {
    const { vault, remote, clock } = ahead(setting);
    await vault.get("X");
    await clock.pass(atMs - SECOND);
    await vault.get("X");
    await settle();
    expect(remote.asked).toHaveLength(1);
    await clock.pass(SECOND);
    await vault.get("X");
    await settle();
    expect(remote.asked).toHaveLength(2);
  });

  it("reads each document once at a time, whoever uses it and whichever field", async () => {
    const { vault, remote, clock } = ahead(0.2, { links: { A: "c://doc#a", B: "c://doc#b" } });
    remote.holds.set("doc", { a: "vlcanary-a", b: "vlcanary-b" });
    await vault.getMany(["A", "B"]);
    await clock.pass(50 * MINUTE);
    remote.byHand = true;
    for (let round = 0; round < 100; round++) await vault.getMany(["A", "B"]);
    await settle();
    expect(remote.asked).toEqual(["doc", "doc"]);
  });

  it("goes on with the value that there is where the vault cannot be asked, and does not hurry", async () => {
    const { vault, remote, clock, text } = ahead();
    await vault.get("X");
    await clock.pass(50 * MINUTE);
    remote.holds.set("x", failure("unavailable"));
    const before = remote.reads.length;
    for (let second = 0; second < 29; second++) {
      expect(await text("X")).toBe("vlcanary-x-1");
      await clock.pass(SECOND);
    }
    expect(remote.reads.length - before).toBeLessThanOrEqual(3);
    expect((await vault.get("X")).provenance.source).toBe("cache");
  });

  it("drops a value that the vault refuses", async () => {
    const { vault, remote, clock } = ahead();
    await vault.get("X");
    await clock.pass(50 * MINUTE);
    remote.holds.set("x", failure("denied"));
    await vault.get("X");
    await settle();
    expect((await failing(vault.get("X"))).code).toBe("denied");
  });

  it("waits for nobody's connection: an expired one is not opened for it", async () => {
    const { vault, remote, clock } = ahead(0.2, { random: () => 0.5, cache: { onExpired: "serve" } });
    remote.login = { identity: "A", expiresAt: clock.epochMs() + 40 * MINUTE };
    await vault.get("X");
    remote.login = failure("unauthenticated");
    await clock.pass(50 * MINUTE);
    const opens = remote.opens.length;
    expect((await vault.get("X")).provenance.connection).toBe("expired");
    await settle();
    expect(remote.opens.length - opens).toBeLessThanOrEqual(1);
    expect(remote.asked).toEqual(["x"]);
  });

  it("leaves the last slot to whoever waits", async () => {
    const { vault, remote, clock } = ahead(0.2, { limits: { concurrency: 2 } });
    await vault.get("X");
    await clock.pass(50 * MINUTE);
    remote.byHand = true;
    const waiting = vault.get("Y");
    await settle();
    await vault.get("X");
    await settle();
    expect(remote.asked).toEqual(["x", "y"]);
    remote.reading.respond("vlcanary-y-1");
    await waiting;
    await vault.get("X");
    await settle();
    expect(remote.asked).toEqual(["x", "y", "x"]);
  });

  it("takes a new lease before the old one ends, and leaves that alone", async () => {
    const { vault, remote, clock } = ahead();
    let made = 0;
    const read = async (): Promise<SecretDocument> => {
      const lease = `lease-${++made}`;
      return { value: `vlcanary-${lease}`, lease, expiresAt: clock.epochMs() + 10 * MINUTE };
    };
    remote.login = { identity: "A", read, release: async (lease) => void remote.log.push(`release ${lease}`) };
    await vault.get("X");
    await clock.pass(8 * MINUTE);
    await vault.get("X");
    await settle();
    expect((await vault.get("X")).reveal()).toBe("vlcanary-lease-2");
    expect(remote.log).toEqual([]);
  });

  it("refuses what is neither a share nor minutes", () => {
    for (const refreshAhead of [-0.1, 1.5, Number.NaN, "20%", "0.2", true as unknown as number]) {
      expect(throwing(() => ahead(refreshAhead)).code).toBe("invalid_config");
    }
    expect(throwing(() => ahead(-1)).message).toContain("cache.refreshAhead");
  });
});
