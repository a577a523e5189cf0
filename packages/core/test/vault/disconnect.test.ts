import { describe, expect, it } from "vitest";
import { failing, failure, HOUR, MINUTE, person, Remote, SECOND, settle, watched, world } from "../fixture.ts";

const revoking = (remote: Remote) => ({ identity: "A", revoke: async () => void remote.log.push("revoke A") });

describe("disconnect", () => {
  it("E6: says which names are affected, what was dropped and what became of the credentials", async () => {
    const { vault, remote } = world({
      links: { X: "c://x", F: "c://x#f", Y: "c://y", OFF: { reference: "c://z", enabled: false } },
    });
    remote.login = revoking(remote);
    await vault.getMany(["X", "Y"]);
    expect(await vault.disconnect("c")).toEqual({ names: ["X", "F", "Y", "OFF"], dropped: 2, remote: "revoked" });
    expect(remote.log).toEqual(["revoke A", "close A"]);
  });

  it("E7: leaves the links, unresolved, with the command that connects again (S23)", async () => {
    const { vault, remote } = world();
    await vault.get("X");
    await vault.disconnect("c");
    expect(vault.status().links).toMatchObject([
      { name: "X", reference: "c://x", state: "unresolved", reason: "disconnected", hint: "vaultlink reauth c" },
      { name: "Y", reference: "c://y", state: "unresolved", reason: "disconnected", hint: "vaultlink reauth c" },
    ]);
    const error = await failing(vault.get("X"));
    expect(error).toMatchObject({
      code: "unresolved",
      details: { reason: "disconnected", hint: "vaultlink reauth c" },
    });
    expect([remote.opens.length, remote.reads.length], "no request was sent").toEqual([1, 1]);
  });

  it("E7, E8: lasts, however long and whoever asks, until somebody signs in", async () => {
    const { vault, clock, code, text } = world();
    await vault.disconnect("c");
    await clock.pass(24 * HOUR);
    expect(await code("X")).toBe("unresolved");
    expect(await code("X", { env: { OTHER: "environment" } })).toBe("unresolved");
    await vault.reauthenticate("c");
    expect(await text("X")).toBe("vlcanary-x-1");
  });

  it("a connection that was configured as disconnected is not even loaded", async () => {
    const load = (): Promise<never> => Promise.reject(new Error("It was loaded."));
    const { code, vault } = world({ connections: { c: { provider: "p", load, options: {}, disconnected: true } } });
    expect(await code("X")).toBe("unresolved");
    expect(vault.status().links[0]?.reason).toBe("disconnected");
    expect(await vault.disconnect("c")).toEqual({ names: ["X", "Y"], dropped: 0, remote: "nothing-to-revoke" });
  });

  it("touches no other connection", async () => {
    const [near, far] = [new Remote(), new Remote()];
    for (const { holds } of [near, far]) holds.set("x", "vlcanary-x-1");
    const { vault } = world({
      connections: { near: near.provider, far: far.provider },
      links: { NEAR: "near://x", FAR: "far://x" },
    });
    await vault.getMany(["NEAR", "FAR"]);
    expect((await vault.disconnect("near")).names).toEqual(["NEAR"]);
    expect((await vault.get("FAR")).provenance.source).toBe("cache");
    expect(far.log).toEqual([]);
  });

  it("of an unknown connection is refused", async () => {
    expect(await failing(world().vault.disconnect("cc"))).toMatchObject({
      code: "unresolved",
      message: expect.stringContaining("did you mean c?") as string,
      details: { reason: "unknown-connection" },
    });
  });

  it("twice is no error, and nothing is ended twice", async () => {
    const { vault, remote } = world();
    remote.login = revoking(remote);
    await vault.get("X");
    await Promise.all([vault.disconnect("c"), vault.disconnect("c")]);
    expect(remote.log).toEqual(["revoke A", "close A"]);
  });

  it("ends the sessions of every environment of the connection", async () => {
    const { vault, remote } = world({ envVariables: ["TOKEN"] });
    await vault.get("X", { env: { TOKEN: "vlcanary-token-1" } });
    await vault.get("X", { env: { TOKEN: "vlcanary-token-2" } });
    expect((await vault.disconnect("c")).dropped).toBe(2);
    expect(remote.log).toEqual(["close A", "close A"]);
  });
});

