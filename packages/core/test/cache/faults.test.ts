import { describe, expect, it } from "vitest";
import { failing, failure, HOUR, MINUTE, SECOND, settle, watched, world } from "../fixture.ts";

type World = ReturnType<typeof world>;

describe("the TTL is changed (R4)", () => {
  it.each([
    ["60, 5, 60", [5, 60], 31, 60],
    ["60, 0, 60", [0, 60], 1, 60],
    ["60, 5, and 60 again once it had expired", [5], 31, 60],
  ])("%s: what had expired is not fresh again, and not stale", async (_what, ttls, age, last) => {
    const { clock, remote, vault } = world({ cache: { staleOnError: 600 } });
    await vault.get("X");
    if (ttls.length === 1) ttls.forEach((ttl) => vault.setTtl(ttl));
    await clock.pass(age * MINUTE);
    for (const ttl of ttls) vault.setTtl(ttl);
    vault.setTtl(last);
    remote.holds.set("x", failure("unavailable", { retryAfterMs: Infinity }));
    const got = await vault.get("X").then(
      ({ provenance }) => provenance.source,
      ({ code }) => code as string,
    );
    expect(got).toBe(ttls.length === 1 ? "stale" : "unavailable");
  });

  it("to 0: nothing is stale either", async () => {
    const here = world({ cache: { staleOnError: 600 } });
    await here.vault.get("X");
    await here.clock.pass(61 * MINUTE);
    here.vault.setTtl(0);
    here.remote.holds.set("x", failure("unavailable", { retryAfterMs: Infinity }));
    expect(here.vault.status().cache.entries).toBe(0);
    expect(await here.code("X")).toBe("unavailable");
  });
});

describe("ages (R25)", () => {
  it.each([
    ["a coarse uptime", 900],
    ["a short sleep that was not noticed yet", 90],
    ["one that took long to look at", 40],
  ])("%s: not off by more than a millisecond after the next look at it", async (_what, ms) => {
    const { clock, vault } = world();
    await vault.get("Y");
    clock.moveUp(ms);
    await vault.get("X");
    for (const pass of [150, 1000, 10_000]) {
      await clock.pass(pass);
      const { ageMs } = (await vault.get("X")).provenance;
      clock.moveUp(ms % 7);
      expect(Math.abs(ageMs - (pass === 150 ? 150 : pass === 1000 ? 1150 : 11_150))).toBeLessThanOrEqual(1);
    }
  });
});

describe("two spellings of one secret (C6)", () => {
  /** `X` is `c://x`, `Y` is `c://y`, and both are the secret `s`; `P` is another version of it, `Q` another secret. */
  async function spelled(): Promise<World> {
    const here = world({ links: { X: "c://x", Y: "c://y", P: "c://p", Q: "c://q" } });
    rotate(here, 1);
    here.remote.holds.set("p", { document: { value: "vlcanary-p", id: "s", version: "0" } });
    here.remote.holds.set("q", { document: { value: "vlcanary-q", id: "other" } });
    await here.vault.getMany(["X", "Y", "P", "Q"]);
    return here;
  }
  const rotate = ({ remote }: World, version: number): void => {
    const document = { value: `vlcanary-s-${version}`, id: "s", version: `${version}` };
    remote.holds.set("x", { document }).set("y", { document });
  };

  it.each([
    ["a reset of one", async ({ vault }: World) => void vault.reset({ name: "X" })],
    ["a refresh of one", async ({ vault }: World) => void (await vault.get("X", { refresh: true }))],
    ["a relink of one to the same", async ({ vault }: World) => vault.relink("X", "c://x")],
    ["an unverified one", async ({ vault }: World) => vault.relink("X", "c://x", { verify: false })],
    [
      "one that is seen to have rotated",
      async ({ vault, clock }: World) => {
        vault.setTtl(1);
        await vault.get("X", { refresh: true });
        await clock.pass(1);
      },
    ],
  ])("after %s both give the new value, and another secret keeps its own", async (_what, act) => {
    const here = await spelled();
    rotate(here, 2);
    await act(here);
    expect([await here.text("X"), await here.text("Y")]).toEqual(["vlcanary-s-2", "vlcanary-s-2"]);
    expect((await here.vault.get("Q")).provenance.source).toBe("cache");
  });

  it("two versions of one secret do not push each other out", async () => {
    const here = await spelled();
    for (const name of ["X", "P", "X", "P"]) expect((await here.vault.get(name)).provenance.source).toBe("cache");
  });

  it("a reset of a spelling that was never read holds from its first read on", async () => {
    const here = await spelled();
    here.remote.holds.set("z", { document: { value: "vlcanary-s-2", id: "s", version: "2" } });
    rotate(here, 2);
    here.vault.reset({ name: "c://z" });
    expect([await here.text("c://z"), await here.text("X")]).toEqual(["vlcanary-s-2", "vlcanary-s-2"]);
  });

  it("whoever asks after the reset does not get what was asked for before it under another spelling", async () => {
    const here = await spelled();
    here.remote.byHand = true;
    const early = watched(here.vault.get("c://z"));
    await settle();
    here.vault.reset({ name: "X" });
    const late = watched(here.vault.get("c://z"));
    await settle();
    here.remote.reading.respond({ document: { value: "vlcanary-s-1", id: "s", version: "1" } });
    await settle();
    here.remote.reading.respond({ document: { value: "vlcanary-s-2", id: "s", version: "2" } });
    await settle();
    expect([early.value?.reveal(), late.value?.reveal()]).toEqual(["vlcanary-s-2", "vlcanary-s-2"]);
  });

  it("a refusal of one drops the others, and identities share nothing", async () => {
    const here = await spelled();
    here.remote.holds.set("x", failure("denied"));
    await failing(here.vault.get("X", { refresh: true }));
    rotate(here, 3);
    expect(await here.text("Y")).toBe("vlcanary-s-3");
    here.remote.login = { identity: "B" };
    await here.vault.reauthenticate("c");
    expect(here.vault.status().cache.entries).toBe(0);
  });
});

