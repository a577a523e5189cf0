import { describe, expect, it } from "vitest";
import { failing, failure, Remote, SECOND, settle, world } from "../fixture.ts";

describe("a reset while a value is being read", () => {
  it("E21: those who asked before get what lands, and it is not kept", async () => {
    const { vault, remote, text } = world({ byHand: true });
    const before = text("X");
    await settle();
    expect(vault.reset()).toBe(0);
    remote.reading.respond("vlcanary-x-1");
    expect(await before).toBe("vlcanary-x-1");
    expect(vault.status().cache.entries).toBe(0);
  });

  it("E21: those who ask afterwards start a read of their own, marked fresh", async () => {
    const { vault, remote, text } = world({ byHand: true });
    const before = text("X");
    await settle();
    vault.reset();
    const after = text("X");
    await settle();
    expect(remote.reads.map(({ context }) => context.fresh ?? false)).toEqual([false, true]);
    remote.reads[1]?.respond("vlcanary-x-2");
    expect(await after).toBe("vlcanary-x-2");
    remote.reads[0]?.respond("vlcanary-x-1");
    expect(await before).toBe("vlcanary-x-1");
    expect(await text("X")).toBe("vlcanary-x-2");
    expect(remote.reads).toHaveLength(2);
  });

  it("the late value is not kept although nobody has asked since", async () => {
    const { vault, remote, text } = world({ byHand: true });
    const before = text("X");
    await settle();
    vault.reset({ name: "X" });
    remote.reading.respond("vlcanary-x-1");
    await before;
    const after = text("X");
    await settle();
    remote.reading.respond("vlcanary-x-2");
    expect(await after).toBe("vlcanary-x-2");
  });

  it.each([
    ["everything", undefined, [true, true]],
    ["the connection", { connection: "c" }, [true, true]],
    ["the document", { name: "X" }, [true, false]],
  ] as const)("of %s covers the reads it names and no other", async (_what, scope, covered) => {
    const { vault, remote } = world({ byHand: true });
    const first = vault.getMany(["X", "Y"]);
    await settle();
    vault.reset(scope);
    for (const read of remote.reads) read.respond(`vlcanary-${read.path}-1`);
    await first;
    void vault.getMany(["X", "Y"]);
    await settle();
    const readAgain = new Set(remote.asked.slice(2));
    expect([readAgain.has("x"), readAgain.has("y")]).toEqual(covered);
  });

  it("a reset of one connection leaves the reads of its neighbour", async () => {
    const [near, far] = [new Remote(), new Remote()];
    for (const { holds } of [near, far]) holds.set("x", "vlcanary-x-1");
    far.byHand = true;
    const { vault, text } = world({
      connections: { near: near.provider, far: far.provider },
      links: { NEAR: "near://x", FAR: "far://x" },
    });
    await text("NEAR");
    const waiting = text("FAR");
    await settle();
    expect(vault.reset({ connection: "near" })).toBe(1);
    far.reading.respond("vlcanary-x-1");
    await waiting;
    expect(vault.status().connections.map(({ name, cached }) => [name, cached])).toEqual([
      ["near", 0],
      ["far", 1],
    ]);
  });

  it("two who ask after a reset share one read", async () => {
    const { vault, remote } = world({ byHand: true });
    void vault.get("X");
    await settle();
    vault.reset();
    const both = vault.getMany(["X", "X"]);
    await settle();
    expect(remote.reads).toHaveLength(2);
    remote.reading.respond("vlcanary-x-2");
    expect(await both).toMatchObject([{ status: "fulfilled" }, { status: "fulfilled" }]);
  });
});

describe("a refusal beats an older read", () => {
  it.each(["denied", "not_found", "unusable"] as const)("%s given to a later read", async (code) => {
    const { vault, remote } = world({ byHand: true });
    const before = failing(vault.get("X"));
    await settle();
    vault.reset();
    const after = failing(vault.get("X"));
    await settle();
    remote.reads[1]?.fail(failure(code));
    expect((await after).code).toBe(code);
    remote.reads[0]?.respond("vlcanary-x-1");
    expect((await before).code).toBe(code);
    expect(vault.status().cache.entries).toBe(0);
  });
});

describe("a disconnect while a value is being read", () => {
  it("E6: whoever waits fails at once, and the read is aborted", async () => {
    const { vault, remote } = world({ byHand: true });
    const waiting = failing(vault.get("X"));
    await settle();
    const said = vault.disconnect("c");
    expect(remote.reading.context.signal.aborted).toBe(true);
    expect(await waiting).toMatchObject({ code: "unresolved", details: { reason: "disconnected" } });
    await said;
  });

  it("E6: a value that lands afterwards is dropped, and not there after connecting again", async () => {
    const { vault, remote, text } = world({ byHand: true });
    void failing(vault.get("X"));
    await settle();
    await vault.disconnect("c");
    remote.reading.respond("vlcanary-x-1");
    await settle();
    expect(vault.status().cache.entries).toBe(0);
    await vault.reauthenticate("c");
    const again = text("X");
    await settle();
    remote.reading.respond("vlcanary-x-2");
    expect(await again).toBe("vlcanary-x-2");
  });

  it("closing the vault ends a read in the same way", async () => {
    const { vault, remote } = world({ byHand: true });
    const waiting = failing(vault.get("X"));
    await settle();
    await vault.close();
    expect((await waiting).code).toBe("aborted");
    remote.reading.respond("vlcanary-x-1");
    await settle();
    expect(vault.status().cache.entries).toBe(0);
  });
});

describe("a refresh while a value is being read", () => {
  it("does not join a read that was sent before it", async () => {
    const { remote, text } = world({ byHand: true });
    const before = text("X");
    await settle();
    const refreshed = text("X", { refresh: true });
    await settle();
    expect(remote.reads.map(({ context }) => context.fresh ?? false)).toEqual([false, true]);
    remote.reads[1]?.respond("vlcanary-x-2");
    remote.reads[0]?.respond("vlcanary-x-1");
    expect(await refreshed).toBe("vlcanary-x-2");
    expect(await before).toBe("vlcanary-x-1");
    expect(await text("X"), "the older answer does not replace the newer one").toBe("vlcanary-x-2");
  });

  it("a get that follows joins it", async () => {
    const { remote, text } = world({ byHand: true });
    const refreshed = text("X", { refresh: true });
    await settle();
    const joined = text("X");
    await settle();
    expect(remote.reads).toHaveLength(1);
    remote.reading.respond("vlcanary-x-2");
    expect(await Promise.all([refreshed, joined])).toEqual(["vlcanary-x-2", "vlcanary-x-2"]);
  });

  it("when it fails its caller gets the error and the older value stays", async () => {
    const { vault, remote, clock, code, text } = world();
    await vault.get("X");
    remote.holds.set("x", failure("unavailable"));
    const refreshed = code("X", { refresh: true });
    await clock.pass(SECOND);
    expect(await refreshed).toBe("unavailable");
    expect(await text("X")).toBe("vlcanary-x-1");
  });

  it("a refusal drops the older value too", async () => {
    const { vault, remote, code } = world();
    await vault.get("X");
    remote.holds.set("x", failure("denied"));
    expect(await code("X", { refresh: true })).toBe("denied");
    expect(vault.status().cache.entries).toBe(0);
  });
});
