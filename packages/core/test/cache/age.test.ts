import { describe, expect, it } from "vitest";
import { HOUR, MINUTE, SECOND, settle, world } from "../fixture.ts";

describe("the age of a value", () => {
  it("10,000 hits in a burst look at the uptime once", async () => {
    const { vault, clock } = world();
    await vault.get("X");
    await clock.pass(200);
    const before = clock.samples;
    for (let hit = 0; hit < 10_000; hit++) await vault.get("X");
    expect(clock.samples - before).toBe(1);
  });

  it("again when the wall clock moved differently by more than a second", async () => {
    const { vault, clock } = world();
    await vault.get("X");
    await vault.get("X");
    const before = clock.samples;
    clock.moveWall(900);
    await vault.get("X");
    expect(clock.samples).toBe(before);
    clock.moveWall(200);
    await vault.get("X");
    expect(clock.samples).toBe(before + 1);
  });

  it("a wall clock that stands hides it from 32 reads at most", async () => {
    const { vault, clock, remote } = world();
    await vault.get("X");
    await clock.pass(HOUR);
    clock.moveWall(-HOUR);
    for (let read = 0; read < 33; read++) await vault.get("X");
    expect(remote.reads).toHaveLength(2);
  });

  it("one set back to the very millisecond hides it no longer than that", async () => {
    const { vault, clock, remote } = world();
    await vault.get("X");
    await clock.pass(HOUR - 1);
    clock.moveWall(1 - HOUR);
    await clock.pass(1);
    await vault.get("X");
    expect(remote.reads).toHaveLength(2);
  });

  it("E40: time asleep counts", async () => {
    const { vault, clock, remote, text } = world();
    await vault.get("X");
    remote.holds.set("x", "vlcanary-x-2");
    clock.suspend(HOUR - 1);
    expect(await text("X")).toBe("vlcanary-x-1");
    clock.suspend(1);
    await clock.pass(100);
    expect(await text("X")).toBe("vlcanary-x-2");
  });

  it("also when the wall clock was put back to where it was, a tenth of a second later", async () => {
    const { vault, clock, remote, text } = world();
    await vault.get("X");
    remote.holds.set("x", "vlcanary-x-2");
    clock.suspend(2 * HOUR);
    clock.moveWall(-2 * HOUR);
    await clock.pass(100);
    expect(await text("X")).toBe("vlcanary-x-2");
  });

  it("a clock that was set forward ends values too", async () => {
    const { vault, clock, remote, text } = world();
    await vault.get("X");
    remote.holds.set("x", "vlcanary-x-2");
    clock.moveWall(HOUR);
    expect(await text("X")).toBe("vlcanary-x-2");
  });

  it("E40: so does one that was set back by more than five seconds", async () => {
    const { vault, clock, remote, text } = world();
    await vault.get("X");
    remote.holds.set("x", "vlcanary-x-2");
    clock.moveWall(-5 * SECOND);
    expect(await text("X")).toBe("vlcanary-x-1");
    clock.moveWall(-1);
    expect(await text("X")).toBe("vlcanary-x-2");
  });

  it("a value read before the clock was set back a little keeps its true age", async () => {
    const { vault, clock, remote, text } = world();
    await vault.get("X");
    remote.holds.set("x", "vlcanary-x-2");
    clock.moveWall(-3 * SECOND);
    await clock.pass(HOUR);
    expect(await text("X")).toBe("vlcanary-x-2");
  });

  it("a value is as old as the request that brought it", async () => {
    const { vault, clock, remote } = world({ byHand: true, limits: { attemptMs: 20_000 } });
    const first = vault.get("X");
    await clock.pass(10 * SECOND);
    remote.reading.respond("vlcanary-x-1");
    expect((await first).provenance).toMatchObject({ source: "vault", ageMs: 10 * SECOND });
    await clock.pass(HOUR - 10 * SECOND - 1);
    expect((await vault.get("X")).provenance).toMatchObject({ source: "cache", ageMs: HOUR - 1 });
    await clock.pass(1);
    void vault.get("X").catch(() => undefined);
    await settle();
    expect(remote.reads).toHaveLength(2);
  });

  it("a retried read is as old as the attempt that succeeded", async () => {
    const { vault, clock, remote } = world({ byHand: true });
    const first = vault.get("X");
    await clock.pass(4 * SECOND);
    remote.reading.fail(Object.assign(new Error("refused"), { code: "ECONNREFUSED" }));
    await clock.pass(SECOND);
    remote.reading.respond("vlcanary-x-1");
    expect(remote.reads).toHaveLength(2);
    expect((await first).provenance.ageMs).toBeLessThan(SECOND);
  });
});

