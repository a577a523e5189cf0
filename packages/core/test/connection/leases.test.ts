import { describe, expect, it } from "vitest";
import { failing, failure, MINUTE, SECOND, settle, watched, world } from "../fixture.ts";

/** A vault that makes a new credential, with a lease, at each read. */
async function leasing(ends: "ends" | "fails" | "hangs" = "ends"): Promise<ReturnType<typeof world>> {
  const here = world();
  const { clock, remote, vault } = here;
  let made = 0;
  remote.login = {
    identity: "A",
    read: async ({ path }) => {
      const lease = `${path}-${++made}`;
      return { value: `vlcanary-${lease}`, lease, expiresAt: clock.epochMs() + 30 * MINUTE };
    },
    revoke: async () => void remote.log.push("revoke A"),
    release: async (lease) => {
      await settle();
      remote.log.push(`release ${lease}`);
      if (ends === "fails") throw failure("denied");
      if (ends === "hangs") await new Promise(() => undefined);
    },
  };
  await vault.get("X");
  await vault.get("Y");
  return here;
}

describe("the lease of a secret that the vault made for us", () => {
  it("E30: bounds how long the secret is kept (S2a)", async () => {
    const { vault, clock } = await leasing();
    await clock.pass(30 * MINUTE - 1);
    expect((await vault.get("X")).provenance.source).toBe("cache");
    await clock.pass(1);
    expect((await vault.get("X")).reveal()).toBe("vlcanary-x-3");
  });

  it("E30: is ended by a reset", async () => {
    const { vault, remote } = await leasing();
    expect(vault.reset()).toBe(2);
    await settle();
    await settle();
    expect(remote.log.toSorted()).toEqual(["release x-1", "release y-2"]);
  });

  it.each([
    ["a reset of its name", { name: "X" }, ["release x-1"]],
    ["a reset of its connection", { connection: "c" }, ["release x-1", "release y-2"]],
  ])("is ended by %s", async (_what, scope, released) => {
    const { vault, remote } = await leasing();
    vault.reset(scope);
    await settle();
    await settle();
    expect(remote.log.toSorted()).toEqual(released);
  });

  it("is ended by a relink away from it, and by unlinking it", async () => {
    const { vault, remote } = await leasing();
    await vault.relink("X", "c://z");
    vault.unlink("Y");
    await settle();
    await settle();
    expect(remote.log).toEqual(["release x-1", "release y-2"]);
  });

  it("is left alone while another link uses it", async () => {
    const { vault, remote } = await leasing();
    vault.link("Z", "c://x");
    vault.unlink("X");
    await settle();
    expect(remote.log).toEqual([]);
    expect((await vault.get("Z")).provenance.source).toBe("cache");
  });

  it.each(["disconnect", "close"] as const)("E30: is ended by a %s, before the session that can is", async (end) => {
    const { vault, remote } = await leasing();
    await (end === "close" ? vault.close() : vault.disconnect("c"));
    expect(remote.log.slice(0, 2).toSorted()).toEqual(["release x-1", "release y-2"]);
    expect(remote.log.slice(2)).toEqual(["revoke A", "close A"]);
  });

  it("and what it hangs on are left alone by a close that is told so", async () => {
    const { vault, remote } = await leasing();
    expect((await vault.get("X")).provenance.leased).toBe(true);
    await vault.close({ leases: "leave" });
    expect(remote.log).toEqual(["close A"]);
  });

  it("a reset does not wait for the vault to end it, nor fail where it can't (S7)", async () => {
    for (const ends of ["fails", "hangs"] as const) {
      const { vault, clock } = await leasing(ends);
      expect(vault.reset()).toBe(2);
      await clock.pass(10 * SECOND);
      expect(vault.status().connections[0]?.state).toBe("ready");
    }
  });

  it("a disconnect waits for it, and leaves time to revoke the session within its two seconds", async () => {
    const { vault, clock, remote } = await leasing("hangs");
    const said = watched(vault.disconnect("c"));
    await clock.pass(2 * SECOND);
    expect(said.value).toMatchObject({ dropped: 2, remote: "revoked" });
    expect(remote.log.slice(2)).toEqual(["revoke A", "close A"]);
  });

  it("of another identity is ended with its own session, before that is closed", async () => {
    const { vault, remote } = await leasing();
    remote.login = { identity: "B", release: async (lease) => void remote.log.push(`release ${lease} as B`) };
    await vault.reauthenticate("c");
    await settle();
    await settle();
    expect(remote.log.slice(0, 2).toSorted()).toEqual(["release x-1", "release y-2"]);
    expect(remote.log.slice(2)).toEqual(["revoke A", "close A"]);
  });

  it("is nothing to a provider that can't end one", async () => {
    const { vault, remote } = world();
    remote.holds.set("x", { document: { value: "vlcanary-x-1", lease: "x-1" } });
    await vault.get("X");
    expect(vault.reset()).toBe(1);
    await vault.disconnect("c");
    expect(remote.log).toEqual(["close A"]);
  });

  it("is not ended for a value that is only withheld", async () => {
    const { vault, remote, clock } = await leasing();
    remote.login = failure("unauthenticated");
    remote.byHand = true;
    vault.link("Z", "c://z");
    await clock.pass(MINUTE);
    expect((await failing(vault.reauthenticate("c"))).code).toBe("unauthenticated");
    expect(remote.log).toEqual([]);
  });
});
