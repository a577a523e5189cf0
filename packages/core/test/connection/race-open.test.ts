import { describe, expect, it } from "vitest";
import { failing, failure, MINUTE, outcomeOf, outcomes, person, SECOND, settle, watched, world } from "../fixture.ts";

describe("credentials that lapse in the middle of a batch", () => {
  it("one reopening, and each failed item is read once more", async () => {
    const { vault, remote } = world({ byHand: true });
    remote.login = remote.batching();
    const both = vault.getMany(["X", "Y"]);
    await settle();
    remote.batches[0]?.respond([outcomeOf(failure("unauthenticated")), outcomeOf(failure("unauthenticated"))]);
    await settle();
    expect(remote.opens).toHaveLength(2);
    expect(remote.batches.map(({ paths }) => paths)).toEqual([
      ["x", "y"],
      ["x", "y"],
    ]);
    remote.batches[1]?.respond([outcomeOf("vlcanary-x-1"), outcomeOf("vlcanary-y-1")]);
    expect(outcomes(await both)).toEqual(["vlcanary-x-1", "vlcanary-y-1"]);
  });

  it("an item that was answered is not read again", async () => {
    const { vault, remote } = world({ byHand: true });
    remote.login = remote.batching();
    const both = vault.getMany(["X", "Y"]);
    await settle();
    remote.batches[0]?.respond([outcomeOf("vlcanary-x-1"), outcomeOf(failure("unauthenticated"))]);
    await settle();
    expect(remote.asked).toEqual(["y"]);
    remote.reading.respond("vlcanary-y-1");
    expect(outcomes(await both)).toEqual(["vlcanary-x-1", "vlcanary-y-1"]);
  });

  it("single reads of one session share the reopening too", async () => {
    const { vault, remote } = world({ byHand: true });
    const both = vault.getMany(["X", "Y"]);
    await settle();
    for (const read of remote.reads.slice(0, 2)) read.fail(failure("unauthenticated"));
    await settle();
    expect(remote.opens).toHaveLength(2);
    for (const read of remote.reads.slice(2)) read.respond(`vlcanary-${read.path}-1`);
    expect(outcomes(await both)).toEqual(["vlcanary-x-1", "vlcanary-y-1"]);
    expect(remote.asked).toEqual(["x", "y", "x", "y"]);
  });

  it("a second unauthenticated stands", async () => {
    const { remote, code } = world();
    remote.holds.set("x", failure("unauthenticated"));
    expect(await code("X")).toBe("unauthenticated");
    expect([remote.opens.length, remote.reads.length]).toEqual([2, 2]);
  });

  it("a late unauthenticated of a session that was replaced meanwhile moves nothing", async () => {
    const { vault, remote } = world({ byHand: true });
    const old = watched(vault.get("X"));
    await settle();
    await vault.reauthenticate("c");
    remote.reads[0]?.fail(failure("unauthenticated"));
    await settle();
    expect(vault.status().connections[0]?.state).toBe("ready");
    expect(remote.opens).toHaveLength(2);
    remote.reads[1]?.respond("vlcanary-x-1");
    await settle();
    expect(old.state).toBe("resolved");
  });
});

describe("an opening whose caller has gone", () => {
  it("a session that opens after a disconnect is revoked and closed, and changes nothing", async () => {
    const { vault, remote } = world({ opensByHand: true });
    const waiting = failing(vault.get("X"));
    await settle();
    await vault.disconnect("c");
    expect((await waiting).details.reason).toBe("disconnected");
    expect(remote.opening.context.signal.aborted).toBe(true);
    remote.opening.respond({ identity: "A", revoke: async () => void remote.log.push("revoke A") });
    await settle();
    expect(remote.log).toEqual(["revoke A", "close A"]);
    expect(vault.status().connections[0]?.state).toBe("disconnected");
  });

  it("the same after its own time ran out", async () => {
    const { vault, remote, clock } = world({ opensByHand: true, limits: { openMs: 5 * SECOND } });
    const waiting = watched(vault.get("X"));
    await clock.pass(5 * SECOND);
    expect(waiting.error?.code).toBe("timeout");
    remote.opening.respond({ identity: "A" });
    await settle();
    expect(remote.log).toEqual(["close A"]);
    expect(vault.status().connections[0]?.state).toBe("failed");
  });

  it("the same after the vault was closed", async () => {
    const { vault, remote } = world({ opensByHand: true });
    const waiting = failing(vault.get("X"));
    await settle();
    await vault.close();
    remote.opening.respond({ identity: "A" });
    await settle();
    expect((await waiting).code).toBe("aborted");
    expect(remote.log).toEqual(["close A"]);
  });

  it("a reader who gives up leaves the opening to the next one", async () => {
    const { vault, remote, text, clock } = world({ opensByHand: true });
    const first = watched(vault.get("X", { deadlineMs: SECOND }));
    await clock.pass(SECOND);
    expect(first.error?.code).toBe("timeout");
    const next = text("X");
    await settle();
    remote.opening.respond({ identity: "A" });
    expect(await next).toBe("vlcanary-x-1");
    expect(remote.opens).toHaveLength(1);
  });
});

