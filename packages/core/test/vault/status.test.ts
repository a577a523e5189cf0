import { describe, expect, it } from "vitest";
import { failing, failure, HOUR, MINUTE, person, SECOND, world } from "../fixture.ts";

type World = ReturnType<typeof world>;
const link = ({ vault }: World, name = "X") => vault.status().links.find((one) => one.name === name);

describe("the status of a link", () => {
  it("is unknown before the vault was asked, and asks nothing", () => {
    const here = world();
    expect(link(here)).toEqual({ name: "X", reference: "c://x", required: true, state: "unknown" });
    expect(here.remote.opens).toHaveLength(0);
  });

  it("tells how old a value is and how long it will be kept", async () => {
    const here = world();
    await here.vault.get("X");
    await here.clock.pass(10 * MINUTE);
    expect(link(here)).toMatchObject({ state: "resolved", ageMs: 10 * MINUTE, expiresInMs: 50 * MINUTE });
    await here.clock.pass(50 * MINUTE);
    expect(link(here)?.state).toBe("unknown");
  });

  it("tells the version of the value that is kept", async () => {
    const here = world();
    here.remote.holds.set("x", { document: { value: "vlcanary-x", version: "7" } });
    expect([(await here.vault.get("X")) && link(here)?.version, link(here, "Y")?.version]).toEqual(["7", undefined]);
  });

  it("holds no value, nor does anything else in the status", async () => {
    const here = world();
    await here.vault.getMany(["X", "Y", "c://gone"]);
    expect(JSON.stringify(here.vault.status())).not.toContain("vlcanary-");
  });

  const reasons: ReadonlyArray<readonly [string, string, string | undefined]> = [
    ["not_found", "not-found", undefined],
    ["denied", "denied", undefined],
    ["unusable", "unusable", undefined],
    ["ambiguous", "unusable", undefined],
    ["throttled", "throttled", undefined],
    ["unavailable", "unreachable", undefined],
    ["timeout", "unreachable", undefined],
    ["unauthenticated", "expired", "vaultlink reauth c"],
    ["invalid_reference", "invalid", undefined],
    ["internal", "invalid", undefined],
  ];

  it.each(reasons)("after %s it is unresolved: %s", async (code, reason, hint) => {
    const here = world();
    here.remote.holds.set("x", failure(code as Parameters<typeof failure>[0]));
    const waiting = failing(here.vault.get("X"));
    await here.clock.pass(5 * SECOND);
    await waiting;
    expect(link(here)).toMatchObject({ state: "unresolved", reason, ...(hint !== undefined && { hint }) });
  });

  it("tells the command that mends it, where the provider knows one", async () => {
    const here = world();
    here.remote.holds.set("x", failure("denied", { hint: "vendor grant" }));
    await here.code("X");
    expect(link(here)).toMatchObject({ reason: "denied", hint: "vendor grant" });
  });

  it("is resolved again once a read succeeds", async () => {
    const here = world();
    here.remote.holds.set("x", failure("denied"));
    await here.code("X");
    here.remote.holds.set("x", "vlcanary-x-2");
    await here.vault.get("X");
    expect(link(here)?.state).toBe("resolved");
  });

  it("is resolved while a kept value answers, though a refresh failed", async () => {
    const here = world();
    await here.vault.get("X");
    here.remote.holds.set("x", failure("unavailable"));
    const refreshed = failing(here.vault.get("X", { refresh: true }));
    await here.clock.pass(SECOND);
    await refreshed;
    expect((await here.vault.get("X")).provenance.source).toBe("cache");
    expect(link(here)?.state).toBe("resolved");
  });

  it("is resolved once the document was read for another name of it", async () => {
    const here = world({ links: { X: "c://x", Z: "c://x" } });
    here.remote.holds.set("x", failure("denied"));
    await here.code("X");
    here.remote.holds.set("x", "vlcanary-x-2");
    await here.vault.get("Z");
    expect(link(here)?.state).toBe("resolved");
  });

  it("is that of its field, not of the document", async () => {
    const here = world({ links: { X: "c://x#a", Z: "c://x#b" } });
    here.remote.holds.set("x", { a: "vlcanary-a" });
    await here.vault.get("X");
    expect(link(here)?.state).toBe("resolved");
    expect(link(here, "Z")).toMatchObject({ state: "unresolved", reason: "unusable" });
    here.remote.holds.set("x", { b: "vlcanary-b" });
    await here.vault.get("Z", { refresh: true });
    expect(link(here, "Z")?.state).toBe("resolved");
    expect(link(here)).toMatchObject({ state: "unresolved", reason: "unusable" });
  });

  it("says nothing of a read whose caller gave up", async () => {
    const here = world({ byHand: true });
    const caller = new AbortController();
    const gone = failing(here.vault.get("X", { signal: caller.signal }));
    caller.abort();
    await gone;
    expect(link(here)?.state).toBe("unknown");
  });

  it.each([
    ["a reset", (here: World) => here.vault.reset()],
    ["a reset of the connection", (here: World) => here.vault.reset({ connection: "c" })],
    ["a reset of the name", (here: World) => here.vault.reset({ name: "X" })],
  ])("forgets a failure with %s", async (_what, reset) => {
    const here = world();
    here.remote.holds.delete("x");
    await here.code("X");
    reset(here);
    expect(link(here)?.state).toBe("unknown");
  });

  it("of five links on one expired connection marks all, and one sign-in mends all (S18)", async () => {
    const names = ["A", "B", "C", "D", "E"];
    const here = world({ links: Object.fromEntries(names.map((name) => [name, `c://${name}`])) });
    const { clock, remote, vault } = here;
    for (const name of names) remote.holds.set(name, `vlcanary-${name}`);
    remote.asks = true;
    remote.login = { identity: "A", expiresAt: clock.epochMs() + MINUTE };
    await vault.reauthenticate("c", { prompter: person() });
    await vault.getMany(names);
    await clock.pass(MINUTE);
    await vault.getMany(names);
    expect(vault.status().connections[0]).toMatchObject({ error: { reason: "expired" } });
    expect(vault.status().links.map(({ hint, reason }) => [reason, hint])).toEqual(
      names.map(() => ["expired", "vaultlink reauth c"]),
    );
    remote.login = { identity: "A" };
    const somebody = person();
    await vault.reauthenticate("c", { prompter: somebody });
    expect(vault.status().links.map(({ state }) => state)).toEqual(names.map(() => "resolved"));
    expect(somebody.questions).toBe(1);
  });

  it("after signing in says no more that the connection was disconnected, or not authenticated", async () => {
    const here = world({ login: failure("unauthenticated") });
    await here.code("X");
    expect(link(here)?.reason).toBe("not-authenticated");
    expect(here.vault.status().connections[0]).toMatchObject({ error: { reason: "not-authenticated" } });
    here.remote.login = { identity: "A" };
    await here.vault.reauthenticate("c");
    expect(link(here)?.state).toBe("unknown");
    await here.vault.disconnect("c");
    await here.code("X");
    expect(link(here)?.reason).toBe("disconnected");
    await here.vault.reauthenticate("c");
    expect(link(here)?.state).toBe("unknown");
  });

  it("tells what stands in the way before anything is asked", () => {
    const { vault } = world({
      links: {
        OFF: { reference: "c://x", enabled: false },
        NOTHING: null,
        NOWHERE: "nope://x",
        BROKEN: "c://a//b",
        OPTIONAL: { reference: "c://x", required: false },
      },
    });
    expect(vault.status().links).toEqual([
      { name: "OFF", reference: "c://x", required: true, state: "unresolved", reason: "disabled" },
      {
        name: "NOTHING",
        reference: null,
        required: true,
        state: "unresolved",
        reason: "unlinked",
        hint: "vaultlink relink NOTHING",
      },
      {
        name: "NOWHERE",
        reference: "nope://x",
        required: true,
        state: "unresolved",
        reason: "unknown-connection",
        hint: "vaultlink connect",
      },
      {
        name: "BROKEN",
        reference: "c://a//b",
        required: true,
        state: "unresolved",
        reason: "invalid",
        hint: "vaultlink relink BROKEN",
      },
      { name: "OPTIONAL", reference: "c://x", required: false, state: "unknown" },
    ]);
  });
});

