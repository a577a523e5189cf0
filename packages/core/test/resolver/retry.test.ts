import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../../src/index.ts";
import { failing, failure, MINUTE, SECOND, settle, watched, world } from "../fixture.ts";

describe("a read that fails transiently", () => {
  it.each(["unavailable", "throttled"] as const)("is tried three times: %s", async (code) => {
    const { vault, remote, clock } = world();
    remote.holds.set("x", failure(code));
    const waiting = watched(vault.get("X"));
    await clock.pass(10 * SECOND);
    expect([waiting.error?.code, remote.reads.length]).toEqual([code, 3]);
  });

  it("is tried three times when each attempt runs out of its own time", async () => {
    const { vault, remote, clock } = world({ byHand: true, limits: { attemptMs: SECOND } });
    const waiting = watched(vault.get("X"));
    await clock.pass(10 * SECOND);
    expect([waiting.error?.code, remote.reads.length]).toEqual(["timeout", 3]);
  });

  it.each([
    [0.25, 50, 100],
    [0.5, 100, 200],
    [0.75, 150, 300],
  ])("waits a random share, here %d, of 200 ms and then of 400 ms", async (share, first, second) => {
    const { vault, remote, clock } = world({ random: () => share });
    remote.holds.set("x", failure("unavailable"));
    void failing(vault.get("X"));
    const sent: number[] = [];
    for (const ms of [first - 1, 1, second - 1, 1]) {
      await clock.pass(ms);
      sent.push(remote.reads.length);
    }
    expect(sent).toEqual([1, 2, 2, 3]);
  });

  it("gives the value as soon as an attempt succeeds, to everybody who waits", async () => {
    const { remote, clock, text } = world();
    remote.holds.set("x", failure("unavailable"));
    const both = Promise.all([text("X"), text("X")]);
    await settle();
    remote.holds.set("x", "vlcanary-x-1");
    await clock.pass(SECOND);
    expect(await both).toEqual(["vlcanary-x-1", "vlcanary-x-1"]);
    expect(remote.reads).toHaveLength(2);
  });

  it("waits as long as the vault asks, if that fits", async () => {
    const { vault, remote, clock } = world();
    remote.holds.set("x", failure("unavailable", { retryAfterMs: 7 * SECOND }));
    void failing(vault.get("X"));
    await clock.pass(7 * SECOND - 1);
    expect(remote.reads).toHaveLength(1);
    await clock.pass(1);
    expect(remote.reads).toHaveLength(2);
  });

  it.each([
    ["more than the time left", 29_751],
    ["for ever", Infinity],
  ])("is not tried again when the vault asks to wait %s", async (_what, retryAfterMs) => {
    const { remote, code } = world();
    remote.holds.set("x", failure("unavailable", { retryAfterMs }));
    expect(await code("X")).toBe("unavailable");
    expect(remote.reads).toHaveLength(1);
  });

  it("is not tried again when less than a quarter of a second would be left for it", async () => {
    const { remote, code } = world();
    remote.holds.set("x", failure("unavailable"));
    expect(await code("X", { deadlineMs: 449 })).toBe("unavailable");
    expect(remote.reads).toHaveLength(1);
  });

  it("is not tried again once everybody has left", async () => {
    const { vault, remote, clock } = world();
    remote.holds.set("x", failure("unavailable"));
    const caller = new AbortController();
    const gone = failing(vault.get("X", { signal: caller.signal }));
    await settle();
    caller.abort();
    await clock.pass(10 * SECOND);
    expect((await gone).code).toBe("aborted");
    expect(remote.reads).toHaveLength(1);
  });
});