describe("several callers of a connection that is not open", () => {
  it("share one opening", async () => {
    const { vault, remote } = world({ opensByHand: true });
    const many = vault.getMany(["X", "Y", "X", "Y"]);
    await settle();
    expect(remote.opens).toHaveLength(1);
    remote.opening.respond({ identity: "A" });
    expect(outcomes(await many)).toEqual(["vlcanary-x-1", "vlcanary-y-1", "vlcanary-x-1", "vlcanary-y-1"]);
  });

  it("E17: with people there is one prompt and the others wait for it", async () => {
    const { vault, remote } = world({ opensByHand: true });
    remote.asks = true;
    const people = [person(), person()];
    const logins = people.map((prompter) => vault.reauthenticate("c", { prompter }));
    const reader = vault.get("X");
    await settle();
    expect(remote.opens).toHaveLength(1);
    remote.opening.respond({ identity: "A" });
    expect(await Promise.all(logins)).toEqual([{ identity: "A" }, { identity: "A" }]);
    expect((await reader).provenance.source).toBe("vault");
    expect(people.map(({ questions }) => questions)).toEqual([1, 0]);
  });

  it("a person who signs in while a read opens unattended waits and is then asked", async () => {
    const { vault, remote } = world({ opensByHand: true });
    remote.asks = true;
    const reader = failing(vault.get("X"));
    await settle();
    const somebody = person();
    const login = vault.reauthenticate("c", { prompter: somebody });
    await settle();
    expect([remote.opens.length, somebody.questions]).toEqual([1, 0]);
    remote.opening.fail(failure("unauthenticated"));
    await settle();
    expect([remote.opens.length, somebody.questions]).toEqual([2, 1]);
    expect((await reader).code).toBe("unauthenticated");
    remote.opening.respond({ identity: "A" });
    expect(await login).toEqual({ identity: "A" });
  });

  it("who waits for somebody else's prompt can give up", async () => {
    const { vault, remote } = world({ opensByHand: true });
    void failing(vault.reauthenticate("c", { prompter: person() }));
    const impatient = new AbortController();
    const second = watched(vault.reauthenticate("c", { prompter: person(), signal: impatient.signal }));
    await settle();
    impatient.abort();
    await settle();
    expect(second.error?.code).toBe("aborted");
    expect(remote.opening.context.signal.aborted, "the other's prompt goes on").toBe(false);
  });
});

describe("signing in again while the connection is ready", () => {
  it("the session before serves until the new one is open", async () => {
    const { vault, remote, text } = world();
    await text("X");
    remote.opensByHand = true;
    const login = vault.reauthenticate("c");
    await settle();
    expect(await text("Y")).toBe("vlcanary-y-1");
    expect(remote.log).toEqual([]);
    remote.opening.respond({ identity: "A" });
    await login;
    await settle();
    expect(remote.log).toEqual(["close A"]);
    expect((await vault.get("X")).provenance.source).toBe("cache");
  });

  it.each([failure("unauthenticated"), failure("unavailable"), failure("invalid_config")])(
    "E16: failing changes nothing: $code",
    async (refusal) => {
      const { vault, remote, clock } = world();
      await vault.get("X");
      remote.login = refusal;
      const refused = failing(vault.reauthenticate("c"));
      await clock.pass(SECOND);
      expect((await refused).code).toBe(refusal.code);
      expect(vault.status().connections).toMatchObject([{ state: "ready", identity: "A", cached: 1 }]);
      expect((await vault.get("X")).provenance.source).toBe("cache");
      expect(remote.log).toEqual([]);
    },
  );

  it("E16: being cancelled changes nothing", async () => {
    const { vault, remote, clock } = world();
    await vault.get("X");
    remote.opensByHand = true;
    const declining = new AbortController();
    const login = failing(vault.reauthenticate("c", { signal: declining.signal }));
    await settle();
    declining.abort();
    expect((await login).code).toBe("aborted");
    expect((await vault.get("X")).provenance.source).toBe("cache");
    await clock.pass(MINUTE);
    expect(vault.status().connections[0]?.state).toBe("ready");
  });
});
