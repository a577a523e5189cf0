import { describe, expect, it } from "vitest";
import { failing, failure, MINUTE, outcomes, person, Remote, settle, throwing, world } from "../fixture.ts";

const LINKS = { U: "c://db#user", P: "c://db#password", X: "c://x" };

function filled(): ReturnType<typeof world> {
  const here = world({ links: LINKS });
  here.remote.holds.set("db", { user: "vlcanary-user", password: "vlcanary-password" });
  return here;
}

describe("reset", () => {
  it("drops every document of every connection, and the next reads make one call each (S9)", async () => {
    const remotes = [new Remote(), new Remote()];
    const [a, b] = remotes.map((remote) => (remote.holds.set("x", "vlcanary-x-1"), remote.provider));
    if (a === undefined || b === undefined) throw new Error("There are two.");
    const { vault } = world({ connections: { a, b }, links: { A: "a://x", B: "b://x" } });
    await vault.getMany(["A", "B", "A"]);
    expect(vault.reset()).toBe(2);
    expect(vault.status().cache).toMatchObject({ entries: 0, bytes: 0 });
    await vault.getMany(["A", "B", "A"]);
    expect(remotes.map(({ reads }) => reads.length)).toEqual([2, 2]);
  });

  it("of a name drops its document, for all names of it", async () => {
    const { vault, remote } = filled();
    await vault.getMany(["U", "P", "X"]);
    expect(vault.reset({ name: "U" })).toBe(1);
    await vault.getMany(["U", "P", "X"]);
    expect(remote.asked).toEqual(["db", "x", "db"]);
  });

  it("of a reference drops the document it names, whatever its field", async () => {
    const { vault } = filled();
    await vault.getMany(["U", "X"]);
    expect(vault.reset({ name: "c://db#nothing" })).toBe(1);
    expect(vault.status().cache.entries).toBe(1);
  });

  it("of what is not cached drops nothing", async () => {
    const { vault } = filled();
    expect([vault.reset(), vault.reset({ connection: "c" }), vault.reset({ name: "X" })]).toEqual([0, 0, 0]);
    expect(vault.reset({ name: "c://never/read" })).toBe(0);
  });

  it.each([
    [{ name: "NOPE" }, "unlinked"],
    [{ connection: "nope" }, "unknown-connection"],
  ])("of what does not exist is refused: %o", (scope, reason) => {
    expect(throwing(() => filled().vault.reset(scope))).toMatchObject({ code: "unresolved", details: { reason } });
  });

  it("gives the value of the vault and not what was cached (S10)", async () => {
    const { vault, remote, text } = world();
    await text("X");
    remote.holds.set("x", "vlcanary-x-2");
    expect(await text("X")).toBe("vlcanary-x-1");
    vault.reset();
    expect(await text("X")).toBe("vlcanary-x-2");
  });

  it("makes the first read of each document fresh, and no later one", async () => {
    const { vault, remote } = world({ cache: { ttl: 0 } });
    await vault.getMany(["X", "Y"]);
    vault.reset({ connection: "c" });
    await vault.getMany(["X", "Y"]);
    await vault.getMany(["X", "Y"]);
    expect(remote.reads.map(({ context }) => context.fresh ?? false)).toEqual([false, false, true, true, false, false]);
  });

  it("a first read that fails does not count: the next is fresh too", async () => {
    const { vault, remote, code } = world();
    await vault.get("X");
    vault.reset();
    remote.holds.set("x", failure("denied"));
    await code("X");
    remote.holds.set("x", "vlcanary-x-2");
    await code("X");
    expect(remote.reads.map(({ context }) => context.fresh ?? false)).toEqual([false, true, true]);
  });

  it("is acknowledged at once, without asking any vault (S7)", async () => {
    const { vault, remote } = world({ byHand: true });
    const waiting = vault.getMany(["X", "Y"]);
    await settle();
    expect(vault.reset()).toBe(0);
    for (const read of remote.reads) read.respond(`vlcanary-${read.path}-1`);
    expect(outcomes(await waiting)).toEqual(["vlcanary-x-1", "vlcanary-y-1"]);
    expect([remote.opens.length, remote.reads.length]).toEqual([1, 2]);
  });
});

describe("a reset needs neither credentials nor network", () => {
  it("E22: while the credentials are expired: the withheld values go", async () => {
    const { vault, remote, clock } = world();
    remote.asks = true;
    remote.login = { identity: "A", expiresAt: clock.epochMs() + MINUTE };
    await vault.reauthenticate("c", { prompter: person() });
    await vault.getMany(["X", "Y"]);
    await clock.pass(MINUTE);
    expect(vault.reset({ name: "X" })).toBe(1);
    expect(vault.reset({ connection: "c" })).toBe(1);
    remote.login = { identity: "A" };
    await vault.reauthenticate("c", { prompter: person() });
    expect((await vault.get("X")).provenance.source).toBe("vault");
  });

  it("E22: while it is being opened, and while it can't be", async () => {
    const { vault, remote, clock } = world();
    remote.login = { identity: "A", expiresAt: clock.epochMs() + MINUTE };
    await vault.getMany(["X", "Y"]);
    remote.opensByHand = true;
    await clock.pass(MINUTE);
    const waiting = failing(vault.get("X"));
    await settle();
    expect(vault.reset({ name: "X" })).toBe(1);
    remote.opening.fail(failure("unavailable", { retryAfterMs: Infinity }));
    expect((await waiting).code).toBe("unavailable");
    expect(vault.reset({ name: "Y" })).toBe(1);
    expect(remote.opens).toHaveLength(2);
  });

  it("E22: while it is disconnected, and before it was ever open", async () => {
    const { vault } = world();
    expect(vault.reset({ connection: "c" })).toBe(0);
    await vault.get("X");
    await vault.disconnect("c");
    expect([vault.reset(), vault.reset({ connection: "c" }), vault.reset({ name: "X" })]).toEqual([0, 0, 0]);
  });

  it("after closing it is refused", async () => {
    const { vault } = world();
    await vault.close();
    expect(throwing(() => vault.reset()).code).toBe("aborted");
  });
});