describe("the status of a connection", () => {
  it("before it was used", () => {
    expect(world().vault.status().connections).toEqual([
      { name: "c", provider: "scripted", state: "disconnected", cached: 0, calls: 0 },
    ]);
  });

  it("while it is ready: who we are, until when, what is kept and what was asked", async () => {
    const { vault, remote, clock } = world();
    const expiresAt = clock.epochMs() + HOUR;
    remote.login = { identity: "A", expiresAt };
    await vault.getMany(["X", "Y"]);
    expect(vault.status().connections).toEqual([
      { name: "c", provider: "scripted", state: "ready", identity: "A", expiresAt, cached: 2, calls: 3 },
    ]);
  });

  it("after it could not be opened: why, and what mends it", async () => {
    const { vault, code } = world({ login: failure("invalid_config", { hint: "vendor setup" }) });
    await code("X");
    expect(vault.status().connections).toMatchObject([
      {
        state: "failed",
        error: { code: "invalid_config", message: "The test's invalid_config.", hint: "vendor setup" },
      },
    ]);
  });

  it("sees a lapse by itself, without a read", async () => {
    const { vault, remote, clock } = world();
    remote.login = { identity: "A", expiresAt: clock.epochMs() + MINUTE };
    await vault.get("X");
    clock.suspend(MINUTE);
    await clock.pass(100);
    expect(vault.status().connections).toMatchObject([{ state: "expired", cached: 1 }]);
  });
});

describe("the status of the cache", () => {
  it("counts what is kept, hits and misses", async () => {
    const { vault } = world();
    await vault.get("X");
    await vault.get("X");
    await vault.get("X", { refresh: true });
    expect(vault.status().cache).toEqual({ entries: 1, bytes: 12, ttl: 60, hits: 1, misses: 2 });
  });
});
