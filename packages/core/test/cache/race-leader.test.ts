import { describe, expect, it } from "vitest";
import { failing, MINUTE, outcomeOf, SECOND, settle, watched, world } from "../fixture.ts";

describe("callers who wait for one read", () => {
  it("the first to ask gives up and the others get the value", async () => {
    const { vault, remote, text } = world({ byHand: true });
    const impatient = new AbortController();
    const leader = failing(vault.get("X", { signal: impatient.signal }));
    const joiner = text("X");
    await settle();
    impatient.abort();
    expect((await leader).code).toBe("aborted");
    expect(remote.reading.context.signal.aborted).toBe(false);
    remote.reading.respond("vlcanary-x-1");
    expect(await joiner).toBe("vlcanary-x-1");
    expect(remote.reads).toHaveLength(1);
  });

  it("the read is aborted when the last has left", async () => {
    const { vault, remote } = world({ byHand: true });
    const [one, other] = [new AbortController(), new AbortController()];
    const both = [one, other].map(({ signal }) => failing(vault.get("X", { signal })));
    await settle();
    one.abort();
    await settle();
    expect(remote.reading.context.signal.aborted).toBe(false);
    other.abort();
    expect((await Promise.all(both)).map(({ code }) => code)).toEqual(["aborted", "aborted"]);
    expect(remote.reading.context.signal.aborted).toBe(true);
  });

  it("who asks after everybody left starts anew", async () => {
    const { vault, remote, text } = world({ byHand: true });
    const impatient = new AbortController();
    void failing(vault.get("X", { signal: impatient.signal }));
    await settle();
    impatient.abort();
    const next = text("X");
    await settle();
    expect(remote.reads).toHaveLength(2);
    remote.reading.respond("vlcanary-x-2");
    expect(await next).toBe("vlcanary-x-2");
  });

  it("each has a deadline of its own", async () => {
    const { vault, remote, clock } = world({ byHand: true });
    const short = watched(vault.get("X", { deadlineMs: 2 * SECOND }));
    const long = watched(vault.get("X", { deadlineMs: 4 * SECOND }));
    await clock.pass(2 * SECOND);
    expect([short.error?.code, long.state]).toEqual(["timeout", "pending"]);
    remote.reading.respond("vlcanary-x-1");
    await settle();
    expect(long.state).toBe("resolved");
  });

  it("a read older than the TTL is not joined", async () => {
    const { vault, remote, clock } = world({ byHand: true, cache: { ttl: 1 }, limits: { attemptMs: 2 * MINUTE } });
    void vault.get("X", { deadlineMs: 2 * MINUTE });
    await clock.pass(MINUTE - 1);
    void vault.get("X", { deadlineMs: 2 * MINUTE });
    await settle();
    expect(remote.reads).toHaveLength(1);
    await clock.pass(1);
    void vault.get("X", { deadlineMs: 2 * MINUTE });
    await settle();
    expect(remote.reads).toHaveLength(2);
  });

  it("a batch goes on while somebody waits for one of its documents", async () => {
    const { vault, remote, text } = world({ byHand: true });
    remote.login = remote.batching();
    const impatient = new AbortController();
    const gone = failing(vault.get("X", { signal: impatient.signal }));
    const stays = text("Y");
    await settle();
    expect(remote.batches).toMatchObject([{ paths: ["x", "y"] }]);
    impatient.abort();
    expect((await gone).code).toBe("aborted");
    const [batch] = remote.batches;
    expect(batch?.context.signal.aborted).toBe(false);
    batch?.respond([outcomeOf("vlcanary-x-1"), outcomeOf("vlcanary-y-1")]);
    expect(await stays).toBe("vlcanary-y-1");
  });

  it("a batch is aborted when the last who waits for any of its documents has left", async () => {
    const { vault, remote } = world({ byHand: true });
    remote.login = remote.batching();
    const callers = [new AbortController(), new AbortController()];
    const gone = callers.map(({ signal }, index) => failing(vault.get(index === 0 ? "X" : "Y", { signal })));
    await settle();
    for (const caller of callers) caller.abort();
    await Promise.all(gone);
    expect(remote.batches[0]?.context.signal.aborted).toBe(true);
  });
});
