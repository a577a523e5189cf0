import { describe, expect, it } from "vitest";
import { failing, HOUR, MINUTE, outcomeOf, person, SECOND, settle, watched, world } from "../fixture.ts";

const NEVER = { byHand: true, limits: { attemptMs: SECOND, concurrency: 2 } } as const;

describe("a provider that never settles", () => {
  it.each([
    ["the read", { byHand: true }],
    ["the opening", { opensByHand: true }],
  ])("%s: the caller is answered at its deadline", async (_what, options) => {
    const { vault, clock } = world(options);
    const waiting = watched(vault.get("X", { deadlineMs: 3 * SECOND }));
    await clock.pass(3 * SECOND - 1);
    expect(waiting.state).toBe("pending");
    await clock.pass(1);
    expect(waiting.error?.code).toBe("timeout");
  });

  it("the import of its package: the caller is answered at its deadline, or when it gives up", async () => {
    const load = (): Promise<never> => new Promise(() => undefined);
    const { vault, clock } = world({ connections: { c: { provider: "never", load, options: {} } } });
    const caller = new AbortController();
    const late = watched(vault.get("X", { deadlineMs: 3 * SECOND }));
    const gone = watched(vault.get("Y", { signal: caller.signal }));
    const native = watched(vault.get("arn:aws:x", { deadlineMs: 3 * SECOND }));
    await settle();
    caller.abort();
    await settle();
    expect(gone.error?.code).toBe("aborted");
    await clock.pass(3 * SECOND);
    expect([late.error?.code, native.error?.code]).toEqual(["timeout", "timeout"]);
  });

  it("a batch: everybody is answered at their own deadline", async () => {
    const { vault, clock, remote } = world({ byHand: true });
    remote.login = remote.batching();
    const waiting = [2, 4].map((seconds, index) =>
      watched(vault.get(index === 0 ? "X" : "Y", { deadlineMs: seconds * SECOND })),
    );
    await clock.pass(2 * SECOND);
    expect(remote.batches).toHaveLength(1);
    expect(waiting.map(({ state }) => state)).toEqual(["rejected", "pending"]);
    await clock.pass(2 * SECOND);
    expect(waiting.map(({ error }) => error?.code)).toEqual(["timeout", "timeout"]);
  });

  it("retries and waits for a slot fit into the deadline", async () => {
    const { vault, clock } = world({ ...NEVER, limits: { attemptMs: SECOND, concurrency: 1, deadlineMs: 5 * SECOND } });
    const waiting = ["X", "Y", "c://z"].map((name) => watched(vault.get(name)));
    await clock.pass(5 * SECOND);
    expect(waiting.map(({ state }) => state)).toEqual(["rejected", "rejected", "rejected"]);
  });

  it("disconnecting and closing take two seconds at most", async () => {
    const hang = (): Promise<never> => new Promise(() => undefined);
    for (const end of ["disconnect", "close"] as const) {
      const { vault, clock } = world({ login: { identity: "A", revoke: hang, close: hang, release: hang } });
      await vault.get("X");
      const ended = watched<unknown>(vault[end]("c"));
      await clock.pass(2 * SECOND);
      expect(ended.state).toBe("resolved");
    }
  });

  it("its signal aborts with the attempt's deadline, and with the call's", async () => {
    const { vault, clock, remote } = world(NEVER);
    void failing(vault.get("X", { deadlineMs: 1500 }));
    await clock.pass(SECOND);
    expect(remote.reads[0]?.context.signal.aborted).toBe(true);
    await clock.pass(250);
    expect(remote.reads[1]?.context.signal.aborted).toBe(false);
    await clock.pass(250);
    expect(remote.reads[1]?.context.signal.aborted).toBe(true);
  });
});

