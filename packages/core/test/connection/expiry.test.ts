import { describe, expect, it } from "vitest";
import { failing, failure, HOUR, MINUTE, person, SECOND, settle, watched, world } from "../fixture.ts";

/** A person signed in as A for ten minutes, `X` was read, and the ten minutes are over. */
async function expired(options: Parameters<typeof world>[0] = {}): Promise<ReturnType<typeof world>> {
  const here = world(options);
  const { clock, remote, vault } = here;
  remote.asks = true;
  remote.login = { identity: "A", expiresAt: clock.epochMs() + 10 * MINUTE };
  await vault.reauthenticate("c", { prompter: person() });
  await vault.get("X");
  await clock.pass(10 * MINUTE);
  remote.login = { identity: "A" };
  return here;
}

describe("fresh values of expired credentials", () => {
  it("E13: are not given, with the command that mends it (S17)", async () => {
    const { vault, remote } = await expired();
    const error = await failing(vault.get("X"));
    expect(error).toMatchObject({
      code: "unauthenticated",
      details: { reason: "expired", hint: "vaultlink reauth c", name: "X", connection: "c" },
    });
    expect(remote.opens, "a person's session is never reopened behind that person's back").toHaveLength(1);
    expect(remote.reads).toHaveLength(1);
  });

  it("E13: are kept, not dropped", async () => {
    const { vault } = await expired();
    expect(vault.status()).toMatchObject({
      cache: { entries: 1 },
      connections: [{ state: "expired", cached: 1, error: { code: "unauthenticated" } }],
      links: [
        { name: "X", state: "unresolved", reason: "expired", hint: "vaultlink reauth c" },
        { name: "Y", state: "unresolved", reason: "expired", hint: "vaultlink reauth c" },
      ],
    });
  });

  it("nor given while somebody signs in", async () => {
    const { vault, remote } = await expired();
    remote.opensByHand = true;
    const login = vault.reauthenticate("c", { prompter: person() });
    const waiting = watched(vault.get("X"));
    await settle();
    expect(waiting.state).toBe("pending");
    remote.opening.respond({ identity: "A" });
    await login;
    await settle();
    expect(waiting.value?.provenance.source).toBe("cache");
  });

  it("who waits for a sign-in longer than it wants to is told what expired", async () => {
    const { vault, remote, clock } = await expired();
    remote.opensByHand = true;
    void failing(vault.reauthenticate("c", { prompter: person() }));
    const waiting = watched(vault.get("X", { deadlineMs: SECOND }));
    await clock.pass(SECOND);
    expect(waiting.error).toMatchObject({ code: "unauthenticated", details: { reason: "expired" } });
  });

  it("a value that lands after the lapse is not given either", async () => {
    const { vault, clock, remote } = world({ byHand: true, limits: { attemptMs: HOUR, deadlineMs: HOUR } });
    remote.asks = true;
    remote.login = { identity: "A", expiresAt: clock.epochMs() + MINUTE };
    await vault.reauthenticate("c", { prompter: person() });
    const waiting = failing(vault.get("X"));
    await clock.pass(MINUTE);
    remote.reading.respond("vlcanary-x-1");
    expect((await waiting).code).toBe("unauthenticated");
  });

  it("E13: also when a read, not the clock, finds the credentials dead", async () => {
    const { vault, remote, code } = world();
    remote.asks = true;
    await vault.reauthenticate("c", { prompter: person() });
    await vault.get("X");
    remote.holds.set("y", failure("unauthenticated"));
    expect(await code("Y")).toBe("unauthenticated");
    expect(await code("X")).toBe("unauthenticated");
    expect(vault.status().connections).toMatchObject([{ state: "expired", cached: 1 }]);
  });

  it("E14: answer again after signing in as the same identity, their age kept running", async () => {
    const { vault, remote, clock } = await expired();
    await clock.pass(5 * MINUTE);
    await vault.reauthenticate("c", { prompter: person() });
    expect((await vault.get("X")).provenance).toMatchObject({ source: "cache", ageMs: 15 * MINUTE });
    expect(remote.reads).toHaveLength(1);
    await clock.pass(45 * MINUTE);
    expect((await vault.get("X")).provenance.source).toBe("vault");
  });

  it("a value whose TTL ended meanwhile is gone", async () => {
    const { vault, clock } = await expired();
    await clock.pass(50 * MINUTE);
    expect(vault.status().cache.entries).toBe(0);
    await vault.reauthenticate("c", { prompter: person() });
    expect((await vault.get("X")).provenance.source).toBe("vault");
  });

  it("E16: stay withheld and are not dropped where signing in again is refused or cancelled", async () => {
    const { vault, remote, clock } = await expired();
    remote.login = failure("unauthenticated");
    expect((await failing(vault.reauthenticate("c", { prompter: person() }))).code).toBe("unauthenticated");
    remote.login = { identity: "A" };
    remote.opensByHand = true;
    const declining = new AbortController();
    const login = failing(vault.reauthenticate("c", { prompter: person(), signal: declining.signal }));
    await settle();
    declining.abort();
    expect((await login).code).toBe("aborted");
    await clock.pass(SECOND);
    expect(vault.status()).toMatchObject({ cache: { entries: 1 }, connections: [{ state: "expired" }] });
    expect((await failing(vault.get("X"))).details.reason).toBe("expired");
  });

  it.each([
    ["withhold", "B"],
    ["withhold", undefined],
    ["serve", "B"],
    ["serve", undefined],
  ] as const)("E15: with %s, are gone once %s has signed in", async (onExpired, identity) => {
    const { vault, remote, text } = await expired({ cache: { onExpired } });
    remote.login = identity === undefined ? {} : { identity };
    remote.holds.set("x", "vlcanary-x-of-b");
    expect(await vault.reauthenticate("c", { prompter: person() })).toEqual(remote.login);
    expect(vault.status().cache.entries).toBe(0);
    expect(await text("X")).toBe("vlcanary-x-of-b");
  });

  it("are given if so set, and marked", async () => {
    const { vault, remote } = await expired({ cache: { onExpired: "serve" } });
    expect((await vault.get("X")).provenance).toMatchObject({ source: "cache", connection: "expired" });
    expect(remote.reads).toHaveLength(1);
    expect((await failing(vault.get("Y"))).code, "what is not cached cannot be had").toBe("unauthenticated");
  });

  it("also while somebody signs in, and after that failed", async () => {
    const { vault, remote } = await expired({ cache: { onExpired: "serve" } });
    remote.opensByHand = true;
    const login = failing(vault.reauthenticate("c", { prompter: person() }));
    await settle();
    expect((await vault.get("X")).provenance.connection).toBe("expired");
    remote.opening.fail(failure("unavailable"));
    expect((await login).code).toBe("unavailable");
    expect(vault.status().connections[0]?.state).toBe("expired");
    expect((await vault.get("X")).provenance.connection).toBe("expired");
  });

  it("not past their TTL, not for a refresh, and not after a disconnect", async () => {
    const { vault, clock, code } = await expired({ cache: { onExpired: "serve" } });
    expect(await code("X", { refresh: true })).toBe("unauthenticated");
    await clock.pass(50 * MINUTE);
    expect(await code("X")).toBe("unauthenticated");
    await vault.disconnect("c");
    expect(await code("X")).toBe("unresolved");
  });
});