describe("how long a value is kept", () => {
  it("at 59:59 a value is fresh, at 60:00 it is not", async () => {
    const { vault, clock, remote } = world();
    await vault.get("X");
    await clock.pass(59 * MINUTE + 59 * SECOND);
    expect((await vault.get("X")).provenance.source).toBe("cache");
    await clock.pass(SECOND);
    expect((await vault.get("X")).provenance.source).toBe("vault");
    expect(remote.reads).toHaveLength(2);
  });

  it("S4: reads at 0 and at 59:59 make one call, a read at 60:00 makes the second", async () => {
    const { vault, clock, remote } = world();
    await vault.get("X");
    await clock.pass(HOUR - SECOND);
    await vault.get("X");
    expect(remote.asked).toEqual(["x"]);
    await clock.pass(SECOND);
    await vault.get("X");
    expect(remote.asked).toEqual(["x", "x"]);
  });

  it("S4: a failure is never stored as a value", async () => {
    const { code, remote, text, clock } = world();
    remote.holds.set("x", Object.assign(new Error("broken"), { code: "ENOTFOUND" }));
    const failed = code("X");
    await clock.pass(2 * SECOND);
    expect(await failed).toBe("unavailable");
    remote.holds.set("x", "vlcanary-x-2");
    expect(await text("X")).toBe("vlcanary-x-2");
  });

  it("a value that lapses by itself is kept until then", async () => {
    const { vault, clock, remote, text } = world();
    remote.holds.set("x", { document: { value: "vlcanary-x-1", expiresAt: clock.epochMs() + 5 * MINUTE, lease: "l" } });
    await vault.get("X");
    await clock.pass(5 * MINUTE - 1);
    remote.holds.set("x", "vlcanary-x-2");
    expect(await text("X")).toBe("vlcanary-x-1");
    await clock.pass(1);
    expect(await text("X")).toBe("vlcanary-x-2");
  });

  it("S2a: of a lease and the TTL the smaller counts", async () => {
    const { vault, clock, remote, text } = world({ cache: { ttl: 10 } });
    remote.holds.set("x", { document: { value: "vlcanary-x-1", expiresAt: clock.epochMs() + HOUR } });
    await vault.get("X");
    remote.holds.set("x", "vlcanary-x-2");
    await clock.pass(10 * MINUTE);
    expect(await text("X")).toBe("vlcanary-x-2");
  });

  it("E33: a value that says it has lapsed is given and not kept, as a one-time password is", async () => {
    const { vault, remote, text } = world();
    remote.holds.set("x", { document: { value: "vlcanary-otp-1", expiresAt: 0 } });
    expect(await text("X")).toBe("vlcanary-otp-1");
    expect(vault.status().cache.entries).toBe(0);
    remote.holds.set("x", { document: { value: "vlcanary-otp-2", expiresAt: 0 } });
    expect(await text("X")).toBe("vlcanary-otp-2");
  });

  it("what expires is dropped without a read", async () => {
    const { vault, clock } = world();
    await vault.get("X");
    await clock.pass(30 * MINUTE);
    await vault.get("Y");
    await clock.pass(30 * MINUTE - 1);
    expect(vault.status().cache.entries).toBe(2);
    await clock.pass(1);
    expect(vault.status().cache.entries).toBe(1);
    await clock.pass(30 * MINUTE);
    expect(vault.status().cache).toMatchObject({ entries: 0, bytes: 0 });
  });

  it("looks again every 30 s, since timers do not run while the machine sleeps", async () => {
    const { vault, clock } = world();
    await vault.get("X");
    expect(clock.nextTimer).toBeLessThanOrEqual(30 * SECOND);
    clock.suspend(2 * HOUR);
    await clock.pass(30 * SECOND);
    expect(vault.status().cache.entries).toBe(0);
  });

  it("nothing is left to wake up for when nothing is kept", async () => {
    const { vault, clock } = world();
    await vault.get("X");
    await clock.pass(HOUR);
    expect(clock.pending).toBe(0);
  });
});