describe("a verified relink to the same reference (R16)", () => {
  it("is one for every environment", async () => {
    const { remote, vault } = world({ envVariables: ["WHO"] });
    const env = { WHO: "B" };
    await vault.get("X", { env });
    await vault.get("X");
    remote.holds.set("x", "vlcanary-x-2");
    await vault.relink("X", "c://x");
    expect((await vault.get("X", { env })).reveal()).toBe("vlcanary-x-2");
    expect((await vault.get("X")).provenance.source).toBe("cache");
  });
});

describe("the lease of what is not kept (R8)", () => {
  interface Leasing extends World {
    readonly made: string[];
    readonly released: () => string[];
  }
  /** A vault whose each read makes a credential, at once or by hand. */
  function leasing(options: Parameters<typeof world>[0] = {}, slow = false): Leasing & { respond: () => void } {
    const here = world(options);
    const made: string[] = [];
    let respond = (): void => undefined;
    here.remote.login = {
      identity: "A",
      read: async ({ path }) => {
        const lease = `${path}-${made.length + 1}`;
        made.push(lease);
        if (slow) await new Promise<void>((resolve) => (respond = resolve));
        return { value: `vlcanary-${lease}`, lease };
      },
      release: async (lease) => void here.remote.log.push(`release ${lease}`),
      revoke: async () => void here.remote.log.push("revoke A"),
    };
    const released = (): string[] => here.remote.log.filter((line) => line.startsWith("release"));
    return { ...here, made, released, respond: () => respond() };
  }

  it.each([
    ["TTL 0", { cache: { ttl: 0 } }, ["X", "Y", "X"], {}, []],
    ["pushed out by others", { cache: { maxEntries: 1 } }, ["X", "Y"], {}, []],
    ["read anew", {}, ["X", "X"], { refresh: true }, ["release x-1"]],
  ])("%s: ended once, at the latest by a close", async (_what, options, names, how, early) => {
    const here = leasing(options);
    for (const name of names) await here.vault.get(name, how);
    await settle();
    expect(here.released()).toEqual(early);
    await here.vault.close();
    expect(here.released().toSorted()).toEqual(here.made.map((lease) => `release ${lease}`).toSorted());
    expect(here.remote.log.slice(-2)).toEqual(["revoke A", "close A"]);
  });

  it.each([
    ["its caller gave up", async (_here: Leasing, caller: AbortController) => caller.abort()],
    ["a disconnect", async ({ vault }: Leasing) => void vault.disconnect("c")],
    ["a close", async ({ vault }: Leasing) => void vault.close()],
  ])("under way at %s: ended at once", async (_what, end) => {
    const here = leasing({}, true);
    const caller = new AbortController();
    const got = failing(here.vault.get("X", { signal: caller.signal }));
    await settle();
    await end(here, caller);
    await got;
    here.respond();
    await settle();
    expect(here.released()).toEqual(["release x-1"]);
  });

  it("under way at a reset: kept for whoever asked before, and ended by the next", async () => {
    const here = leasing({}, true);
    const got = here.vault.get("X");
    await settle();
    here.vault.reset();
    here.respond();
    expect((await got).reveal()).toBe("vlcanary-x-1");
    expect(here.released()).toEqual([]);
    here.vault.reset();
    await settle();
    expect(here.released()).toEqual(["release x-1"]);
  });

  it("is handed on by a close that is told so, also with TTL 0", async () => {
    const here = leasing({ cache: { ttl: 0 } });
    await here.vault.get("X");
    await here.vault.close({ leases: "leave" });
    expect(here.remote.log).toEqual(["close A"]);
  });

  it("outlives the session that made it, which is revoked once the lease has ended", async () => {
    const here = leasing();
    await here.vault.get("X");
    await here.vault.reauthenticate("c");
    await here.clock.pass(3 * SECOND);
    expect(here.remote.log).toEqual([]);
    here.vault.reset();
    await settle();
    expect(here.remote.log).toEqual(["release x-1", "revoke A", "close A"]);
  });

  it("dropped while no session is there: ended by the next", async () => {
    const here = leasing();
    const { clock, remote, vault } = here;
    Object.assign(remote.login, { expiresAt: clock.epochMs() + MINUTE });
    await vault.get("X");
    await clock.pass(2 * MINUTE);
    vault.reset();
    await settle();
    expect(here.released()).toEqual([]);
    Object.assign(remote.login, { expiresAt: clock.epochMs() + HOUR });
    await vault.get("Y");
    await settle();
    expect(here.released()).toEqual(["release x-1"]);
  });
});