describe("a sign-in that fails", () => {
  it.each(["unauthenticated", "denied"] as const)(
    "as %s, changes nothing: found credentials open at the next read",
    async (code) => {
      const { vault, remote, text } = world({ opensByHand: true });
      remote.asks = true;
      const login = failing(vault.reauthenticate("c", { prompter: person() }));
      await settle();
      remote.opening.fail(failure(code));
      expect((await login).code).toBe(code);
      expect(vault.status().connections[0]?.state).toBe("disconnected");
      remote.opensByHand = false;
      await expect(text("X")).resolves.toBe("vlcanary-x-1");
    },
  );

  it("leaves a connection disconnected that was", async () => {
    const { vault, remote, code } = world();
    await vault.disconnect("c");
    Object.assign(remote, { asks: true, opensByHand: true });
    const login = failing(vault.reauthenticate("c", { prompter: person() }));
    await settle();
    remote.opening.fail(failure("unauthenticated"));
    await login;
    expect(vault.status().connections[0]?.state).toBe("disconnected");
    expect(await code("X")).toBe("unresolved");
  });
});

describe("credentials nobody was asked for", () => {
  it("are opened anew by the next read after their lapse", async () => {
    const { vault, remote, clock, text } = world();
    remote.login = { identity: "A", expiresAt: clock.epochMs() + MINUTE };
    await text("X");
    remote.opensByHand = true;
    await clock.pass(MINUTE);
    const again = text("X");
    await settle();
    remote.opening.respond({ identity: "A" });
    expect(await again).toBe("vlcanary-x-1");
    expect(vault.status().connections[0]?.state).toBe("ready");
    expect(remote.reads, "the cached value of the same identity answers").toHaveLength(1);
  });

  it("E40: time asleep counts towards their lapse", async () => {
    const { vault, remote, clock } = world();
    remote.login = { identity: "A", expiresAt: clock.epochMs() + 30 * MINUTE };
    await vault.get("X");
    remote.login = failure("unauthenticated");
    clock.suspend(30 * MINUTE);
    expect((await failing(vault.get("X"))).details.reason).toBe("expired");
  });

  it("that have lapsed already when they are given are not fetched over and over", async () => {
    const { vault, remote, clock } = world();
    remote.login = { identity: "A", expiresAt: clock.epochMs() };
    const waiting = watched(vault.get("X"));
    await settle();
    expect(remote.opens.length).toBeLessThanOrEqual(2);
    expect(waiting.error?.code).toBe("unauthenticated");
    expect(remote.reads).toHaveLength(0);
    expect(remote.log, "no session is left open").toHaveLength(remote.opens.length);
  });
});