describe("disconnect while the vault can't be reached", () => {
  it("takes effect before anything is sent", async () => {
    const { vault, remote } = world();
    remote.login = { identity: "A", revoke: () => new Promise(() => undefined) };
    await vault.get("X");
    void vault.disconnect("c");
    expect(vault.status()).toMatchObject({
      cache: { entries: 0 },
      connections: [{ state: "disconnected", cached: 0 }],
      links: [{ reason: "disconnected" }, { reason: "disconnected" }],
    });
    expect((await failing(vault.get("X"))).details.reason).toBe("disconnected");
  });

  it.each([
    ["fails", () => Promise.reject(failure("unavailable"))],
    ["never ends", () => new Promise<never>(() => undefined)],
    [
      "throws",
      () => {
        throw new Error("vlcanary-in-a-message");
      },
    ],
  ])("E10: a revocation that %s is told as such, with the end of the credentials", async (_what, revoke) => {
    const { vault, remote, clock } = world();
    const expiresAt = clock.epochMs() + HOUR;
    remote.login = { identity: "A", expiresAt, revoke };
    await vault.get("X");
    const said = watched(vault.disconnect("c"));
    await clock.pass(2 * SECOND);
    expect(said.value).toEqual({ names: ["X", "Y"], dropped: 1, remote: "not-revoked", expiresAt });
    expect(remote.log, "the session is closed in any case").toEqual(["close A"]);
  });

  it("credentials that were found, not obtained, are nobody's to revoke", async () => {
    const { vault, clock } = world();
    await vault.get("X");
    const said = watched(vault.disconnect("c"));
    await clock.pass(0);
    expect(said.value?.remote).toBe("nothing-to-revoke");
  });

  it("before it was ever open, and after it failed to", async () => {
    const { vault, remote, code } = world();
    remote.login = failure("unavailable", { retryAfterMs: Infinity });
    await code("X");
    expect(await vault.disconnect("c")).toEqual({ names: ["X", "Y"], dropped: 0, remote: "nothing-to-revoke" });
    expect(await code("X")).toBe("unresolved");
    expect(remote.opens).toHaveLength(1);
  });

  it("while its credentials are expired: the withheld values go", async () => {
    const { vault, remote, clock } = world();
    remote.asks = true;
    remote.login = { identity: "A", expiresAt: clock.epochMs() + MINUTE };
    await vault.reauthenticate("c", { prompter: person() });
    await vault.get("X");
    await clock.pass(MINUTE);
    expect((await vault.disconnect("c")).dropped).toBe(1);
    remote.login = { identity: "A" };
    await vault.reauthenticate("c", { prompter: person() });
    expect((await vault.get("X")).provenance.source).toBe("vault");
  });

  it("while somebody signs in: the prompt ends and nothing is opened", async () => {
    const { vault, remote } = world({ opensByHand: true });
    const login = failing(vault.reauthenticate("c", { prompter: person() }));
    await settle();
    await vault.disconnect("c");
    expect((await login).details.reason).toBe("disconnected");
    expect(remote.opening.context.signal.aborted).toBe(true);
  });

  it("while the session is being replaced", async () => {
    const { vault, remote, code } = world();
    await vault.get("X");
    remote.opensByHand = true;
    const login = failing(vault.reauthenticate("c"));
    await settle();
    await vault.disconnect("c");
    remote.opening.respond({ identity: "A" });
    await settle();
    expect((await login).details.reason).toBe("disconnected");
    expect(remote.log).toEqual(["close A", "close A"]);
    expect(await code("X")).toBe("unresolved");
  });
});

describe("close", () => {
  it("ends sessions and drops values; whoever asks afterwards is told", async () => {
    const { vault, remote, code } = world();
    remote.login = revoking(remote);
    await vault.get("X");
    await vault.close();
    expect(remote.log).toEqual(["revoke A", "close A"]);
    expect(vault.status()).toMatchObject({ cache: { entries: 0 }, connections: [{ state: "closed" }] });
    expect(await code("X")).toBe("aborted");
    expect((await failing(vault.disconnect("c"))).code).toBe("aborted");
  });

  it("is what `await using` does, once", async () => {
    const { vault, remote } = world();
    {
      await using scoped = vault;
      await scoped.get("X");
    }
    await vault.close();
    expect(remote.log).toEqual(["close A"]);
  });

  it("leaves no timer", async () => {
    const { vault, clock } = world();
    await vault.getMany(["X", "Y"]);
    await vault.close();
    expect(clock.pending).toBe(0);
  });
});