describe("a read that is refused", () => {
  const never = ["denied", "not_found", "internal", "unusable", "ambiguous", "invalid_reference", "invalid_config"];

  it.each(never as ErrorCode[])("%s", async (code) => {
    const { vault, remote, clock } = world();
    remote.holds.set("x", failure(code));
    const waiting = watched(vault.get("X"));
    await clock.pass(MINUTE);
    expect([waiting.error?.code, remote.reads.length, remote.opens.length]).toEqual([code, 1, 1]);
  });

  it("what a provider does not explain", async () => {
    const { vault, remote, clock } = world();
    remote.holds.set("x", new TypeError("vlcanary-in-a-message"));
    const waiting = watched(vault.get("X"));
    await clock.pass(MINUTE);
    expect([waiting.error?.code, remote.reads.length]).toEqual(["internal", 1]);
    expect(waiting.error?.message).not.toContain("vlcanary-");
  });

  it("unauthenticated is read once more, in a new session, and then stands", async () => {
    const { remote, code, clock } = world();
    remote.holds.set("x", failure("unauthenticated"));
    expect(await code("X")).toBe("unauthenticated");
    await clock.pass(29 * SECOND);
    expect(await code("X"), "for thirty seconds nobody opens it again").toBe("unauthenticated");
    expect([remote.opens.length, remote.reads.length]).toEqual([2, 2]);
    await clock.pass(SECOND);
    await code("X");
    expect(remote.opens).toHaveLength(3);
  });
});

describe("what retries cost", () => {
  /** Reads of `throttled`, which the breaker does not count, until each is tried once only. */
  async function spend({ clock, remote, vault }: ReturnType<typeof world>, gets: number): Promise<number> {
    const before = remote.reads.length;
    for (let get = 0; get < gets; get++) {
      const waiting = failing(vault.get("X"));
      await clock.pass(2 * SECOND);
      await waiting;
    }
    return remote.reads.length - before - gets;
  }

  it("ten retries, and then none", async () => {
    const here = world();
    here.remote.holds.set("x", failure("throttled"));
    expect(await spend(here, 10)).toBe(10);
    expect(await spend(here, 10)).toBe(0);
  });

  it("each success brings a tenth of one back, and never more than ten in all", async () => {
    const here = world();
    here.remote.holds.set("x", failure("throttled"));
    await spend(here, 10);
    const succeed = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time++) await here.vault.get("Y", { refresh: true });
    };
    await succeed(21);
    expect(await spend(here, 10)).toBe(2);
    await succeed(300);
    expect(await spend(here, 20)).toBe(10);
  });

  it("is that of the connection, not of a secret", async () => {
    const here = world();
    here.remote.holds.set("x", failure("throttled")).set("y", failure("throttled"));
    await spend(here, 10);
    const other = watched(here.vault.get("Y"));
    await here.clock.pass(2 * SECOND);
    expect(other.error?.code).toBe("throttled");
    expect(here.remote.asked.filter((path) => path === "y")).toHaveLength(1);
  });
});

describe("a vault that asks to be left alone", () => {
  it("its neighbours wait too", async () => {
    const { vault, remote, clock, text } = world();
    remote.holds.set("x", failure("throttled", { retryAfterMs: 5 * SECOND }));
    void failing(vault.get("X"));
    await settle();
    const neighbour = text("Y");
    await clock.pass(5 * SECOND - 1);
    expect(remote.asked).toEqual(["x"]);
    await clock.pass(1);
    expect(await neighbour).toBe("vlcanary-y-1");
  });

  it("who has no time to wait is told so at once", async () => {
    const { vault, remote } = world();
    remote.holds.set("x", failure("throttled", { retryAfterMs: 60 * SECOND }));
    expect((await failing(vault.get("X"))).code).toBe("throttled");
    const error = await failing(vault.get("Y"));
    expect(error).toMatchObject({ code: "throttled", details: { retryAfterMs: 60 * SECOND } });
    expect(remote.asked).toEqual(["x"]);
  });

  it("ends when it said, and a cached value answers meanwhile", async () => {
    const { vault, remote, clock, text } = world();
    await text("Y");
    remote.holds.set("x", failure("throttled", { retryAfterMs: MINUTE }));
    await failing(vault.get("X"));
    expect(await text("Y")).toBe("vlcanary-y-1");
    remote.holds.set("x", "vlcanary-x-1");
    await clock.pass(MINUTE);
    expect(await text("X")).toBe("vlcanary-x-1");
  });

  it("one that says never is asked again by the next caller", async () => {
    const { remote, code, text } = world();
    remote.holds.set("x", failure("throttled", { retryAfterMs: Infinity }));
    expect(await code("X")).toBe("throttled");
    expect(await text("Y")).toBe("vlcanary-y-1");
    expect(remote.asked).toEqual(["x", "y"]);
  });
});