describe("a call that goes on although it was told to stop", () => {
  it("after a quarter of a second its session is replaced, if that needs nobody", async () => {
    const { vault, clock, remote } = world(NEVER);
    void failing(vault.get("X", { deadlineMs: SECOND }));
    await clock.pass(SECOND + 249);
    expect(remote.opens).toHaveLength(1);
    await clock.pass(1);
    expect(remote.opens).toHaveLength(2);
    expect(vault.status().connections[0]).toMatchObject({ state: "ready", identity: "A" });
    await clock.pass(2 * SECOND);
    expect(remote.log, "the old one is closed once it had time to finish").toEqual(["close A"]);
  });

  it("its slot is free for others", async () => {
    const { vault, clock, remote } = world({ ...NEVER, limits: { attemptMs: SECOND, concurrency: 1 } });
    void failing(vault.get("X", { deadlineMs: SECOND }));
    await settle();
    const next = vault.get("Y");
    await clock.pass(SECOND + 250);
    expect(remote.asked).toEqual(["x", "y"]);
    remote.reading.respond("vlcanary-y-1");
    expect((await next).provenance.source).toBe("vault");
  });

  it("what it still brings is dropped", async () => {
    const { vault, clock, remote } = world(NEVER);
    void failing(vault.get("X", { deadlineMs: SECOND }));
    await clock.pass(2 * SECOND);
    remote.reads[0]?.respond("vlcanary-x-1");
    await settle();
    expect(vault.status().cache.entries).toBe(0);
  });

  it("the values of the connection stay", async () => {
    const { vault, clock, remote } = world({ limits: { attemptMs: SECOND } });
    await vault.get("X");
    remote.byHand = true;
    void failing(vault.get("Y", { deadlineMs: SECOND }));
    await clock.pass(2 * SECOND);
    expect(remote.opens).toHaveLength(2);
    expect((await vault.get("X")).provenance.source).toBe("cache");
  });

  it("one that stops in time replaces nothing", async () => {
    const { vault, clock, remote } = world(NEVER);
    void failing(vault.get("X", { deadlineMs: SECOND }));
    await clock.pass(SECOND + 249);
    remote.reads[0]?.fail(new Error("stopped"));
    await clock.pass(SECOND);
    expect(remote.opens).toHaveLength(1);
  });

  /** A session a person signed in to, with as many unresponsive calls as there are slots. */
  async function deafened(): Promise<ReturnType<typeof world>> {
    const here = world(NEVER);
    here.remote.asks = true;
    await here.vault.reauthenticate("c", { prompter: person() });
    void here.vault.getMany(["X", "Y"], { deadlineMs: SECOND });
    await here.clock.pass(SECOND + 250);
    return here;
  }

  it("a session that needed a person is kept", async () => {
    const { vault, remote, clock } = await deafened();
    await clock.pass(HOUR);
    expect(remote.opens).toHaveLength(1);
    expect(vault.status().connections[0]?.state).toBe("ready");
  });

  it("with as many unresponsive calls as slots, reads fail fast", async () => {
    const { vault, remote } = await deafened();
    const waiting = watched(vault.get("X"));
    await settle();
    expect(waiting.error).toMatchObject({ code: "unavailable", details: { reason: "unresponsive" } });
    expect(remote.reads).toHaveLength(2);
  });

  it("until one of them settles", async () => {
    const { vault, remote } = await deafened();
    remote.reads[0]?.fail(new Error("stopped"));
    await settle();
    const next = vault.get("X");
    await settle();
    expect(remote.reads).toHaveLength(3);
    remote.reading.respond("vlcanary-x-1");
    expect((await next).provenance.source).toBe("vault");
  });

  it("a batch counts as one call", async () => {
    const { vault, remote, clock } = world(NEVER);
    remote.asks = true;
    remote.login = remote.batching();
    await vault.reauthenticate("c", { prompter: person() });
    void vault.getMany(["X", "Y"], { deadlineMs: SECOND });
    await clock.pass(MINUTE);
    const both = vault.getMany(["X", "Y"]);
    await settle();
    expect(remote.batches).toHaveLength(2);
    remote.batches[1]?.respond([outcomeOf("vlcanary-x-1"), outcomeOf("vlcanary-y-1")]);
    expect(await both).toMatchObject([{ status: "fulfilled" }, { status: "fulfilled" }]);
  });
});
